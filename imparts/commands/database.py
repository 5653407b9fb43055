"""Which database a command works on: the site's own, or the one that we start."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from imparts.commands.exit_codes import UsedWrongly
from imparts.postgres import cluster
from imparts.postgres.cluster import Running


def data_folder() -> Path:
    """Where everything that this machine keeps is."""
    return Path(os.environ.get("IMPARTS_DATA", "var")).absolute()


@contextmanager
def database() -> Iterator[Running | None]:
    """Set DATABASE_URL for what follows; yields the server when it is ours, None when it is not.

    The last process that leaves stops our server.
    """
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    running = cluster.start(data_folder() / "postgres")
    try:
        point_to(running)
        yield running
    finally:
        running.leave()


@contextmanager
def with_apps() -> Iterator[datetime]:
    """The site's tables, ready for actions and queries, and the moment of the command."""
    with database():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imparts.config.settings")
        import django

        django.setup()
        from django.utils import timezone

        yield timezone.now()


def point_to(running: Running) -> None:
    """Let this process and its children use the server."""
    os.environ["DATABASE_URL"] = running.web_url
    os.environ["IMPARTS_OWNER_DATABASE_URL"] = running.owner_url


def owner_url() -> str:
    """The owner's way in, which migrations need and pages must never have."""
    url = os.environ.get("IMPARTS_OWNER_DATABASE_URL", "")
    if not url:
        raise UsedWrongly(
            "IMPARTS_OWNER_DATABASE_URL is not set. Migrations run as the role that owns the "
            "database; set it to postgresql://OWNER:PASSWORD@HOST:5432/NAME."
        )
    return url
