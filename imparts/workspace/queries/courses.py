"""Courses: the scores of several people over time, at the services that may be seen."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from imparts.informatics.results.models import ResponseScore

Courses = dict[tuple[UUID, str], list[ResponseScore]]


def courses(
    patients: Iterable[UUID], *, services: Iterable[int], instruments: Iterable[str] | None = None
) -> Courses:
    """Scores by person and instrument, oldest first; merged records count as the one they became.

    A score that has been corrected gives way to its correction.
    """
    wanted = list(patients)
    rows = ResponseScore.objects.filter(
        Q(patient_id__in=wanted) | Q(patient__merged_into_id__in=wanted),
        corrected_by__isnull=True,
        service_id__in=list(services),
    )
    if instruments is not None:
        rows = rows.filter(instrument__in=list(instruments))
    found: Courses = {}
    for row in rows.select_related("patient").order_by("completed_at", "id"):
        person = row.patient_id if row.patient_id in wanted else row.patient.merged_into_id
        found.setdefault((person, row.instrument), []).append(row)
    return found
