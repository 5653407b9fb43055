"""`imparts migrate`: the tables brought up to date by the owner, the web role's rights granted."""

import argparse
import os
import secrets
from urllib.parse import unquote, urlsplit

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: the database is in the environment."""
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something fails")


def run(options: argparse.Namespace) -> int:
    """Migrate the site's database, or the one under IMPARTS_DATA."""
    with database.database():
        migrate(verbosity=0 if options.quiet else 1)
    return DONE


def migrate(*, verbosity: int) -> None:
    """Load Django as the owner, in this process; it must not have been loaded before."""
    load_django_as_owner()
    from django.core.management import call_command

    from imparts.commands.grants import grant_to

    call_command("migrate", interactive=False, verbosity=verbosity)
    grant_to(web_role())


def load_django_as_owner() -> None:
    """Point the settings at the owner's way in."""
    import django

    owner = urlsplit(database.owner_url())
    if unquote(owner.username or "") == web_role():
        raise UsedWrongly(
            "DATABASE_URL and IMPARTS_OWNER_DATABASE_URL name the same role. The pages must run as "
            "a role that owns nothing, or the audit could be changed: make a second role."
        )
    os.environ["IMPARTS_AS_OWNER"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imparts.config.settings")
    if not os.environ.get("IMPARTS_SECRET_KEY"):  # nothing is signed here, so any will do
        os.environ["IMPARTS_SECRET_KEY"] = secrets.token_urlsafe(50)
    django.setup()
    _take_as_long_as_it_takes()


def _take_as_long_as_it_takes() -> None:
    """The limits on a page's statements would end a long migration half-way, time and again.

    Only waiting for a lock stays limited: a migration that waits holds every page up behind it.
    """
    from django.db import connection

    connection.settings_dict["OPTIONS"]["options"] = "-c lock_timeout=5000"


def web_role() -> str:
    """The role that the pages run as."""
    return unquote(urlsplit(os.environ["DATABASE_URL"]).username or "")
