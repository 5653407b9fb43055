"""Storing diagnoses: added, never edited; a correction or withdrawal is a row after it."""

from datetime import date, datetime

from imparts.design.dates import local
from imparts.informatics.results.actions.not_stored import NotStored
from imparts.informatics.results.actions.rows_after import row_after, store_row
from imparts.informatics.results.models import Diagnosis
from imparts.organisations.models import Organisation, Service
from imparts.people.models import Patient
from imparts.rules.diagnoses import why_refused


def record_diagnosis(
    *, patient: Patient, words: str, by: str, at: datetime, service: Service | None = None,
    organisation: Organisation | None = None, system: str = "", code: str = "",
    diagnosed_on: date | None = None, source: str = Diagnosis.Source.TYPED,
) -> Diagnosis:  # fmt: skip
    """Store one diagnosis: typed at a service, or sent by an organisation's record."""
    body = service.organisation if service is not None else organisation
    if body is None:
        raise ValueError("A diagnosis is typed at a service or sent by an organisation.")
    row = Diagnosis(
        patient=patient, organisation=body, service=service, system=system, code=code,
        words=words.strip(), diagnosed_on=diagnosed_on, source=source, at=at, by=by,
    )  # fmt: skip
    return _store(row, did="recorded")


def correct_diagnosis(
    *, diagnosis: Diagnosis, words: str, diagnosed_on: date | None, by: str, at: datetime,
    system: str = "", code: str = "",
) -> Diagnosis:  # fmt: skip
    """Put another in the place of one; the first is kept and shown nowhere."""
    row = row_after(diagnosis, by=by, at=at)
    row.words, row.diagnosed_on = words.strip(), diagnosed_on
    row.system, row.code = system, code
    return _store(row, did="corrected")


def withdraw_diagnosis(*, diagnosis: Diagnosis, by: str, at: datetime) -> Diagnosis:
    """It was entered in error: it is shown nowhere, and the row is kept."""
    row = row_after(diagnosis, by=by, at=at)
    row.is_withdrawn = True
    return _store(row, did="withdrew")


def restore_diagnosis(*, diagnosis: Diagnosis, by: str, at: datetime) -> Diagnosis:
    """The withdrawal was the slip: the same diagnosis stands again."""
    return _store(row_after(diagnosis, by=by, at=at), did="restored")


def _store(row: Diagnosis, *, did: str) -> Diagnosis:
    said = why_refused(
        row.words, row.code, row.system, row.diagnosed_on, today=local(row.at).date(),
        born_on=row.patient.born_on,
    )  # fmt: skip
    if said:
        raise NotStored(said)
    return store_row(row, did=did, what="diagnosis")
