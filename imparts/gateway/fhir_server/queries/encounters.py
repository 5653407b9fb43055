"""Which encounter a visit is: appointments that took place are Encounters by the same id."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from imparts.informatics.clinics.models import AppointmentMove
from imparts.informatics.questionnaires.models import Invitation

_CAME = ("arrived", "in_room", "left")


def encounters_of(appointments: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """References to the encounters of some appointments; of those to which nobody came, none."""
    wanted = {one for one in appointments if one is not None}
    came = AppointmentMove.objects.filter(appointment__in=wanted, state__in=_CAME)
    return {
        pk: f"Encounter/{pk}" for pk in came.values_list("appointment_id", flat=True).distinct()
    }


def sittings_at(encounter: str) -> QuerySet[Any]:
    """The sittings of one encounter: those of its appointment; of no id that is none, nothing."""
    try:
        appointment = UUID(encounter)
    except ValueError:
        return Invitation.objects.none().values("pk")
    return Invitation.objects.filter(appointment=appointment).values("pk")
