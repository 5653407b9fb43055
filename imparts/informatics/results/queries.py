"""Reading results: scores of sittings and over time, measures, diagnoses, agreed baselines."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from imparts.informatics.results.models import (
    AgreedBaseline,
    Diagnosis,
    PhysicalMeasure,
    ResponseScore,
)
from imparts.organisations.models import Organisation
from imparts.people.models import Patient
from imparts.people.queries import record_ids, surviving


def _standing() -> QuerySet[ResponseScore]:
    """Scores of our instruments that have been neither corrected nor withdrawn since."""
    return _counted().filter(of_form__isnull=True)


def _counted() -> QuerySet[ResponseScore]:
    return ResponseScore.objects.filter(corrected_by__isnull=True, is_withdrawn=False)


def form_scores_of(sitting: UUID) -> dict[str, ResponseScore]:
    """What the forms of a sitting worked out, by form. The caller has let the asker through."""
    rows = _counted().filter(sitting=sitting, of_form__isnull=False)
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


def days_since_answered(records: Iterable[UUID], *, at: datetime) -> dict[str, int]:
    """How many whole days ago each instrument was last completed by one person."""
    latest: dict[str, int] = {}
    rows = _counted().filter(patient_id__in=list(records), completed_at__lt=at)
    last = rows.order_by("patient_id", "instrument", "-completed_at", "-id")
    for row in last.distinct("patient_id", "instrument").defer("subscales", "flags"):
        if row.status == "complete":
            days = (at - row.completed_at).days
            latest[row.instrument] = min(days, latest.get(row.instrument, days))
    return latest


@dataclass(frozen=True, slots=True)
class PhysicalPoint:
    """One physical measure as it stands now."""

    id: int
    value: Decimal
    second: Decimal | None
    on: date
    service_id: int
    by: str
    is_typed: bool


PhysicalCourses = dict[UUID, dict[str, tuple[PhysicalPoint, ...]]]


def physical_measures_of(
    patients: Iterable[UUID], *, services: Collection[int] | None = None
) -> PhysicalCourses:
    """Physical measures by surviving person and code, oldest first.

    What was corrected gives way to its correction, what was withdrawn is left out, and records that
    were merged count as the one they became. `services` are those whose results may be seen; what a
    hospital's record sent is seen at all of its services. None is all, for a caller that has let
    the asker through.
    """
    person_of = surviving(patients)
    rows = PhysicalMeasure.objects.filter(
        patient_id__in=list(person_of), corrected_by__isnull=True, is_withdrawn=False
    )
    if services is not None:
        from_record = Q(
            source=PhysicalMeasure.Source.RECORD, service__organisation__in=_run_by(services)
        )
        rows = rows.filter(Q(service_id__in=list(services)) | from_record)
    found: dict[UUID, dict[str, list[PhysicalPoint]]] = {}
    for row in rows.order_by("measured_on", "id"):
        of_person = found.setdefault(person_of[row.patient_id], {})
        of_person.setdefault(row.code, []).append(_physical(row))
    return {
        person: {code: tuple(points) for code, points in codes.items()}
        for person, codes in found.items()
    }


def _physical(row: PhysicalMeasure) -> PhysicalPoint:
    return PhysicalPoint(
        id=row.pk, value=row.value, second=row.second_value, on=row.measured_on,
        service_id=row.service_id, by=row.by,
        is_typed=row.source == PhysicalMeasure.Source.TYPED,
    )  # fmt: skip


def physical_measure(
    patient: Patient, measure_id: int, *, services: Collection[int]
) -> PhysicalMeasure:
    """One measure of a person who has been let through; 404 for anyone else's."""
    found = PhysicalMeasure.objects.filter(
        pk=measure_id, patient_id__in=record_ids(patient), service_id__in=list(services)
    ).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """One diagnosis as it stands now."""

    id: int
    words: str
    system: str
    code: str
    on: date | None
    at: datetime
    by: str
    service_id: int | None
    """Where it was typed; None for what the hospital's record sent."""
    is_typed: bool


def diagnoses_of(
    patients: Iterable[UUID], *, services: Collection[int] | None = None
) -> dict[UUID, tuple[DiagnosisLine, ...]]:
    """Diagnoses by surviving person, the newest first; `services` as for physical measures."""
    person_of = surviving(patients)
    rows = _standing_diagnoses(services).filter(patient_id__in=list(person_of))
    found: dict[UUID, list[DiagnosisLine]] = {}
    for row in rows.order_by("-id"):
        line = DiagnosisLine(
            id=row.pk, words=row.words, system=row.system, code=row.code, on=row.diagnosed_on,
            at=row.at, by=row.by, service_id=row.service_id,
            is_typed=row.source == Diagnosis.Source.TYPED,
        )  # fmt: skip
        found.setdefault(person_of[row.patient_id], []).append(line)
    return {person: tuple(lines) for person, lines in found.items()}


def diagnosis(patient: Patient, diagnosis_id: int, *, services: Collection[int]) -> Diagnosis:
    """One that was typed at one of these services, of a person who has been let through."""
    rows = Diagnosis.objects.filter(patient_id__in=record_ids(patient))
    found = rows.filter(pk=diagnosis_id, service_id__in=list(services)).first()
    if found is None:
        raise Http404
    return found


def _standing_diagnoses(services: Collection[int] | None) -> QuerySet[Diagnosis]:
    rows = Diagnosis.objects.filter(corrected_by__isnull=True, is_withdrawn=False)
    if services is None:
        return rows
    from_record = Q(service__isnull=True, organisation__in=_run_by(services))
    return rows.filter(Q(service_id__in=list(services)) | from_record)


def _run_by(services: Collection[int]) -> QuerySet[Organisation]:
    """The organisations that run some services."""
    return Organisation.objects.filter(services__in=list(services))


def baselines_of(patient: Patient) -> dict[str, ResponseScore]:
    """The score from which changes of each instrument are counted, where one is agreed.

    The last row counts, at whatever service it was agreed; a score that was corrected since gives
    way to its correction, and one that was another person's is no baseline.
    """
    rows = (
        AgreedBaseline.objects.filter(patient_id__in=record_ids(patient))
        .select_related("score__corrected_by")
        .order_by("instrument", "-id")
        .distinct("instrument")
    )
    found = {row.instrument: _corrected(row.score) for row in rows if row.score is not None}
    return {instrument: score for instrument, score in found.items() if not score.is_withdrawn}


def _corrected(score: ResponseScore) -> ResponseScore:
    """What a score has become."""
    while hasattr(score, "corrected_by"):
        score = score.corrected_by
    return score


def score_of(patient: Patient, score_id: int, *, services: Collection[int]) -> ResponseScore:
    """One score of a person who has been let through; 404 for anyone else's."""
    mine = _standing().filter(patient_id__in=record_ids(patient), service_id__in=list(services))
    found = mine.filter(pk=score_id).first()
    if found is None:
        raise Http404
    return found
