"""Measures of the body and the disease as Observations, and diagnoses as Conditions.

A correction or a withdrawal is a row after the first one; the resource keeps the number of the
first, and says what stands there now.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from imparts.access.roles import May
from imparts.gateway.fhir.body_measure import (
    AMENDED,
    FINAL,
    IN_ERROR,
    BodyMeasure,
    body_observation,
)
from imparts.gateway.fhir.condition import DiagnosisFacts, condition_of
from imparts.gateway.fhir_server.queries.seen import about, patient, results, stamped
from imparts.gateway.fhir_server.registry import Json, Reader
from imparts.informatics.results.models import Diagnosis, PhysicalMeasure
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.rules.physical_measures import PhysicalKind

SYSTEMS: Mapping[str, str] = {
    "SNOMED CT": "http://snomed.info/sct",
    "ICD-10": "http://hl7.org/fhir/sid/icd-10",
}
"""Names under which code systems are kept, as FHIR addresses them; others stay as they came."""
_STORED = Coalesce("corrected_by__corrected_by__at", "corrected_by__at", "at")
_SOURCES = {True: "Typed by staff", False: "From the hospital record"}


def kept_as(url: str) -> str:
    """The name under which a code system is kept."""
    return next((name for name, address in SYSTEMS.items() if address == url), url)


def measure_rows(reader: Reader) -> QuerySet[PhysicalMeasure]:
    """The first row of each measurement, at services whose results the reader may see."""
    found = PhysicalMeasure.objects.filter(
        results(reader), corrects__isnull=True, code__in=list(library.physical_measures())
    )
    # A day is sorted among the moments of scores, so it must be one.
    return found.annotate(_stored=_STORED, _at=Cast("measured_on", DateTimeField()))


def render_measures(found: Sequence[PhysicalMeasure], reader: Reader) -> list[Json]:
    """Each measurement as it stands now."""
    kinds = library.physical_measures()
    made = []
    for row, now, version in _as_now(found, PhysicalMeasure):
        facts = _measure(row, now, kinds[row.code])
        made.append(stamped(body_observation(facts), now.at, version))
    return made


def diagnosis_rows(reader: Reader) -> QuerySet[Diagnosis]:
    """The first row of each diagnosis: typed at a service, or sent to its organisation."""
    services = reader.asking.services_where(May.SEE_RESULTS)
    run_by = Service.objects.filter(pk__in=list(services), organisation=OuterRef("organisation"))
    here = Q(service__in=list(services)) | Q(Q(service__isnull=True) & Exists(run_by))
    found = Diagnosis.objects.filter(here & about(reader), corrects__isnull=True)
    return found.annotate(_stored=_STORED)


def render_diagnoses(found: Sequence[Diagnosis], reader: Reader) -> list[Json]:
    """Each diagnosis as it stands now."""
    return [
        stamped(condition_of(_diagnosis(row, now)), now.at, version)
        for row, now, version in _as_now(found, Diagnosis)
    ]


def _as_now(found: Sequence[Any], model: Any) -> list[tuple[Any, Any, int]]:
    """Each first row with the row that stands now, and how many there were."""
    last = {row.pk: (row, 1) for row in found}
    first_of = {row.pk: row.pk for row in found}
    newest = list(last)
    while newest:
        after = list(model.objects.filter(corrects__in=newest))
        for row in after:
            first = first_of[row.pk] = first_of[row.corrects_id]
            last[first] = (row, last[first][1] + 1)
        newest = [row.pk for row in after]
    return [(row, *last[row.pk]) for row in found]


def _measure(row: PhysicalMeasure, now: PhysicalMeasure, kind: PhysicalKind) -> BodyMeasure:
    status = FINAL if now.pk == row.pk else IN_ERROR if now.is_withdrawn else AMENDED
    return BodyMeasure(
        id=f"body-{row.pk}",
        patient=patient(row.patient_id),
        measure=kind.id,
        name=kind.name,
        value=kind.number(now.value),
        measured_on=now.measured_on,
        recorded_at=now.at,
        status=status,
        unit=kind.unit,
        ucum=kind.ucum,
        second=None if now.second_value is None else kind.number(now.second_value),
        names_of_pair=(kind.first.name, kind.second.name if kind.second else ""),
        performer=_SOURCES[row.source == PhysicalMeasure.Source.TYPED],
    )


def _diagnosis(row: Diagnosis, now: Diagnosis) -> DiagnosisFacts:
    return DiagnosisFacts(
        id=str(row.pk),
        patient=patient(row.patient_id),
        words=now.words,
        recorded_at=now.at,
        system=SYSTEMS.get(now.system, now.system),
        code=now.code,
        diagnosed_on=now.diagnosed_on,
        is_withdrawn=now.is_withdrawn,
        asserted_by=_SOURCES[row.source == Diagnosis.Source.TYPED],
    )
