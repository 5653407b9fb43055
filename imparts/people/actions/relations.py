"""Who may see a patient and why: care relationships between two days."""

from datetime import date, datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.organisations.models import Service
from imparts.people.models import CareRelationship, Patient


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
