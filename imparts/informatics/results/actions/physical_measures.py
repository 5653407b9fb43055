"""Storing physical measures: added, never edited; a correction or withdrawal is a row after it."""

from datetime import date, datetime
from decimal import Decimal

from imparts.design.dates import local
from imparts.informatics.results.actions.not_stored import NotStored
from imparts.informatics.results.actions.rows_after import row_after, store_row
from imparts.informatics.results.models import PhysicalMeasure
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.people.models import Patient
from imparts.rules.physical_measures import why_refused


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
    return _store(row, did="recorded")


def correct_physical_measure(
    *, measure: PhysicalMeasure, value: Decimal, measured_on: date, by: str, at: datetime,
    second_value: Decimal | None = None,
) -> PhysicalMeasure:  # fmt: skip
    """Put another number in the place of one; the first is kept and shown nowhere."""
    _refuse(measure.patient, measure.code, value, second_value, measured_on, today=local(at).date())
    row = row_after(measure, by=by, at=at)
    row.value, row.second_value, row.measured_on = value, second_value, measured_on
    return _store(row, did="corrected")


def withdraw_physical_measure(
    *, measure: PhysicalMeasure, by: str, at: datetime
) -> PhysicalMeasure:
    """It was entered in error: it is shown nowhere, and the row is kept."""
    row = row_after(measure, by=by, at=at)
    row.is_withdrawn = True
    return _store(row, did="withdrew")


def restore_physical_measure(*, measure: PhysicalMeasure, by: str, at: datetime) -> PhysicalMeasure:
    """The withdrawal was the slip: the same number stands again."""
    return _store(row_after(measure, by=by, at=at), did="restored")


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


def _store(row: PhysicalMeasure, *, did: str) -> PhysicalMeasure:
    return store_row(row, did=did, what="physical measure", code=row.code)
