"""Storing scores; they are added, never edited."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from imparts.informatics.results.models import ResponseScore
from imparts.rules.scoring.score import Score


def new_score(
    *,
    response: UUID,
    sitting: UUID,
    patient_id: UUID,
    service_id: int,
    content_id: int,
    score: Score,
    at: datetime,
) -> ResponseScore:
    """One score as a row, not yet stored."""
    return ResponseScore(
        response=response, sitting=sitting, patient_id=patient_id, service_id=service_id,
        instrument=score.instrument, content_id=content_id, completed_at=at, status=score.status,
        score=score.score, out_of=score.out_of, lower=score.lower, upper=score.upper,
        band=score.band or "", band_label=score.band_label or "", flags=list(score.flags),
        subscales=[subscale.as_json() for subscale in score.subscales],
        profile=score.profile or "", answered=score.answered, asked=score.asked,
    )  # fmt: skip


def store_scores(rows: Iterable[ResponseScore]) -> list[ResponseScore]:
    """Store the scores of one sitting, in the caller's transaction."""
    return ResponseScore.objects.bulk_create(list(rows))
