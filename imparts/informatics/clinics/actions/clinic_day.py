"""Booking, checking in and the other moves of a clinic day."""

from datetime import datetime, timedelta

from django.db import transaction

from imparts.audit import actions as audit
from imparts.informatics.clinics import queries
from imparts.informatics.clinics.models import Appointment, AppointmentMove, ClinicSession
from imparts.live import actions as live
from imparts.pathways import actions as pathways
from imparts.people import actions as people
from imparts.people.models import CareRelationship, Patient

# A clinic may see someone from a month before the appointment until a year after it, unless the
# site says otherwise: long enough to prepare, to write and to follow up.
BEFORE, AFTER = timedelta(days=31), timedelta(days=366)
_HERE = (Appointment.State.ARRIVED, Appointment.State.IN_ROOM)


class MoveRefused(Exception):
    """An appointment cannot go from its state to that one; the message says why."""


class PleaseWait(MoveRefused):
    """Somebody has to talk with the patient first. Reception hears that they wait, and not why."""


def book(
    *,
    session: ClinicSession,
    patient: Patient,
    appointment_at: datetime,
    by: str,
    at: datetime,
    record_number: str = "",
) -> Appointment:
    """Expect a patient at a session; the service may see them from now on."""
    with transaction.atomic():
        made = Appointment.objects.create(
            session=session, patient=patient, at=appointment_at, record_number=record_number
        )
        _move(made, Appointment.State.BOOKED, by=by, at=at)
        _let_see(session, patient, by=by, at=at)
        audit.record(
            who=by, did="booked", patient=patient.pk, about=f"appointment {made.pk}", at=at
        )
        live.tell(service=session.service_id, what="clinic")
    return made


def cancel(*, appointment: Appointment, by: str, at: datetime, why: str) -> None:
    """The appointment will not be: booked by mistake, or moved. It leaves the list, not the tables.

    Only before the person is here; after that "left" or "did not attend" says what happened.
    """
    _change(
        appointment, Appointment.State.CANCELLED, by=by, at=at, why=why,
        allowed=(Appointment.State.BOOKED, Appointment.State.DID_NOT_ATTEND),
    )  # fmt: skip


def move_to(
    *, appointment: Appointment, session: ClinicSession, appointment_at: datetime, by: str,
    at: datetime,
) -> None:  # fmt: skip
    """Another time, and perhaps another clinic: nothing else of it changes.

    One that was cancelled or missed stands as booked again. Refused once the person is here.
    """
    with transaction.atomic():
        held = Appointment.objects.select_for_update().get(pk=appointment.pk)
        now = queries.state_of(held)
        if (held.session_id, held.at) == (session.pk, appointment_at):
            _book_again(held, now, by=by, at=at)
            return
        if now in (*_HERE, Appointment.State.LEFT):
            said = Appointment.State(now).label.lower()
            raise MoveRefused(f"This appointment is marked “{said}”, so its time stays.")
        services = {held.session.service_id, session.service_id}
        held.session, held.at = session, appointment_at
        held.save(update_fields=["session", "at"])
        # A row for each change: whoever reads the story sees that something was changed.
        _move(held, Appointment.State.BOOKED, by=by, at=at, why=AppointmentMove.ANOTHER_TIME)
        _let_see(session, held.patient, by=by, at=at)
        audit.record(
            who=by, did="moved appointment", patient=held.patient_id,
            about=f"appointment {held.pk}", at=at,
        )  # fmt: skip
        for service in services:
            live.tell(service=service, what="clinic")


def _book_again(appointment: Appointment, now: str, *, by: str, at: datetime) -> None:
    if now in (Appointment.State.CANCELLED, Appointment.State.DID_NOT_ATTEND):
        _move(appointment, Appointment.State.BOOKED, by=by, at=at, why="booked again")


def check_in(*, appointment: Appointment, by: str, at: datetime, place: str = "") -> None:
    """The patient is here. Doing it twice changes nothing."""
    _change(
        appointment, Appointment.State.ARRIVED, by=by, at=at, place=place,
        allowed=(
            Appointment.State.BOOKED, Appointment.State.DID_NOT_ATTEND, Appointment.State.LEFT,
        ),
    )  # fmt: skip


def undo_check_in(*, appointment: Appointment, by: str, at: datetime) -> None:
    """It was somebody else: the patient is not here yet."""
    _change(
        appointment, Appointment.State.BOOKED, by=by, at=at, why="undone",
        allowed=(Appointment.State.ARRIVED,),
    )  # fmt: skip


def call_in(*, appointment: Appointment, by: str, at: datetime, place: str = "") -> None:
    """The patient goes into a room."""
    _change(
        appointment, Appointment.State.IN_ROOM, by=by, at=at, place=place,
        allowed=(Appointment.State.ARRIVED,),
    )  # fmt: skip


def check_out(*, appointment: Appointment, by: str, at: datetime) -> None:
    """The patient has left. With an open alert they are asked to wait, and its owner is called."""
    if queries.state_of(appointment) in _HERE and pathways.must_wait(appointment):
        # Stored before the refusal, so that the call stays when the move is taken back.
        pathways.call_owner_to_desk(appointment=appointment, by=by, at=at)
        raise PleaseWait("Please ask them to wait. A colleague is coming.")
    _change(appointment, Appointment.State.LEFT, by=by, at=at, allowed=_HERE)


def mark_did_not_attend(*, appointment: Appointment, by: str, at: datetime, why: str = "") -> None:
    """The patient did not come."""
    _change(
        appointment, Appointment.State.DID_NOT_ATTEND, by=by, at=at, why=why,
        allowed=(Appointment.State.BOOKED,),
    )  # fmt: skip


def _let_see(session: ClinicSession, patient: Patient, *, by: str, at: datetime) -> None:
    people.relate(
        patient=patient, service=session.service,
        because=CareRelationship.Because.APPOINTMENT,
        from_on=session.held_on - BEFORE, until_on=session.held_on + AFTER, by=by, at=at,
    )  # fmt: skip


def _change(
    appointment: Appointment,
    state: Appointment.State,
    *,
    by: str,
    at: datetime,
    allowed: tuple[Appointment.State, ...],
    place: str = "",
    why: str = "",
) -> None:
    with transaction.atomic():
        Appointment.objects.select_for_update().get(pk=appointment.pk)
        now = queries.state_of(appointment)
        if now == state:
            return
        if now not in allowed:
            said = Appointment.State(now).label.lower()
            raise MoveRefused(
                f"This appointment is marked “{said}”, so it cannot become “{state.label.lower()}”."
            )
        _move(appointment, state, by=by, at=at, place=place, why=why)
        audit.record(
            who=by, did=f"marked {state.value}", patient=appointment.patient_id,
            about=f"appointment {appointment.pk}", at=at,
        )  # fmt: skip
        live.tell(service=appointment.session.service_id, what="clinic")


def _move(
    appointment: Appointment, state: str, *, by: str, at: datetime, place: str = "", why: str = ""
) -> None:
    AppointmentMove.objects.create(
        appointment=appointment, state=state, by=by, at=at, place=place, why=why
    )
