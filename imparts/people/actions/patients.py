"""Registering and correcting patients, and the numbers by which they are known."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from imparts.audit import actions as audit
from imparts.organisations.models import Organisation
from imparts.people.actions.versions import keep_versions
from imparts.people.models import Identifier, Patient
from imparts.rules.identifiers import scheme as identifier_scheme

CORRECTABLE = frozenset(
    {
        "family_name", "given_name", "known_as", "born_on", "sex", "gender", "pronouns", "language",
        "needs_interpreter", "information_needs", "contact_preferences", "ethnicity", "postcode",
        "deprivation_fifth", "practice", "died_on", "is_sensitive",
    }
)  # fmt: skip


def register(
    *,
    family_name: str,
    given_name: str,
    born_on: date,
    by: str,
    at: datetime,
    is_test: bool = False,
    **details: Any,
) -> Patient:
    """Add a patient; `details` are any of CORRECTABLE. A test patient stays one for ever."""
    only_correctable(details)
    with transaction.atomic():
        made = Patient(
            family_name=family_name, given_name=given_name, born_on=born_on, is_test=is_test,
            **details,
        )  # fmt: skip
        made.full_clean()
        made.save(force_insert=True)
        did = "registered test patient" if is_test else "registered patient"
        keep_versions([made.pk], by=by, at=at)
        audit.record(who=by, did=did, patient=made.pk, at=at)
    return made


def correct(*, patient: Patient, by: str, at: datetime, why: str, **details: Any) -> None:
    """Change what is known of a patient; the audit says which facts, never their values."""
    only_correctable(details)
    with transaction.atomic():
        for name, value in details.items():
            setattr(patient, name, value)
        patient.full_clean()
        patient.save()
        keep_versions([patient.pk], by=by, at=at)
        audit.record(
            who=by, did="corrected patient", patient=patient.pk, about=",".join(sorted(details)),
            why=why, at=at,
        )  # fmt: skip


def add_identifier(
    *,
    patient: Patient,
    scheme: str,
    value: str,
    by: str,
    at: datetime,
    issued_by: Organisation | None = None,
    verified_at: datetime | None = None,
) -> Identifier:
    """Add a number; a national one must have the right shape, range and check digit to be added.

    Numbers of the test range are taken only for test patients, and in the demonstration.
    """
    tidy = value.replace(" ", "")
    if scheme != Identifier.Scheme.HOSPITAL:
        problem = identifier_scheme.problem_with(
            scheme, tidy, allow_test_range=settings.IMPARTS_DEMO or patient.is_test
        )
        if problem:
            raise ValidationError(problem)
    with transaction.atomic():
        made = Identifier(
            patient=patient, scheme=scheme, value=tidy, issued_by=issued_by, verified_at=verified_at
        )
        made.full_clean()
        made.save()
        keep_versions([patient.pk], by=by, at=at)
        audit.record(who=by, did="added identifier", patient=patient.pk, about=scheme, at=at)
    return made


def only_correctable(details: Mapping[str, Any]) -> None:
    """Refuse what nobody may set on a patient: a slip of a program, and no bad input."""
    unknown = set(details) - CORRECTABLE
    if unknown:
        raise ValueError(f"These cannot be set on a patient: {', '.join(sorted(unknown))}.")
