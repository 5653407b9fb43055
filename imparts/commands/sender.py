"""`imparts sender`: which application of a hospital may send HL7 v2 messages, and its own codes."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly

if TYPE_CHECKING:
    from imparts.organisations.models import Organisation, Service

BY = "imparts sender"


def arguments(parser: argparse.ArgumentParser) -> None:
    """add or list."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|list")
    add = verbs.add_parser("add", help="let an application send; run again to add codes")
    add.add_argument("--application", required=True, help="MSH-3, letter for letter")
    add.add_argument("--facility", required=True, help="MSH-4, letter for letter")
    add.add_argument("--organisation", metavar="CODE", help="whose (the code in MSH-4)")
    add.add_argument(
        "--from", dest="networks", nargs="*", default=[], metavar="NETWORK",
        help="where it may send from, such as 10.1.2.0/24 (from anywhere)",
    )  # fmt: skip
    add.add_argument(
        "--clinic", action="append", default=[], metavar="THEIRS=OURS",
        help="a clinic's code in its messages, and the code of our service",
    )  # fmt: skip
    add.add_argument(
        "--measure", action="append", default=[], metavar="THEIRS=OURS",
        help="a measure's code in its messages, and ours, such as das28",
    )  # fmt: skip
    add.add_argument(
        "--issuer", action="append", default=[], metavar="NAME",
        help="how PID-3.4 names the hospital (its code, MSH-3 or MSH-4)",
    )  # fmt: skip
    add.add_argument("--test", action="store_true", help="its messages say T in MSH-11")
    verbs.add_parser("list", help="every sender, also those that may send no more")


def run(options: argparse.Namespace) -> int:
    """What was asked, on the site's tables."""
    with database.with_apps() as now:
        return _list() if options.verb == "list" else _add(options, now)


def _add(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.inbound.actions.senders import SenderRefused, know_sender
    from imparts.gateway.inbound.queries.senders import known_sender

    organisation = _organisation(options.organisation or options.facility)
    try:
        if known_sender(options.application, options.facility) is None:
            know_sender(
                application=options.application, facility=options.facility,
                organisation=organisation, addresses=options.networks,
                processing="T" if options.test else "P", by=BY, at=now,
            )  # fmt: skip
        _name(options, organisation, now)
    except (SenderRefused, ValueError) as refused:
        raise UsedWrongly(str(refused)) from None
    sys.stdout.write(
        f"{options.application} at {options.facility} may send for {organisation.name}.\n"
    )
    return DONE


def _name(options: argparse.Namespace, organisation: "Organisation", now: datetime) -> None:
    """Its own codes."""
    from imparts.gateway.inbound.actions.naming import name_issuer, name_measure, name_service

    for theirs, ours in map(_pair, options.clinic):
        service = _service(ours, organisation)
        name_service(organisation=organisation, code=theirs, service=service, by=BY, at=now)
    for theirs, ours in map(_pair, options.measure):
        name_measure(organisation=organisation, code=theirs, measure=ours, by=BY, at=now)
    for name in options.issuer:
        name_issuer(organisation=organisation, name=name, by=BY, at=now)


def _pair(written: str) -> tuple[str, str]:
    theirs, _, ours = written.rpartition("=")
    if not theirs or not ours:
        raise UsedWrongly(f"{written} should look like THEIRS=OURS, such as RHEU1=rheumatology.")
    return theirs, ours


def _organisation(code: str) -> "Organisation":
    from imparts.organisations.queries import organisations_coded

    found = organisations_coded(code)
    if len(found) != 1:
        words = "no organisation" if not found else "more than one organisation"
        raise UsedWrongly(f"There is {words} with the code {code}. Say which: --organisation CODE.")
    return found[0]


def _service(code: str, organisation: "Organisation") -> "Service":
    from imparts.organisations.queries import services

    here = {one.code: one for one in services() if one.organisation_id == organisation.pk}
    if code not in here:
        raise UsedWrongly(f"There is no service {code} here; there are: {', '.join(here)}.")
    return here[code]


def _list() -> int:
    from imparts.gateway.inbound.queries.senders import known_senders

    found = [
        f"{each.application} at {each.facility}  for {each.organisation.name}"
        f"{'' if each.is_active else '  (may send no more)'}"
        for each in known_senders()
    ]
    sys.stdout.write("\n".join(found or ["Nobody may send yet."]) + "\n")
    return DONE
