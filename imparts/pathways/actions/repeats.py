"""Booking a measure to be asked again from a day on, and taking that back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from imparts.audit import actions as audit
from imparts.design.dates import day, local
from imparts.organisations.models import Service
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import PathwayEntry, RepeatBooked
from imparts.people.models import Patient

FURTHEST = timedelta(days=2 * 365)


def book_repeat(
    *, patient: Patient, service: Service, instrument: str, due_on: date, by: str, at: datetime,
    entry: PathwayEntry | None = None,
) -> RepeatBooked:  # fmt: skip
    """From this day on the instrument is asked again; a later booking replaces this one."""
    today = local(at).date()
    if due_on < today:
        raise NotDone(f"{day(due_on)} is over. Choose today or a day to come.")
    if due_on > today + FURTHEST:
        raise NotDone("Choose a day within two years.")
    return _add(patient, service, instrument, due_on, entry, by=by, at=at, did="booked repeat")


def take_back_repeat(
    *, patient: Patient, service: Service, instrument: str, by: str, at: datetime
) -> RepeatBooked:
    """The booking no longer holds; nothing is asked before it would have been anyway."""
    did = "took back repeat"
    return _add(patient, service, instrument, None, None, by=by, at=at, did=did)


def _add(
    patient: Patient, service: Service, instrument: str, due_on: date | None,
    entry: PathwayEntry | None, *, by: str, at: datetime, did: str,
) -> RepeatBooked:  # fmt: skip
    with transaction.atomic():
        made = RepeatBooked.objects.create(
            patient=patient, service=service, entry=entry, instrument=instrument, due_on=due_on,
            at=at, by=by,
        )  # fmt: skip
        about = f"{instrument} at service {service.pk}" + (f", {due_on}" if due_on else "")
        audit.record(who=by, did=did, patient=patient.pk, about=about, at=at)
    return made
