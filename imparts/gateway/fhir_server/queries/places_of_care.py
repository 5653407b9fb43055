"""About whom something is that a client sends, and at which service: found, never guessed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from imparts.access.roles import May
from imparts.gateway.fhir_server.parameters import uuid_key
from imparts.gateway.fhir_server.queries.named import known_by
from imparts.gateway.fhir_server.registry import Reader
from imparts.informatics.clinics.models import Appointment, Stay
from imparts.organisations.models import Service
from imparts.people.models import CareRelationship, Identifier, Patient
from imparts.people.queries import patients_visible_to, record_ids


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was answered or measured: a service, and the appointment where it is one."""

    service: Service
    appointment: Appointment | None


def person(reader: Reader, logical_id: str) -> Patient | None:
    """One person whom the reader may see; the id of a merged record leads to who survived."""
    asked = uuid_key(logical_id)
    if asked is None:
        return None
    found = Patient.objects.filter(pk=asked).values_list("merged_into_id", flat=True).first()
    return _visible(reader).filter(pk=found or asked).first()


def person_called(reader: Reader, system: str, value: str) -> list[Patient]:
    """The people with a number whom the reader may see: of one number there should be one.

    A national number counts only once it was verified: an unverified one may be another's (H2).
    """
    sure = Q(scheme=Identifier.Scheme.HOSPITAL) | Q(verified_at__isnull=False)
    own = known_by(system, value).filter(sure).values("patient")
    survivors = Patient.objects.filter(pk__in=own).values("merged_into")
    return list(_visible(reader).filter(Q(pk__in=own) | Q(pk__in=survivors))[:2])


def encounter(reader: Reader, patient: Patient, logical_id: str) -> Place | None:
    """A visit of this person at a service whose results the reader may see."""
    asked = uuid_key(logical_id)
    if asked is None:
        return None
    services = reader.asking.services_where(May.SEE_RESULTS)
    booked = (
        Appointment.objects.filter(
            pk=asked, patient__in=record_ids(patient), session__service__in=list(services)
        )
        .select_related("session__service__organisation", "patient")
        .first()
    )
    if booked is not None:
        return Place(booked.session.service, booked)
    stay = Stay.objects.filter(pk=asked, patient__in=record_ids(patient)).first()
    caring = caring_services(reader, patient)
    here = [one for one in caring if stay and one.organisation_id == stay.organisation_id]
    return Place(here[0], None) if len(here) == 1 else None


def caring_services(reader: Reader, patient: Patient) -> list[Service]:
    """The services of the reader that have a care relationship with this person today."""
    today = Q(until_on__isnull=True) | Q(until_on__gte=reader.on)
    related = CareRelationship.objects.filter(
        today, patient__in=record_ids(patient), from_on__lte=reader.on,
        service__in=list(reader.asking.services_where(May.SEE_RESULTS)),
    )  # fmt: skip
    found = Service.objects.filter(pk__in=related.values("service"))
    return list(found.select_related("organisation").order_by("pk"))


def booked_on(patient: Patient, services: list[Service], day: date) -> list[Appointment]:
    """This person's appointments at some services on a day."""
    found = Appointment.objects.filter(
        patient__in=record_ids(patient), session__service__in=services, session__held_on=day
    )
    return list(found.select_related("session__service__organisation", "patient").order_by("at"))


def _visible(reader: Reader) -> QuerySet[Patient]:
    found = patients_visible_to(reader.asking, on=reader.on, may=May.SEE_RESULTS)
    if reader.principal.patient is not None:
        found = found.filter(pk=reader.principal.patient)
    return found
