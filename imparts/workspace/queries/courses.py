"""Courses: the scores of several people over time, at the services that may be seen."""

from collections.abc import Iterable
from uuid import UUID

from imparts.informatics.results.models import ResponseScore
from imparts.people.queries import surviving

Courses = dict[tuple[UUID, str], list[ResponseScore]]


def courses(
    patients: Iterable[UUID],
    *,
    services: Iterable[int],
    instruments: Iterable[str] | None = None,
    with_parts: bool = False,
) -> Courses:
    """Scores by person and instrument, oldest first; merged records count as the one they became.

    A score that has been corrected gives way to its correction, and one that was another person's
    is left out. Subscales are read only where they are shown: a course of many years is long.
    """
    person_of = surviving(patients)
    rows = ResponseScore.objects.filter(
        patient_id__in=list(person_of), service_id__in=list(services), corrected_by__isnull=True,
        of_form__isnull=True, is_withdrawn=False,
    )  # fmt: skip
    if instruments is not None:
        rows = rows.filter(instrument__in=list(instruments))
    found: Courses = {}
    left = ("flags",) if with_parts else ("flags", "subscales")
    for row in rows.defer(*left).order_by("completed_at", "id"):
        found.setdefault((person_of[row.patient_id], row.instrument), []).append(row)
    return found
