"""Loading past scores in bulk; whoever calls has worked them out with rules.scoring."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from imparts.audit import actions as audit
from imparts.informatics.results.models import ResponseScore
from imparts.postgres.copying import copy_rows
from imparts.rules.scoring.score import Score


class PastScore(NamedTuple):
    """One row of scores."""

    response: UUID
    sitting: UUID
    patient_id: UUID
    service_id: int
    instrument: str
    content_id: int
    completed_at: datetime
    status: str
    score: Decimal | None
    out_of: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    band: str
    band_label: str
    flags: list[str]
    subscales: list[dict[str, Any]]
    profile: str
    answered: int
    asked: int


def past_score(
    *,
    response: UUID,
    sitting: UUID,
    patient_id: UUID,
    service_id: int,
    content_id: int,
    score: Score,
    at: datetime,
) -> PastScore:
    """What one score stores, as `new_score` would."""
    return PastScore(
        response, sitting, patient_id, service_id, score.instrument, content_id, at,
        score.status, score.score, score.out_of, score.lower, score.upper,
        score.band or "", score.band_label or "", list(score.flags),
        [subscale.as_json() for subscale in score.subscales], score.profile or "",
        score.answered, score.asked,
    )  # fmt: skip


def load_history(*, scores: Iterable[PastScore], by: str, at: datetime) -> None:
    """Copy scores."""
    with transaction.atomic(), connection.cursor() as cursor:
        loaded = copy_rows(cursor, ResponseScore._meta.db_table, PastScore._fields, scores)
        audit.record(who=by, did="loaded history", about=f"scores, {loaded} rows", at=at)
