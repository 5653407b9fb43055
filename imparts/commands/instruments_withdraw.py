"""`imparts instruments withdraw`: from now on nobody is asked one version of the library.

For the day on which a wording, a number to call or a rule turns out to be wrong. What was answered
stays and shows its own words; the version before it, if it still may be, is asked again.
"""

import argparse
import sys
from datetime import datetime
from typing import Any

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly

KINDS = ("instrument", "wording", "form", "pack", "pathway", "patient_text", "page_words")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which version, why, and by whose decision."""
    parser.add_argument("key", help="for example hads, or the id of a pack")
    parser.add_argument("version", help="the version, as the library shows it")
    parser.add_argument("--why", required=True, help="what is wrong with it; staff read this")
    parser.add_argument(
        "--by", required=True, metavar="USERNAME", help="who decides; someone who may sign"
    )
    parser.add_argument("--kind", choices=KINDS, help="where two kinds have this name")


def run(options: argparse.Namespace) -> int:
    """Withdraw it."""
    with database.with_apps() as now:
        return withdraw(
            options.key, options.version, kind=options.kind, why=options.why, by=options.by, at=now
        )


def withdraw(key: str, version: str, *, kind: str | None, why: str, by: str, at: datetime) -> int:
    """Withdraw one version, and say what is asked from now on."""
    from django.utils import timezone

    from imparts.access.queries import asking_as
    from imparts.access.roles import May
    from imparts.library import actions

    asking = asking_as(by, on=timezone.localdate(at))
    if asking is None:
        raise UsedWrongly(f"There is nobody here with the user name {by}.")
    if not asking.may(May.SIGN_CONTENT):
        raise UsedWrongly(f"{by} may not {May.SIGN_CONTENT}, so {by} withdraws nothing either.")
    content = _found(key, version, kind)
    try:
        actions.withdraw(content=content, why=why, by=by, at=at)
    except actions.NotReady as refused:
        raise UsedWrongly(str(refused)) from None
    sys.stdout.write(
        f"{content} is withdrawn. Nobody is asked it from now on. A sitting that has begun goes on "
        "with it: tell the clinics.\n"
    )
    return DONE


def _found(key: str, version: str, kind: str | None) -> Any:
    from imparts.library.queries import versions_called

    of_key = versions_called(key)
    found = [one for one in of_key if one.version == version and (kind is None or one.kind == kind)]
    if not found:
        known = ", ".join(f"{one.version} ({one.kind})" for one in of_key) or "none"
        raise UsedWrongly(f"There is no such version of {key}. In the library: {known}.")
    if len({one.kind for one in found}) > 1:
        kinds = " or ".join(f"--kind {one.kind}" for one in found)
        raise UsedWrongly(f"More than one kind is called {key} {version}. Say {kinds}.")
    return found[0]
