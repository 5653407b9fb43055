"""Registering and correcting patients, their identifiers and who cares for them; merging."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from imparts.audit import actions as audit
from imparts.organisations.models import Organisation, Service
from imparts.people.models import CareRelationship, Identifier, Merge, Patient
from imparts.rules.identifiers import scheme as identifier_scheme

CORRECTABLE = frozenset(
    {
        "family_name", "given_name", "known_as", "born_on", "sex", "gender", "pronouns", "language",
        "needs_interpreter", "information_needs", "contact_preferences", "ethnicity", "postcode",
        "deprivation_fifth", "practice", "died_on", "is_sensitive",
    }
)  # fmt: skip


class MergeRefused(Exception):
    """The merge would lose or loop something; the message says what."""


def register(
    *, family_name: str, given_name: str, born_on: date, by: str, at: datetime, **details: Any
) -> Patient:
    """Add a patient; `details` are any of CORRECTABLE."""
    _only_correctable(details)
    with transaction.atomic():
        made = Patient(family_name=family_name, given_name=given_name, born_on=born_on, **details)
        made.full_clean()
        made.save(force_insert=True)
        audit.record(who=by, did="registered patient", patient=made.pk, at=at)
    return made


def correct(*, patient: Patient, by: str, at: datetime, why: str, **details: Any) -> None:
    """Change what is known of a patient; the audit says which facts, never their values."""
    _only_correctable(details)
    with transaction.atomic():
        for name, value in details.items():
            setattr(patient, name, value)
        patient.full_clean()
        patient.save()
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

    Numbers of the test range 999 are taken only in the demonstration.
    """
    tidy = value.replace(" ", "")
    if scheme != Identifier.Scheme.HOSPITAL:
        problem = identifier_scheme.problem_with(
            scheme, tidy, allow_test_range=settings.IMPARTS_DEMO
        )
        if problem:
            raise ValidationError(problem)
    with transaction.atomic():
        made = Identifier(
            patient=patient, scheme=scheme, value=tidy, issued_by=issued_by, verified_at=verified_at
        )
        made.full_clean()
        made.save()
        audit.record(who=by, did="added identifier", patient=patient.pk, about=scheme, at=at)
    return made


def relate(
    *,
    patient: Patient,
    service: Service,
    because: str,
    from_on: date,
    until_on: date | None,
    by: str,
    at: datetime,
) -> CareRelationship:
    """Let a service see a patient between two days, and say why. Higher apps call this."""
    with transaction.atomic():
        made, is_new = CareRelationship.objects.get_or_create(
            patient=patient, service=service, because=because, from_on=from_on, until_on=until_on
        )
        if is_new:
            audit.record(
                who=by, did="began care relationship", patient=patient.pk,
                about=f"service {service.pk}", why=because, at=at,
            )  # fmt: skip
    return made


def end_relation(*, relationship: CareRelationship, on: date, by: str, at: datetime) -> None:
    """A service stops seeing a patient after a day."""
    with transaction.atomic():
        relationship.until_on = on
        relationship.save(update_fields=["until_on"])
        audit.record(
            who=by, did="ended care relationship", patient=relationship.patient_id,
            about=f"service {relationship.service_id}", at=at,
        )  # fmt: skip


def merge(*, loser: Patient, survivor: Patient, by: str, at: datetime, why: str) -> None:
    """Say that two records are one person's. Nothing moves: queries read both as one.

    Because rows keep the patient they were written for, un-merging restores everything exactly.
    """
    with transaction.atomic():
        # Both locked in one order, so that A into B and B into A at once cannot make a circle.
        locked = {
            p.pk: p
            for p in Patient.objects.select_for_update()
            .filter(pk__in=[loser.pk, survivor.pk])
            .order_by("pk")
        }
        loser, survivor = locked[loser.pk], locked[survivor.pk]
        if loser.pk == survivor.pk:
            raise MergeRefused("A record cannot be merged into itself.")
        if loser.merged_into_id:
            raise MergeRefused("This record is already merged into another; un-merge it first.")
        if survivor.merged_into_id:
            raise MergeRefused(
                "The other record is itself merged away; merge into the one it became."
            )
        Patient.objects.filter(merged_into=loser).update(merged_into=survivor)
        loser.merged_into = survivor
        loser.save(update_fields=["merged_into"])
        Merge.objects.create(loser=loser, survivor=survivor, at=at, by=by, why=why)
        for patient in (loser, survivor):
            audit.record(who=by, did="merged patients", patient=patient.pk, why=why, at=at)


def unmerge(*, loser: Patient, by: str, at: datetime, why: str) -> None:
    """Say that two records were not one person's after all."""
    with transaction.atomic():
        loser = Patient.objects.select_for_update().get(pk=loser.pk)
        if not loser.merged_into_id:
            raise MergeRefused("This record is not merged.")
        survivor = loser.merged_into
        # Records that had been merged into this one before go back with it.
        own = Merge.objects.filter(survivor=loser, undone=False).values_list("loser_id", flat=True)
        Patient.objects.filter(pk__in=list(own), merged_into=survivor).update(merged_into=loser)
        loser.merged_into = None
        loser.save(update_fields=["merged_into"])
        Merge.objects.create(loser=loser, survivor=survivor, undone=True, at=at, by=by, why=why)
        for patient in (loser, survivor):
            audit.record(who=by, did="un-merged patients", patient=patient.pk, why=why, at=at)


def _only_correctable(details: dict[str, Any]) -> None:
    unknown = set(details) - CORRECTABLE
    if unknown:
        raise ValueError(f"These cannot be set on a patient: {', '.join(sorted(unknown))}.")
