"""Reading results: a sitting's scores, a patient's scores over time."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from imparts.informatics.results.models import ResponseScore


def _standing() -> QuerySet[ResponseScore]:
    """Scores of our instruments that have not been corrected since."""
    return ResponseScore.objects.filter(corrected_by__isnull=True, of_form__isnull=True)


def form_scores_of(sitting: UUID) -> dict[str, ResponseScore]:
    """What the forms of a sitting worked out, by form. The caller has let the asker through."""
    rows = ResponseScore.objects.filter(sitting=sitting, of_form__isnull=False)
    return {row.instrument: row for row in rows}


def scores_of(sittings: Iterable[UUID]) -> dict[UUID, dict[str, ResponseScore]]:
    """Scores by sitting and instrument. The caller has already let the asker through."""
    found: dict[UUID, dict[str, ResponseScore]] = {}
    for score in _standing().filter(sitting__in=list(sittings)):
        found.setdefault(score.sitting, {})[score.instrument] = score
    return found


def scores_over_time(records: Iterable[UUID]) -> dict[str, list[ResponseScore]]:
    """Every score of one person (all their records), by instrument, oldest first."""
    found: dict[str, list[ResponseScore]] = {}
    for score in _standing().filter(patient_id__in=list(records)).order_by("completed_at", "id"):
        found.setdefault(score.instrument, []).append(score)
    return found


def last_scores_before(
    records: Iterable[UUID], moment: datetime
) -> dict[tuple[UUID, str], ResponseScore]:
    """The latest score of each patient record and instrument before a moment, in one question."""
    rows = (
        _standing()
        .filter(patient_id__in=list(records), completed_at__lt=moment)
        .order_by("patient_id", "instrument", "-completed_at", "-id")
        .distinct("patient_id", "instrument")
    )
    return {(row.patient_id, row.instrument): row for row in rows}


def days_since_answered(records: Iterable[UUID], *, at: datetime) -> dict[str, int]:
    """How many whole days ago each instrument was last completed by one person."""
    latest: dict[str, int] = {}
    rows = ResponseScore.objects.filter(
        patient_id__in=list(records), completed_at__lt=at, corrected_by__isnull=True
    )
    last = rows.order_by("patient_id", "instrument", "-completed_at", "-id")
    for row in last.distinct("patient_id", "instrument").defer("subscales", "flags"):
        if row.status == "complete":
            days = (at - row.completed_at).days
            latest[row.instrument] = min(days, latest.get(row.instrument, days))
    return latest
