"""`imparts setup`: the first organisation, its first service and the first administrator."""

import argparse
import getpass
import os
import secrets
import sys

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly
from imparts.commands.safe_to_serve import refuse_unsafe

BY = "imparts setup"
_NATIONS = ("england", "scotland", "wales", "northern_ireland")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is not given is asked; the password has no option, so that no list shows it."""
    parser.add_argument("--organisation", help="name of the organisation")
    parser.add_argument("--code", help="its code, for example its ODS code")
    parser.add_argument("--kind", default="trust", help="what it is (trust)")
    parser.add_argument("--nation", choices=_NATIONS, default="england", help="(england)")
    parser.add_argument("--service", help="name of the first service, for example Rheumatology")
    parser.add_argument("--username", help="the administrator's user name")
    parser.add_argument("--name", help="the administrator's name")


def run(options: argparse.Namespace) -> int:
    """Migrate must have run. On a site that has a service nothing is done."""
    with database.database():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imparts.config.settings")
        refuse_unsafe()
        import django

        django.setup()
        return _set_up(options)


def _set_up(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from imparts.organisations.queries import services

    if services().exists():
        raise UsedWrongly(
            "This site has a service already. Sign in as an administrator to add more."
        )
    given = {
        "organisation": _ask(options.organisation, "Organisation"),
        "code": _ask(options.code, "Its code"),
        "service": _ask(options.service, "First service"),
        "username": _ask(options.username, "Administrator's user name"),
        "name": _ask(options.name, "Administrator's name"),
    }
    password = _password()
    try:
        with transaction.atomic():
            _make(given, kind=options.kind, nation=options.nation, password=password)
    except ValidationError as wrong:
        raise UsedWrongly(" ".join(wrong.messages)) from wrong
    sys.stdout.write("Done. Start `imparts serve` and `imparts worker`, then sign in.\n")
    return DONE


def _make(given: dict[str, str], *, kind: str, nation: str, password: str) -> None:
    from django.utils import timezone
    from django.utils.text import slugify

    from imparts.access import actions as access
    from imparts.library import actions as library
    from imparts.organisations import actions as organisations

    now, today = timezone.now(), timezone.localdate()
    library.load_shipped(at=now)
    organisation = organisations.open_organisation(
        code=given["code"], name=given["organisation"], kind=kind, nation=nation, opened_on=today
    )
    service = organisations.open_service(
        organisation=organisation, code=slugify(given["service"]), name=given["service"],
        opened_on=today, by=BY, at=now,
    )  # fmt: skip
    administrator = access.invite(
        username=given["username"], name=given["name"], job_title="Administrator",
        by=BY, at=now, password=password,
    )  # fmt: skip
    access.give_role(
        staff=administrator, service=service, role="admin", from_on=today,
        by=BY, at=now,
    )  # fmt: skip


def _ask(given: str | None, question: str) -> str:
    if given:
        return given
    if not sys.stdin.isatty():
        raise UsedWrongly(f"{question} is missing. `imparts setup --help` names the options.")
    return input(f"{question}: ").strip()


def _password() -> str:
    """Typed twice by a person; without a person at the keyboard, made and shown once."""
    if not sys.stdin.isatty():
        made = secrets.token_urlsafe(18)
        sys.stdout.write(f"The administrator's password, shown only now: {made}\n")
        return made
    while True:
        first = getpass.getpass("Password (12 characters or more): ")
        if len(first) < 12:
            sys.stdout.write("Too short.\n")
        elif first == getpass.getpass("The same again: "):
            return first
        else:
            sys.stdout.write("The two were not the same.\n")
