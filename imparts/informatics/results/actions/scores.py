"""Storing scores; they are added, never edited."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.informatics.results.models import ResponseScore
from imparts.rules.scoring.score import Score
from imparts.rules.scoring.totals import COMPLETE, INCOMPLETE

if TYPE_CHECKING:
    from imparts.rules.forms.result import FormResult

LARGEST = 100_000  # the column's digits


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


def new_form_score(
    *,
    response: UUID,
    sitting: UUID,
    patient_id: UUID,
    service_id: int,
    content_id: int,
    form: str,
    result: "FormResult",
    answered: int,
    asked: int,
    at: datetime,
) -> ResponseScore:
    """What a form worked out as a row, not yet stored.

    A single number is its score, when nothing that it rests on is missing. All of its numbers, and
    what could not be worked out, are kept beside it.
    """
    return ResponseScore(
        response=response, sitting=sitting, patient_id=patient_id, service_id=service_id,
        instrument=form, content_id=content_id, completed_at=at,
        status=COMPLETE if result.complete else INCOMPLETE, score=_only_number(result),
        subscales=[
            {"name": one.path, "label": one.label, "score": str(one.value), "unit": one.unit}
            for one in result.numbers
        ],
        of_form={
            "missing": len(result.missing),
            "problems": [[line.link_id, line.sentence] for line in result.problems],
        },
        answered=answered, asked=asked,
    )  # fmt: skip


def _only_number(result: "FormResult") -> Decimal | None:
    if not result.complete or len(result.numbers) != 1:
        return None
    number = result.numbers[0].value
    fits = abs(number) < LARGEST and number == round(number, 2)
    return number if fits else None


def store_scores(rows: Iterable[ResponseScore]) -> list[ResponseScore]:
    """Store the scores of one sitting, in the caller's transaction."""
    return ResponseScore.objects.bulk_create(list(rows))
