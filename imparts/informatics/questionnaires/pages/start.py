"""Before a patient holds the tablet: locked, and the list from which staff hand it over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language_info

from imparts.design.dates import clock, day
from imparts.informatics.questionnaires.pages.frame import NO_BAR, USUAL_LOOK, Bar, Look

if TYPE_CHECKING:
    from imparts.access.models import Tablet
    from imparts.informatics.clinics.models import Appointment
    from imparts.informatics.questionnaires.queries.days import Offer
    from imparts.people.models import Patient

DEMO_PIN = "2468"
ALL_SENT = "All answers sent"
IS_DUE = ("none", "answering", "stopped")
HAS_GONE = ("left", "did_not_attend")


@dataclass(frozen=True, slots=True)
class StartPage:
    """The locked tablet: a welcome for patients, a PIN for staff, and no name of anyone."""

    organisation: str
    service: str
    tablet: str
    answers_sent: str
    demo_pin: str = ""
    error: str = ""
    look: Look = USUAL_LOOK
    bar: Bar = NO_BAR

    @property
    def title(self) -> str:
        """The window's title, which says when something is wrong."""
        return f"{'Error: ' if self.error else ''}Welcome, {self.service}"

    @classmethod
    def on(cls, tablet: "Tablet", *, demo_pin: str, error: str) -> "StartPage":
        """The start page of one tablet."""
        service = tablet.service
        return cls(
            organisation=service.site or service.organisation.name, service=service.name,
            tablet=tablet.name, answers_sent=ALL_SENT, demo_pin=demo_pin, error=error,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonDue:
    """One person on the list: when, who, and how far they are, in words."""

    href: str
    time: str
    name: str
    born: str
    state: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PersonChosen:
    """The person the tablet is about to be handed to."""

    appointment_id: str
    name: str
    given_name: str
    born: str
    problem: str = ""
    """Why the tablet cannot be handed to this person now; empty when it can."""

    @classmethod
    def of(cls, appointment: "Appointment", *, problem: str) -> "PersonChosen":
        """The person of one appointment."""
        patient = appointment.patient
        return cls(
            appointment_id=str(appointment.pk), name=patient.name,
            given_name=patient.known_as or patient.given_name, born=day(patient.born_on),
            problem=problem,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """Who is due today, and the button that hands the tablet over."""

    people: tuple[PersonDue, ...]
    chosen: PersonChosen | None
    hides_after: int
    """Seconds until the list goes away by itself."""
    at_desk: bool
    """Opened by someone signed in at a desk, who goes back to the clinic list, not to a lock."""
    is_demo: bool
    look: Look = USUAL_LOOK
    bar: Bar = NO_BAR


def people_due(
    appointments: "Iterable[Appointment]", offers: "Mapping[UUID, Offer]", chosen: "UUID | None"
) -> tuple[PersonDue, ...]:
    """Everyone of today who may still be asked: who is here first, then by time."""
    due = [
        each
        for each in appointments
        if each.state not in HAS_GONE and offers[each.pk].state in IS_DUE
    ]
    due.sort(key=lambda each: (each.state == "booked", each.at))
    return tuple(_person_due(each, offers[each.pk], is_chosen=each.pk == chosen) for each in due)


def _person_due(appointment: "Appointment", offer: "Offer", *, is_chosen: bool) -> PersonDue:
    return PersonDue(
        href=f"{reverse('tablet-hand-over')}?person={appointment.pk}",
        time=clock(appointment.at),
        name=appointment.patient.name,
        born=day(appointment.patient.born_on),
        state=". ".join((_stands(appointment, offer), *_asks_for(appointment.patient))),
        is_chosen=is_chosen,
    )


def _stands(appointment: "Appointment", offer: "Offer") -> str:
    if offer.state == "answering":
        return f"Started, {offer.answered} of {offer.asked}"
    if offer.state == "stopped":
        return f"Stopped, {offer.answered} of {offer.asked}"
    return "Not here yet" if appointment.state == "booked" else "Due now"


def _asks_for(patient: "Patient") -> tuple[str, ...]:
    said = ["Test patient"] if patient.is_test else []
    if patient.information_needs.get("large_text"):
        said.append("Asked for large text")
    if patient.language != "en":
        said.append(_language(patient.language))
    if patient.needs_interpreter:
        said.append("Needs an interpreter")
    return tuple(said)


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code
