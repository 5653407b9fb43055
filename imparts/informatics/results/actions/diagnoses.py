"""Storing diagnoses: added, never edited; a correction or withdrawal is a row after it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from imparts.audit import actions as audit
from imparts.design.dates import local
from imparts.informatics.results.actions.not_stored import NotStored
from imparts.informatics.results.models import Diagnosis
from imparts.organisations.models import Organisation, Service
from imparts.people.models import Patient
from imparts.rules.diagnoses import why_refused

CHANGED_SINCE = "This diagnosis has been changed since you opened the page. Look at it again."


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
    return _store(row, did="recorded diagnosis")


def correct_diagnosis(
    *, diagnosis: Diagnosis, words: str, diagnosed_on: date | None, by: str, at: datetime,
    system: str = "", code: str = "",
) -> Diagnosis:  # fmt: skip
    """Put another in the place of one; the first is kept and shown nowhere."""
    row = _after(diagnosis, by=by, at=at)
    row.words, row.diagnosed_on = words.strip(), diagnosed_on
    row.system, row.code = system, code
    return _store(row, did="corrected diagnosis")


def withdraw_diagnosis(*, diagnosis: Diagnosis, by: str, at: datetime) -> Diagnosis:
    """It was entered in error: it is shown nowhere, and the row is kept."""
    row = _after(diagnosis, by=by, at=at)
    row.is_withdrawn = True
    return _store(row, did="withdrew diagnosis")


def restore_diagnosis(*, diagnosis: Diagnosis, by: str, at: datetime) -> Diagnosis:
    """The withdrawal was the slip: the same diagnosis stands again."""
    return _store(_after(diagnosis, by=by, at=at), did="restored diagnosis")


def _after(diagnosis: Diagnosis, *, by: str, at: datetime) -> Diagnosis:
    return Diagnosis(
        patient=diagnosis.patient, organisation=diagnosis.organisation, service=diagnosis.service,
        system=diagnosis.system, code=diagnosis.code, words=diagnosis.words,
        diagnosed_on=diagnosis.diagnosed_on, source=diagnosis.source, corrects=diagnosis, at=at,
        by=by,
    )  # fmt: skip


def _store(row: Diagnosis, *, did: str) -> Diagnosis:
    said = why_refused(
        row.words, row.code, row.system, row.diagnosed_on, today=local(row.at).date(),
        born_on=row.patient.born_on,
    )  # fmt: skip
    if said:
        raise NotStored(said)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            audit.record(
                who=row.by, did=did, patient=row.patient_id, about=f"diagnosis {row.pk}", at=row.at
            )
    except IntegrityError as twice:
        raise NotStored(CHANGED_SINCE) from twice
    return row
