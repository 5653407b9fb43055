"""Appointments as the record tells them: booked, changed, cancelled, not kept.

Each message about an appointment says all that is to be known of it, so the newest counts as a
whole: an older one changes nothing, even where the newer came first and found nothing to cancel.
"""

from datetime import datetime
from typing import Literal

from imparts.design.dates import local
from imparts.gateway.hl7v2.siu import Booking
from imparts.gateway.inbound.actions.as_of import keep_newest, newest_of
from imparts.gateway.inbound.actions.patients import BY, About
from imparts.gateway.inbound.actions.refusals import FIELD_MISSING, NOT_KNOWN_HERE, Did, Refused
from imparts.gateway.inbound.models import FactAsOf, KnownSender
from imparts.gateway.inbound.queries.senders import service_meant
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.models import Appointment, ClinicSession
from imparts.organisations.models import Service
from imparts.people.queries import record_ids

_BOOKS = ("S12", "S13", "S14")
_AFTERNOON_FROM = 13  # an hour, as where staff plan clinics


def say(told: Booking, about: About, *, sender: KnownSender, at: datetime) -> Did:
    """Do what a message says of one appointment."""
    if not _is_newest(told, sender):
        about.found.remarks.append("A newer message about this appointment came before.")
        return {"did": "older, nothing changed"}
    held = _held(told, about, sender)
    if told.event in _BOOKS:
        session, starts_at = _session(told, sender)
        return _book(told, about, held, session, starts_at, at)
    if held is None:
        about.found.remarks.append("The appointment is not known here; it will not be booked.")
        return {"did": "not known here"}
    return _end(told, held, at)


def _book(
    told: Booking, about: About, held: Appointment | None, session: ClinicSession,
    starts_at: datetime, at: datetime,
) -> Did:  # fmt: skip
    if held is None:
        made = clinics.book(
            session=session, patient=about.patient, appointment_at=starts_at, by=BY, at=at,
            record_number=told.number,
        )  # fmt: skip
        return {"did": "booked", "appointment": str(made.pk)}
    try:
        clinics.move_to(appointment=held, session=session, appointment_at=starts_at, by=BY, at=at)
    except clinics.MoveRefused as refused:
        raise Refused(str(refused), where="SCH-11") from refused
    return {"did": "changed", "appointment": str(held.pk)}


def _end(told: Booking, held: Appointment, at: datetime) -> Did:
    did: Literal["cancelled", "did not attend"]
    try:
        if told.event == "S26":
            did = "did not attend"
            clinics.mark_did_not_attend(appointment=held, by=BY, at=at, why=told.why)
        else:
            did = "cancelled"
            clinics.cancel(appointment=held, by=BY, at=at, why=told.why)
    except clinics.MoveRefused as refused:
        raise Refused(str(refused), where="SCH-25") from refused
    return {"did": did, "appointment": str(held.pk)}


def _is_newest(told: Booking, sender: KnownSender) -> bool:
    """Keep when this was said; False where something newer was said before."""
    key, said_at = f"{sender.organisation_id} {told.number}", told.times.said_at
    row = newest_of(FactAsOf.Subject.APPOINTMENT, key, said_at=said_at)
    if row is not None:
        keep_newest(row, said_at=said_at)
    return row is not None


def _held(told: Booking, about: About, sender: KnownSender) -> Appointment | None:
    """The appointment of this number at this organisation; refused where it is another person's."""
    found = Appointment.objects.filter(
        record_number=told.number, session__service__organisation=sender.organisation_id
    ).select_related("session__service", "patient")
    held = found.first()
    if held is None:
        return None
    if held.patient_id not in record_ids(about.person):
        raise Refused("This number is of another person's appointment.", where="SCH-2")
    return held


def _session(told: Booking, sender: KnownSender) -> tuple[ClinicSession, datetime]:
    service = _service(told, sender)
    if told.starts_at is None:
        raise Refused("The appointment has no time.", where="SCH-11", error=FIELD_MISSING)
    day, hour = local(told.starts_at).date(), local(told.starts_at).hour
    if service.is_closed(on=day):
        raise Refused("This service is closed on that day.", where="SCH-11")
    part = ClinicSession.Part.MORNING if hour < _AFTERNOON_FROM else ClinicSession.Part.AFTERNOON
    session = clinics.open_session(service=service, held_on=day, part=part, place=told.place)
    return session, told.starts_at


def _service(told: Booking, sender: KnownSender) -> Service:
    service = service_meant(told.clinics, sender=sender)
    if service is None:
        raise Refused(
            "None of the codes of the clinic is known here. Say which service one of them means.",
            where="AIS-3", error=NOT_KNOWN_HERE,
        )  # fmt: skip
    return service
