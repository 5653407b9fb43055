"""Reading what the day needs: a patient by id, and who could come to a clinic today."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from imparts.informatics.clinics.models import Appointment
from imparts.people.models import CareRelationship, Patient


def patient(patient_id: UUID) -> Patient:
    """One patient of the demonstration."""
    return Patient.objects.get(pk=patient_id)


def appointments(ids: Iterable[UUID]) -> dict[UUID, Appointment]:
    """Appointments by id, with what handing over a tablet needs to know."""
    return Appointment.objects.select_related("patient", "session__service__organisation").in_bulk(
        list(ids)
    )


def could_come(service_id: int, *, on: date, but: Collection[UUID]) -> list[UUID]:
    """Grown-up patients of a service, in an order that never changes."""
    known = CareRelationship.objects.filter(service_id=service_id, from_on__lte=on).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on)
    )
    grown_up = on.replace(year=on.year - 18, day=min(on.day, 28))
    found = Patient.objects.filter(
        pk__in=known.values("patient_id"), died_on__isnull=True, merged_into__isnull=True,
        born_on__lte=grown_up,
    )  # fmt: skip
    return [pk for pk in found.order_by("pk").values_list("pk", flat=True) if pk not in but]
