"""Bookings for whoever checks patients in: which clinics, who is expected, who this may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms

from imparts.administration.pages.clinics import ClinicRow, clinic_row, clinic_title
from imparts.design.dates import clock, local, record_day
from imparts.people.pages import Banner

if TYPE_CHECKING:
    from imparts.informatics.clinics.models import Appointment, ClinicSession

_STEP = timedelta(minutes=5)
CAN_GO = ("booked", "did_not_attend")


@dataclass(frozen=True, slots=True)
class BookingList:
    """The clinics for which someone can be booked, soonest first."""

    title: str
    rows: tuple[ClinicRow, ...]

    @classmethod
    def of(cls, sessions: "Iterable[ClinicSession]", *, today: date) -> "BookingList":
        """Put them into words."""
        return cls("Bookings", tuple(clinic_row(each, today=today) for each in sessions))


@dataclass(frozen=True, slots=True)
class PersonBooked:
    """One person who is expected."""

    appointment: UUID
    time: str
    family_name: str
    given_name: str
    born: str
    state: str
    name: str
    """As said aloud."""
    is_test: bool
    can_be_taken_off: bool


@dataclass(frozen=True, slots=True)
class BookingPage:
    """One clinic: who is expected, and the form that adds someone."""

    title: str
    row: ClinicRow
    people: tuple[PersonBooked, ...]
    form: forms.Form
    whys: tuple[tuple[str, str], ...]
    status: int

    @classmethod
    def of(
        cls,
        session: "ClinicSession",
        expected: "Sequence[Appointment]",
        *,
        form: forms.Form,
        whys: tuple[tuple[str, str], ...],
        today: date,
    ) -> "BookingPage":
        """Put one clinic into words."""
        return cls(
            title=clinic_title(session),
            row=clinic_row(session, today=today),
            people=tuple(_person(each) for each in expected),
            form=form,
            whys=whys,
            status=422 if form.errors else 200,
        )


def _person(appointment: "Appointment") -> PersonBooked:
    patient = appointment.patient
    return PersonBooked(
        appointment=appointment.pk,
        time=clock(appointment.at),
        family_name=patient.family_name.upper(),
        given_name=patient.given_name,
        born=record_day(patient.born_on),
        state=appointment.State(appointment.state).label,
        name=patient.name,
        is_test=patient.is_test,
        can_be_taken_off=appointment.state in CAN_GO,
    )


@dataclass(frozen=True, slots=True)
class Perhaps:
    """A record that may be the person at the desk."""

    patient: UUID
    banner: Banner
    why: str


@dataclass(frozen=True, slots=True)
class IsItOneOfThese:
    """Before a new record is made: the records that may be this person already."""

    title: str
    session: int
    typed: tuple[tuple[str, str], ...]
    """What was typed, to be sent again; it never stands in an address."""
    who: str
    time: str
    found: tuple[Perhaps, ...]
    same_number: bool

    @classmethod
    def of(
        cls,
        session: "ClinicSession",
        form: forms.Form,
        found: "Sequence[tuple[UUID, Banner, bool]]",
    ) -> "IsItOneOfThese":
        """`found` holds for each record whether it has the very number that was typed."""
        given = form.cleaned_data
        same = any(has_number for _, _, has_number in found)
        return cls(
            title="Is it one of these?",
            session=session.pk,
            typed=tuple((name, form[name].value() or "") for name in form.fields),
            who=f"{given['given_name']} {given['family_name']}, "
            f"born {record_day(given['born_on'])}",
            time=f"{given['at']:%H:%M}",
            found=tuple(
                Perhaps(pk, banner, "Has this number" if has_number else "Same birth date and name")
                for pk, banner, has_number in found
            ),
            same_number=same,
        )


def first_free(
    session: "ClinicSession", taken: "Iterable[Appointment]", *, now: datetime
) -> time | None:
    """The time that a booking begins with: the clinic's start, or now, and nobody else's."""
    times = {clock(each.at) for each in taken}
    moment = local(now).replace(second=0, microsecond=0)
    moment += timedelta(minutes=-moment.minute % 5)
    if session.held_on != moment.date() or (
        session.starts_at and moment.time() < session.starts_at
    ):
        if session.starts_at is None:
            return None
        moment = datetime.combine(session.held_on, session.starts_at, tzinfo=moment.tzinfo)
    for _ in range(100):
        if clock(moment) not in times:
            return moment.time()
        moment += _STEP
    return None
