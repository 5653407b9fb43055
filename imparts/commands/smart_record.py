"""`imparts smart-record`: let a hospital record open imparts, list which may, end that."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly

if TYPE_CHECKING:
    from imparts.organisations.models import Organisation

BY = "imparts smart-record"
_DONE = """{name} may open imparts now. Register there, as an app of this client id ({client_id}):

    it is opened at   https://THIS-SITE/launch
    it comes back to  https://THIS-SITE/launch/back
    its public keys   https://THIS-SITE/oauth/jwks/
    its scopes        {scopes}
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list or end."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|list|end")
    add = verbs.add_parser("add", help="let a record open imparts, or change how it does")
    add.add_argument("--name", required=True, help="what the record is called here")
    add.add_argument("--issuer", required=True, help="the base address of its FHIR server")
    add.add_argument(
        "--organisation", metavar="CODE", help="whose hospital numbers it has (the only one)"
    )
    add.add_argument("--client-id", required=True, help="how it knows imparts")
    add.add_argument(
        "--patient-system", required=True, metavar="URI",
        help="the identifier system of its hospital numbers",
    )  # fmt: skip
    _how_it_is_known(add)
    verbs.add_parser("list", help="every record, also those that were ended")
    end = verbs.add_parser("end", help="this record opens imparts no more")
    end.add_argument("issuer")


def _how_it_is_known(add: argparse.ArgumentParser) -> None:
    add.add_argument(
        "--secret-file", default="", metavar="FILE|-",
        help="the client secret (- reads it); without one, imparts signs with its own key",
    )  # fmt: skip
    add.add_argument("--public", action="store_true", help="it knows imparts without a secret")
    add.add_argument("--scopes", default="", help="what is asked of it")
    add.add_argument(
        "--staff-claim", default="preferred_username",
        help="the claim that is a user name here (preferred_username)",
    )  # fmt: skip
    add.add_argument(
        "--staff-system", default="", metavar="URI",
        help="instead of a claim: the identifier system of its Practitioners that is a user name",
    )  # fmt: skip
    add.add_argument(
        "--frame", action="append", default=[], metavar="ORIGIN",
        help="may show imparts in a frame: https://record.example",
    )  # fmt: skip
    add.add_argument("--write-back", action="store_true", help="results are written to it")


def run(options: argparse.Namespace) -> int:
    """What was asked, on the site's tables."""
    verbs = {"add": _add, "list": _list, "end": _end}
    with database.with_apps() as now:
        return verbs[options.verb](options, now)


def _add(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.smart.actions.trusting import SCOPES, NotTrusted, Trusted, trust

    asked = Trusted(
        name=options.name, issuer=options.issuer, client_id=options.client_id,
        organisation=_organisation(options.organisation), patient_system=options.patient_system,
        secret=_secret(options.secret_file), is_public=options.public,
        scopes=options.scopes or SCOPES, staff_claim=options.staff_claim,
        staff_system=options.staff_system, origins=options.frame,
        may_write_back=options.write_back,
    )  # fmt: skip
    try:
        made = trust(asked, by=BY, at=now)
    except NotTrusted as refused:
        raise UsedWrongly(str(refused)) from None
    sys.stdout.write(_DONE.format(name=made.name, client_id=made.client_id, scopes=made.scopes))
    return DONE


def _organisation(code: str | None) -> "Organisation":
    from imparts.organisations.queries import services

    found = {one.organisation.code: one.organisation for one in services()}
    if code is None and len(found) == 1:
        return next(iter(found.values()))
    if code not in found:
        raise UsedWrongly(f"Say --organisation CODE; there are: {', '.join(found) or 'none yet'}.")
    return found[code]


def _secret(named: str) -> str:
    if not named:
        return ""
    try:
        text = sys.stdin.read() if named == "-" else Path(named).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsedWrongly("The file of the secret cannot be read.") from None
    if not text.strip():
        raise UsedWrongly("The file of the secret is empty.")
    return text.strip()


def _list(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.smart.queries.records import records

    lines = [
        f"{one.issuer}  {one.name}  {one.organisation.code}  "
        f"{'ended' if one.ended_at else 'frame: ' + (', '.join(one.origins) or 'none')}"
        for one in records()
    ]
    sys.stdout.write("\n".join(lines or ["No record was registered yet."]) + "\n")
    return DONE


def _end(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.smart.actions.trusting import end_trust
    from imparts.gateway.smart.queries.records import record_with

    record = record_with(options.issuer)
    if record is None:
        raise UsedWrongly("No record with this issuer may open imparts.")
    end_trust(record, by=BY, at=now)
    sys.stdout.write(f"{record.name} opens imparts no more.\n")
    return DONE
