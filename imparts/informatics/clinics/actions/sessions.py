"""Sittings of a service's clinic: planned by a person, opened by a feed, changed, taken off."""

from datetime import date, datetime, time

from django.db import transaction

from imparts.audit import actions as audit
from imparts.informatics.clinics.models import ClinicSession
from imparts.live import actions as live
from imparts.organisations.models import Service


class SessionRefused(Exception):
    """The sitting was not planned, changed or taken off; the message says why."""


def open_session(*, service: Service, held_on: date, part: str, place: str = "") -> ClinicSession:
    """Open a sitting of a service's clinic; the same one if it is there already."""
    made, _ = ClinicSession.objects.get_or_create(
        service=service, held_on=held_on, part=part, defaults={"place": place}
    )
    return made


def plan_session(
    *,
    service: Service,
    held_on: date,
    part: str,
    starts_at: time,
    by: str,
    at: datetime,
    place: str = "",
) -> ClinicSession:
    """A person plans a sitting; a second one of the same half-day is refused."""
    if service.is_closed(on=held_on):
        raise SessionRefused("This service is closed on that day.")
    if ClinicSession.objects.filter(service=service, held_on=held_on, part=part).exists():
        raise SessionRefused(
            f"There is a clinic that {ClinicSession.Part(part).label.lower()} already."
        )
    with transaction.atomic():
        made = ClinicSession.objects.create(
            service=service, held_on=held_on, part=part, starts_at=starts_at, place=place
        )
        audit.record(who=by, did="planned clinic", about=f"session {made.pk}", at=at)
        live.tell(service=service.pk, what="clinic")
    return made


def change_session(
    *, session: ClinicSession, starts_at: time, place: str, by: str, at: datetime
) -> None:
    """Another start or room; appointments keep their own times."""
    with transaction.atomic():
        session.starts_at, session.place = starts_at, place
        session.save(update_fields=["starts_at", "place"])
        audit.record(who=by, did="changed clinic", about=f"session {session.pk}", at=at)
        live.tell(service=session.service_id, what="clinic")


def remove_session(*, session: ClinicSession, by: str, at: datetime) -> None:
    """Take off a sitting for which nobody was ever booked."""
    if session.appointments.exists():
        raise SessionRefused(
            "People have been booked for this clinic, so it stays. Take each of them off instead."
        )
    with transaction.atomic():
        audit.record(who=by, did="removed clinic", about=f"session {session.pk}", at=at)
        live.tell(service=session.service_id, what="clinic")
        session.delete()
