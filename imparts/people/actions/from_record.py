"""What the hospital's record says of a patient: kept in few statements, for hundreds a second.

Safety: hazard H2 (wrong patient). A national number from the record counts as verified only where
the record says so and the number can be right; one that cannot be is kept apart, as doubtful.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from imparts.audit import actions as audit
from imparts.organisations.models import Organisation
from imparts.people.actions.patients import only_correctable
from imparts.people.actions.versions import keep_versions
from imparts.people.models import Identifier, Patient
from imparts.rules.identifiers.nhs_number import problem_with

_NHS, _DOUBTFUL = Identifier.Scheme.NHS, Identifier.Scheme.DOUBTFUL


@dataclass(frozen=True, slots=True)
class NhsNumber:
    """An NHS number as the record sent it, tidied of spaces."""

    value: str
    is_verified: bool


def register_from_record(
    *, family_name: str, given_name: str, born_on: date, hospital_numbers: Iterable[str],
    issued_by: Organisation, nhs: NhsNumber | None, by: str, at: datetime, is_test: bool,
    details: Mapping[str, Any],
) -> Patient:  # fmt: skip
    """Add a patient with their numbers; whoever calls has read every value and found it fit."""
    only_correctable(details)
    with transaction.atomic(savepoint=False):
        made = Patient(
            family_name=family_name, given_name=given_name, born_on=born_on, is_test=is_test,
            **details,
        )  # fmt: skip
        made.save(force_insert=True)
        numbers = [_hospital(made, value, issued_by, at) for value in hospital_numbers]
        if nhs is not None:
            numbers.append(_national(made, nhs, at))
        Identifier.objects.bulk_create(numbers)
        keep_versions([made.pk], by=by, at=at, are_written=True)
        did = "registered test patient" if is_test else "registered patient"
        audit.record(who=by, did=did, patient=made.pk, at=at)
    return made


def change_from_record(
    *, patient: Patient, details: Mapping[str, Any], nhs: NhsNumber | None = None,
    more_hospital_numbers: Iterable[str] = (), issued_by: Organisation | None = None, by: str,
    at: datetime,
) -> None:  # fmt: skip
    """Change what is known of a patient, and add numbers; the audit says which, never values."""
    only_correctable(details)
    changed = sorted(details)
    with transaction.atomic(savepoint=False):
        for name, value in details.items():
            setattr(patient, name, value)
        if details:
            patient.save(update_fields=changed)
        if nhs is not None:
            _change_national(patient, nhs, at)
            changed.append("nhs number")
        if issued_by is not None:
            added = [_hospital(patient, each, issued_by, at) for each in more_hospital_numbers]
            Identifier.objects.bulk_create(added)
            changed += ["hospital number"] if added else []
        keep_versions([patient.pk], by=by, at=at, are_written=bool(details))
        audit.record(
            who=by, did="corrected patient", patient=patient.pk, about=",".join(changed),
            why="said by the hospital record", at=at,
        )  # fmt: skip


def can_be_right(value: str, *, is_test: bool) -> bool:
    """Can this be the NHS number of a person (or of a test patient)?"""
    return problem_with(value, allow_test_range=is_test or settings.IMPARTS_DEMO) is None


def _change_national(patient: Patient, nhs: NhsNumber, at: datetime) -> None:
    """The number that was said last is the number; the versions keep the ones before it."""
    Identifier.objects.filter(patient=patient, scheme__in=(_NHS, _DOUBTFUL)).delete()
    _national(patient, nhs, at).save(force_insert=True)


def _hospital(patient: Patient, value: str, issued_by: Organisation, at: datetime) -> Identifier:
    return Identifier(
        patient=patient, scheme=Identifier.Scheme.HOSPITAL, value=value, issued_by=issued_by,
        verified_at=at,
    )  # fmt: skip


def _national(patient: Patient, nhs: NhsNumber, at: datetime) -> Identifier:
    fits = can_be_right(nhs.value, is_test=patient.is_test)
    return Identifier(
        patient=patient, scheme=_NHS if fits else _DOUBTFUL, value=nhs.value,
        verified_at=at if fits and nhs.is_verified else None,
    )  # fmt: skip
