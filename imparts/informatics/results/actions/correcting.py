"""Correcting and withdrawing scores: a row is added after the one that counted until now."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from imparts.informatics.results.actions.not_stored import changed_since
from imparts.informatics.results.actions.scores import new_score
from imparts.informatics.results.models import ResponseScore
from imparts.rules.scoring.score import Score


def correct_score(
    *, score: ResponseScore, content_id: int, by_now: Score, at: datetime
) -> ResponseScore:
    """Put what the same answers come to by another version of their instrument in its place.

    When they were given stays as it was: the answers are of then.
    """
    made = new_score(
        response=score.response, sitting=score.sitting, patient_id=score.patient_id,
        service_id=score.service_id, content_id=content_id, score=by_now, at=score.completed_at,
    )  # fmt: skip
    made.corrects = score
    return _stored([made])[0]


def withdraw_scores(*, sitting: UUID) -> int:
    """The answers of a sitting were another person's: its scores count nowhere any more."""
    standing = ResponseScore.objects.filter(
        sitting=sitting, corrected_by__isnull=True, is_withdrawn=False
    )
    return len(_stored([_gone(score) for score in standing]))


def _gone(score: ResponseScore) -> ResponseScore:
    return ResponseScore(
        response=score.response, sitting=score.sitting, patient_id=score.patient_id,
        service_id=score.service_id, instrument=score.instrument, content_id=score.content_id,
        completed_at=score.completed_at, status="incomplete", answered=0, asked=score.asked,
        of_form=None if score.of_form is None else {}, corrects=score, is_withdrawn=True,
    )  # fmt: skip


def _stored(rows: Iterable[ResponseScore]) -> list[ResponseScore]:
    try:
        with transaction.atomic():
            return ResponseScore.objects.bulk_create(list(rows))
    except IntegrityError as twice:  # each score is followed by one at most
        raise changed_since("score") from twice
