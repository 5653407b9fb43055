"""`imparts setup`: the first organisation, its first service and the first administrator."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly
from imparts.commands.safe_to_serve import refuse_unsafe

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError

BY = "imparts setup"
_NATIONS = ("england", "scotland", "wales", "northern_ireland")
_DONE = """
{organisation} and its service {service} are made.
In the library: {library}. Nothing is signed yet.

Next: with `imparts serve` and `imparts worker` running, open

    {address}

and sign in as {username} with this one-time code, shown only now:

    {code}

It works once, until {ends}. The page "Set up" leads from there to the first test patient.
"""
_USER_NAME = "A user name holds letters, digits and . - _ @ + only, and no spaces."
_NEW_CODE = """
{username} can choose a new password at

    {address}

with this one-time code, shown only now. The password of before has ended.

    {code}

It works once, until {ends}.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is not given is asked. Nobody types a password here: the code leads to one."""
    parser.add_argument("--organisation", help="name of the organisation")
    parser.add_argument("--code", help="its code, for example its ODS code")
    parser.add_argument("--kind", default="trust", help="what it is (trust)")
    parser.add_argument("--nation", choices=_NATIONS, default="england", help="(england)")
    parser.add_argument("--service", help="name of the first service, for example Rheumatology")
    parser.add_argument("--site", default="", help="hospital or site of the service, if it has one")
    parser.add_argument("--username", help="the administrator's user name")
    parser.add_argument("--name", help="the administrator's name")
    parser.add_argument(
        "--new-code", metavar="USERNAME",
        help="on a site that is set up: a new one-time code for an administrator, and nothing else",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Migrate must have run. On a site that has a service, only new shipped content is loaded."""
    with database.database():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imparts.config.settings")
        refuse_unsafe()
        import django

        django.setup()
        return _new_code(options.new_code) if options.new_code else _set_up(options)


def _set_up(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from imparts.organisations.queries import services

    if services().exists():
        loaded = _load_content()
        raise UsedWrongly(
            f"This site is set up already. {loaded} Sign in at {_address('/')}. Without the "
            "administrator's password: imparts setup --new-code USERNAME"
        )
    given = {
        "organisation": _ask(options.organisation, "Organisation"),
        "code": _ask(options.code, "Its code, for example its ODS code"),
        "service": _ask(options.service, "First service"),
        "username": _user_name(options.username),
        "name": _ask(options.name, "Administrator's name"),
    }
    try:
        with transaction.atomic():
            _load_content()
            code = _make(given, kind=options.kind, nation=options.nation, site=options.site)
    except ValidationError as wrong:
        raise UsedWrongly(_in_words(wrong)) from wrong
    sys.stdout.write(_DONE.format(**given | code, library=_library()))
    return DONE


def _load_content() -> str:
    """Load shipped files whose text is not known yet; what is there stays as it is."""
    from django.utils import timezone

    from imparts.library import actions as library

    loaded = len(library.load_shipped(at=timezone.now()))
    if not loaded:
        return "Its library holds every shipped file."
    return f"{loaded} shipped {'file was' if loaded == 1 else 'files were'} new and are loaded."


def _make(given: dict[str, str], *, kind: str, nation: str, site: str) -> dict[str, str]:
    from django.utils import timezone
    from django.utils.text import slugify

    from imparts.access import actions as access
    from imparts.organisations import actions as organisations

    now, today = timezone.now(), timezone.localdate()
    organisation = organisations.open_organisation(
        code=given["code"], name=given["organisation"], kind=kind, nation=nation, opened_on=today
    )
    service = organisations.open_service(
        organisation=organisation, code=slugify(given["service"])[:40], name=given["service"],
        site=site, opened_on=today, by=BY, at=now,
    )  # fmt: skip
    administrator = access.invite(
        username=given["username"], name=given["name"], job_title="Administrator", by=BY, at=now
    )
    access.give_role(
        staff=administrator, service=service, role="admin", from_on=today, by=BY, at=now
    )
    return _code_for(administrator)


def _new_code(username: str) -> int:
    """Whoever may run this on the server may let an administrator in again."""
    from imparts.access.queries import administrator_called

    administrator = administrator_called(username)
    if administrator is None:
        raise UsedWrongly(
            f"No administrator of this site is called {username}. An administrator gives everyone "
            "else a new code, on the page Staff."
        )
    code = _code_for(administrator)
    sys.stdout.write(_NEW_CODE.format(username=administrator.username, **code))
    return DONE


def _code_for(administrator: object) -> dict[str, str]:
    from django.utils import timezone

    from imparts.access import actions as access
    from imparts.design.dates import clock, day

    now = timezone.now()
    ends = now + access.CODE_LASTS
    return {
        "code": access.give_code(staff=administrator, by=BY, at=now),
        "ends": f"{day(ends)} at {clock(ends)}",
        "address": _address("/sign-in/first/"),
    }


def _address(path: str) -> str:
    """Where this site is reached: by its first name with TLS, or on this machine."""
    from django.conf import settings

    from imparts.config.environment import LOCAL_HOSTS

    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    if host in LOCAL_HOSTS:
        return f"http://127.0.0.1:{settings.ENVIRONMENT.port}{path}"
    return f"https://{host}{path}"


def _library() -> str:
    from imparts.library.queries import newest_versions

    parts = [
        f"{len(newest_versions(kind))} {name}"
        for kind, name in (
            ("instrument", "questionnaires"), ("pack", "packs"), ("pathway", "pathways"),
            ("patient_text", "texts for patients"),
        )
    ]  # fmt: skip
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _in_words(wrong: "ValidationError") -> str:
    """Each field by name with what is wrong with it."""
    if not hasattr(wrong, "message_dict"):
        return " ".join(wrong.messages)
    return " ".join(
        f"{field.replace('_', ' ').capitalize()}: {' '.join(said)}"
        for field, said in wrong.message_dict.items()
    )


def _user_name(given: str | None) -> str:
    """Asked again until it can be one, so that nobody answers the other questions twice."""
    from django.contrib.auth.validators import UnicodeUsernameValidator
    from django.core.exceptions import ValidationError

    while True:
        typed = _ask(given, "Administrator's user name, like jo.smith").lower()
        try:
            UnicodeUsernameValidator()(typed)
        except ValidationError as wrong:
            if given:
                raise UsedWrongly(_USER_NAME) from wrong
            sys.stdout.write(f"{_USER_NAME}\n")
        else:
            return typed


def _ask(given: str | None, question: str) -> str:
    if given and given.strip():
        return given.strip()
    if not sys.stdin.isatty():
        raise UsedWrongly(f"{question} is missing. `imparts setup --help` names the options.")
    while not (typed := input(f"{question}: ").strip()):
        sys.stdout.write("Please type something.\n")
    return typed
