"""Which encounter a visit is: appointments that took place are Encounters by the same id."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from imparts.gateway.fhir_server.parameters import uuid_key
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


def encounters_of_sittings(sittings: Iterable[UUID]) -> dict[UUID, str]:
    """References to the encounters of some sittings; empty where there was none."""
    found = Invitation.objects.filter(pk__in=set(sittings))
    booked = dict(found.values_list("pk", "appointment_id"))
    encounters = encounters_of(booked.values())
    return {pk: encounters.get(appointment, "") for pk, appointment in booked.items()}


def sittings_at(encounter: str) -> QuerySet[Any]:
    """The sittings of one encounter: those of its appointment; of no id that is none, nothing."""
    appointment = uuid_key(encounter)
    if appointment is None:
        return Invitation.objects.none().values("pk")
    return Invitation.objects.filter(appointment=appointment).values("pk")
