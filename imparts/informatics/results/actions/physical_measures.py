"""Storing physical measures: added, never edited; a correction or withdrawal is a row after it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from imparts.audit import actions as audit
from imparts.design.dates import local
from imparts.informatics.results.actions.not_stored import NotStored
from imparts.informatics.results.models import PhysicalMeasure
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.people.models import Patient
from imparts.rules.physical_measures import why_refused

CHANGED_SINCE = "This measure has been changed since you opened the page. Look at it again."


def record_physical_measure(
    *, patient: Patient, service: Service, code: str, value: Decimal, measured_on: date, by: str,
    at: datetime, second_value: Decimal | None = None,
    source: str = PhysicalMeasure.Source.TYPED,
) -> PhysicalMeasure:  # fmt: skip
    """Store one measurement; refused with a sentence when it cannot be right."""
    _refuse(patient, code, value, second_value, measured_on, today=local(at).date())
    row = PhysicalMeasure(
        patient=patient, service=service, code=code, value=value, second_value=second_value,
        measured_on=measured_on, source=source, at=at, by=by,
    )  # fmt: skip
    return _store(row, did="recorded physical measure")


def correct_physical_measure(
    *, measure: PhysicalMeasure, value: Decimal, measured_on: date, by: str, at: datetime,
    second_value: Decimal | None = None,
) -> PhysicalMeasure:  # fmt: skip
    """Put another number in the place of one; the first is kept and shown nowhere."""
    _refuse(measure.patient, measure.code, value, second_value, measured_on, today=local(at).date())
    row = _after(measure, by=by, at=at)
    row.value, row.second_value, row.measured_on = value, second_value, measured_on
    return _store(row, did="corrected physical measure")


def withdraw_physical_measure(
    *, measure: PhysicalMeasure, by: str, at: datetime
) -> PhysicalMeasure:
    """It was entered in error: it is shown nowhere, and the row is kept."""
    row = _after(measure, by=by, at=at)
    row.is_withdrawn = True
    return _store(row, did="withdrew physical measure")


def restore_physical_measure(*, measure: PhysicalMeasure, by: str, at: datetime) -> PhysicalMeasure:
    """The withdrawal was the slip: the same number stands again."""
    return _store(_after(measure, by=by, at=at), did="restored physical measure")


def _refuse(
    patient: Patient, code: str, value: Decimal, second: Decimal | None, measured_on: date, *,
    today: date,
) -> None:  # fmt: skip
    kind = library.physical_measures().get(code)
    if kind is None:
        raise NotStored("Choose one of the measures that are listed.")
    said = why_refused(
        kind, value, second, measured_on=measured_on, today=today, born_on=patient.born_on
    )
    if said:
        raise NotStored(said)


def _after(measure: PhysicalMeasure, *, by: str, at: datetime) -> PhysicalMeasure:
    return PhysicalMeasure(
        patient=measure.patient, service=measure.service, code=measure.code, value=measure.value,
        second_value=measure.second_value, measured_on=measure.measured_on, source=measure.source,
        corrects=measure, at=at, by=by,
    )  # fmt: skip


def _store(row: PhysicalMeasure, *, did: str) -> PhysicalMeasure:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            audit.record(
                who=row.by, did=did, patient=row.patient_id,
                about=f"physical measure {row.pk}, {row.code}", at=row.at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise NotStored(CHANGED_SINCE) from twice
    return row
