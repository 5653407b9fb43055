"""The services at which whoever asks may write something about a patient."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.organisations.models import Service
from imparts.people.models import CareRelationship, Patient
from imparts.people.queries import patient_for, record_ids


def patient_with_services(
    asking: Asking, patient_id: UUID, *, may: May, on: date
) -> tuple[Patient, list[Service]]:
    """A patient, and where the asker may write something about them; 404 for anybody else."""
    patient = patient_for(asking, patient_id, on=on, may=may)
    return patient, services_with(asking, patient, may=may, on=on)


def services_with(asking: Asking, patient: Patient, *, may: May, on: date) -> list[Service]:
    """Services that look after the patient on a day and at which the asker's role allows it."""
    in_force = CareRelationship.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        patient_id__in=record_ids(patient), service_id__in=asking.services_where(may),
        from_on__lte=on,
    )  # fmt: skip
    ids = in_force.values("service_id")
    return list(Service.objects.filter(pk__in=ids).select_related("organisation").order_by("name"))
