"""Signing a pathway: part by part, by different people; the second clinician puts it in force.

Nothing here goes round the library: the version was loaded by its author, the second clinician
signs it there, and putting it in force refuses what nobody has signed (hazard H7).
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from imparts.audit import actions as audit
from imparts.authoring.actions.pathway_drafting import LONGEST_SAID, held, refuse_overtaken
from imparts.authoring.actions.pathway_refusals import CannotChange
from imparts.authoring.models import PathwayDraft, PathwaySignature
from imparts.authoring.queries.pathway_drafts import live_at
from imparts.authoring.queries.pathway_signing import Part, signing_of
from imparts.design.dates import day
from imparts.library import actions as library
from imparts.library.models import ContentVersion, InForce
from imparts.organisations.models import Service
from imparts.rules.pathways.signatures import SECOND

STATEMENT = "I have read the changes and the run, and sign."
BACK = "back"
NOT_YOURS = (
    "No signature of yours is asked for now. Somebody who has signed, or has changed it, cannot "
    "sign again."
)
WHY_BACK = "Say why it is sent back; its author reads that."


def sign(
    *, row: PathwayDraft, content_id: int, reason: str, live_from: date | None, read: str, by: str,
    as_role: str, on: date, at: datetime,
) -> PathwayDraft:  # fmt: skip
    """Stand for the version that the page showed; the last signature says from when it holds.

    `read` is the mark of what rests on general knowledge, as the page showed it.
    """
    _refuse_what_is_long(reason)
    try:
        with transaction.atomic():
            row, part = _my_part(row, content_id, by=by, on=on)
            _add(row, part, PathwaySignature.Decision.SIGNED, reason, by=by, as_role=as_role,
                 at=at)  # fmt: skip
            if part.needed.part == SECOND:
                _go_live(row, live_from, reason, read=read, by=by, as_role=as_role, on=on, at=at)
    except IntegrityError as twice:
        raise CannotChange("This signature was given at the same moment by another.") from twice
    return row


def send_back(
    *, row: PathwayDraft, content_id: int, reason: str, by: str, as_role: str, on: date,
    at: datetime,
) -> PathwayDraft:  # fmt: skip
    """It can be changed again, and everybody signs anew; the version is withdrawn for good."""
    if not reason.strip():
        raise CannotChange(WHY_BACK)
    _refuse_what_is_long(reason)
    with transaction.atomic():
        row, part = _my_part(row, content_id, by=by, on=on)
        _add(row, part, PathwaySignature.Decision.SENT_BACK, reason, by=by, as_role=as_role, at=at)
        library.withdraw(
            content=row.made, why="Sent back before it was signed by all.", by=by, at=at
        )
        row.made, row.changed_at = None, at
        row.save()
    return row


def go_back(
    *, service: Service, content: ContentVersion, reason: str, by: str, as_role: str, on: date,
    at: datetime,
) -> InForce:  # fmt: skip
    """From today a service follows a version again that it has followed before: one signature."""
    if not reason.strip():
        raise CannotChange("Say why the service goes back.")
    _refuse_what_is_long(reason)
    live = live_at(service.pk, on=on).get(content.key)
    if live is None or content.pk not in {one.pk for one in live.earlier}:
        raise CannotChange("Only a version that this service has followed before can come back.")
    with transaction.atomic():
        PathwaySignature.objects.create(
            draft=None, content=content, service=service, part=BACK,
            decision=PathwaySignature.Decision.SIGNED, as_role=as_role,
            reason=reason.strip(), by=by, at=at,
        )  # fmt: skip
        return library.put_in_force(service=service, content=content, from_on=on, by=by, at=at)


def _my_part(row: PathwayDraft, content_id: int, *, by: str, on: date) -> tuple[PathwayDraft, Part]:
    """The draft as it is now, held, and the signature that this person may give."""
    row = held(row)
    if row.made_id is None:
        raise CannotChange("This draft is being changed again. It is signed when it is handed in.")
    if row.live_from is not None:
        raise CannotChange(f"Everybody has signed already. It is live from {day(row.live_from)}.")
    if row.made_id != content_id:
        raise CannotChange(
            "It was sent back and handed in anew since you opened the page. Read it again."
        )
    part = signing_of(row, on=on).part_of(by)
    if part is None:
        raise CannotChange(NOT_YOURS)
    return row, part


def _add(
    row: PathwayDraft, part: Part, decision: str, reason: str, *, by: str, as_role: str,
    at: datetime,
) -> None:  # fmt: skip
    PathwaySignature.objects.create(
        draft=row, content_id=row.made_id, service_id=row.service_id, part=part.needed.part,
        decision=decision, as_role=as_role, reason=reason.strip(), by=by, at=at,
    )  # fmt: skip
    is_signed = decision == PathwaySignature.Decision.SIGNED
    did = "signed a pathway" if is_signed else "sent a pathway back"
    audit.record(who=by, did=did, about=f"pathway draft {row.pk}", why=part.needed.part, at=at)


def _go_live(
    row: PathwayDraft, live_from: date | None, reason: str, *, read: str, by: str, as_role: str,
    on: date, at: datetime,
) -> None:  # fmt: skip
    if live_from is None or live_from < on:
        raise CannotChange("Say from which day it is live: today or later.")
    refuse_overtaken(row, on=on)
    refuse_overtaken(row, on=live_from)
    statement = f"{STATEMENT} {reason.strip()}".strip()
    try:
        library.sign(content=row.made, by=by, as_role=as_role, statement=statement, at=at,
                     read=read)  # fmt: skip
        library.put_in_force(service=row.service, content=row.made, from_on=live_from, by=by, at=at)
    except (library.CannotSign, library.NotReady) as refused:
        raise CannotChange(str(refused)) from refused
    row.live_from, row.changed_at = live_from, at
    row.save()


def _refuse_what_is_long(reason: str) -> None:
    if len(reason) > LONGEST_SAID - len(STATEMENT) - 1:
        raise CannotChange(f"Say it in at most {LONGEST_SAID - len(STATEMENT) - 1} characters.")
