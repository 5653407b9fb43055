"""Loading past sittings in bulk: invitations, hand-overs, responses with their answers, refusals.

Nothing is scored, alerted or owed to the record here: that happened when the answers were given,
and each app loads its own part of it.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from imparts.audit import actions as audit
from imparts.informatics.questionnaires.models import (
    Answer,
    AnswerGiven,
    HandOver,
    Invitation,
    OfferOutcome,
    Response,
)
from imparts.postgres.copying import copy_rows


class PastInvitation(NamedTuple):
    """One row of invitations."""

    id: UUID
    patient_id: UUID
    service_id: int
    appointment_id: UUID
    pack_id: int
    texts_id: int
    instruments: dict[str, int]
    context: dict[str, Any]
    created_at: datetime
    created_by: str
    language: str
    mode: str
    who_helped: str
    calm_page_at: datetime | None
    started_at: datetime
    submission_id: UUID | None
    submitted_at: datetime | None


class PastHandOver(NamedTuple):
    """One row of hand-overs; all of them have ended."""

    invitation_id: UUID
    tablet_id: int | None
    secret_hash: str
    started_at: datetime
    started_by: str
    last_used_at: datetime
    confirmed_at: datetime
    ended_at: datetime
    ended_because: str


class PastGiven(NamedTuple):
    """One row of answers as they were given."""

    invitation_id: UUID
    instrument: str
    item: str
    value: int | None
    declined: bool
    at: datetime


class PastResponse(NamedTuple):
    """One row of responses."""

    id: UUID
    invitation_id: UUID
    patient_id: UUID
    service_id: int
    instrument: str
    content_id: int
    completed_at: datetime
    place: int


class PastAnswer(NamedTuple):
    """One row of final answers."""

    response_id: UUID
    item: str
    value: int | None
    declined: bool


class PastOutcome(NamedTuple):
    """One row of reasons why someone was not asked."""

    appointment_id: UUID
    outcome: str
    at: datetime
    by: str
    why: str = ""


def spent_secret(invitation: UUID) -> str:
    """In place of the hash of a secret that nobody has any more."""
    return hashlib.sha256(f"spent {invitation}".encode()).hexdigest()


def load_history(
    *,
    invitations: Iterable[PastInvitation],
    hand_overs: Iterable[PastHandOver],
    given: Iterable[PastGiven],
    responses: Iterable[PastResponse],
    answers: Iterable[PastAnswer],
    outcomes: Iterable[PastOutcome],
    by: str,
    at: datetime,
) -> None:
    """Copy sittings with everything that belongs to them."""
    with transaction.atomic(), connection.cursor() as cursor:
        loaded = 0
        for model, row, rows in (
            (Invitation, PastInvitation, invitations),
            (HandOver, PastHandOver, hand_overs),
            (AnswerGiven, PastGiven, given),
            (Response, PastResponse, responses),
            (Answer, PastAnswer, answers),
            (OfferOutcome, PastOutcome, outcomes),
        ):
            loaded += copy_rows(cursor, model._meta.db_table, row._fields, rows)
        audit.record(who=by, did="loaded history", about=f"sittings, {loaded} rows", at=at)
