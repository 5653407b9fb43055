"""Script: a day at the hospital, as messages in the order in which a record would send them.

It meets the demonstration's patients by their hospital numbers, registers three people who are new,
finds that two of them are one person, and says some things twice or too late, as records do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from imparts.gateway.pretend_record.cast import Cast, Clinic, Person
from imparts.gateway.pretend_record.day.messages import Measure, Place, Said

_JUNIPER, _LARCH = Place("Juniper", "B", "4"), Place("Larch", "A", "2")
# LOINC for what has a code in the file of the measure; else the code of imparts itself.
MEASURES = (
    Measure("das28", "DAS28", "4.6", "", "99IMPARTS"),
    Measure("29463-7", "Body weight", "71.5", "kg", "LN"),
    Measure("8480-6", "Systolic blood pressure", "128", "mm[Hg]", "LN"),
    Measure("8462-4", "Diastolic blood pressure", "79", "mm[Hg]", "LN"),
)
# No postcode of the United Kingdom begins with Q.
_NEW_HOME, _OLD_HOME = "QF7 4AB", "QF2 9LN"
DIAGNOSIS = ("M05.9", "Seropositive rheumatoid arthritis, unspecified")


@dataclass(frozen=True, slots=True)
class Step:
    """One message of the day, and what it is in words."""

    words: str
    said: Said
    is_repeat: bool = False  # the very message before, sent once more
    after: datetime | None = None  # sent later than it was said

    @property
    def kind(self) -> str:
        """ADT^A08."""
        event = self.said.event
        return f"{_TYPES.get(event[0], 'ADT')}^{event}"

    @property
    def turn(self) -> datetime:
        """When it is sent, as the day goes."""
        return self.after or self.said.at


_TYPES = {"S": "SIU", "R": "ORU"}
KINDS = {
    "A28": "Registered", "A31": "Details changed", "A04": "Came as an outpatient",
    "A01": "Admitted", "A02": "Moved to another ward", "A03": "Discharged",
    "A05": "Admission planned", "A08": "Details changed during the stay",
    "A11": "Admission cancelled", "A13": "Discharge cancelled", "A40": "Two numbers joined",
    "S12": "Appointment booked", "S13": "Appointment moved", "S14": "Appointment changed",
    "S15": "Appointment cancelled", "S26": "Did not come", "R01": "Measures taken",
}  # fmt: skip


def one(kind: str, person: Person, cast: Cast, *, at: datetime) -> Step:
    """One message of a kind, about one person, now."""
    clinic = cast.clinic_of(person.organisation)
    said = Said(kind, person, clinic, at)
    told = {
        "A02": replace(said, place=_LARCH, was=_JUNIPER),
        "A03": replace(said, discharged_at=at),
        "A08": replace(said, diagnosis=DIAGNOSIS),
        "A31": replace(said, postcode=_NEW_HOME),
        "A40": replace(said, old_number=_other(person, cast).number),
        "R01": replace(said, measures=MEASURES),
    }.get(kind, said)
    if kind.startswith("S"):
        told = _booking(told, at=at, starts_at=_next_slot(at + timedelta(minutes=10), hours=0))
    return Step(f"{KINDS[kind]}: {person.name}", told)


def day(cast: Cast, *, at: datetime) -> list[Step]:
    """The whole day; the moments are those of the hour before `at`, in order."""
    began = at - timedelta(minutes=60)
    steps = [*_newcomers(cast, began), *_a_stay(cast, began), *_clinic(cast, began)]
    return sorted(steps, key=lambda step: step.turn)


def _newcomers(cast: Cast, began: datetime) -> Iterator[Step]:
    """Somebody is registered twice, with two spellings; an hour later the numbers are joined."""
    person, again = cast.newcomers[0], cast.newcomers[1]
    clinic = cast.clinic_of(person.organisation)
    first = Said("A28", person, clinic, began)
    yield Step(f"Registered, new to everyone: {person.name}", first)
    yield Step(f"Registered again by mistake, as {again.name}",
               Said("A28", again, clinic, began + timedelta(minutes=4)))  # fmt: skip
    booked = _booking(first.by(8, "S12"), at=first.at, starts_at=_next_slot(began, hours=3))
    yield Step(f"Appointment booked: {person.name}", booked)
    yield Step("The very same message once more", booked.by(0, "S12"), is_repeat=True)
    later = replace(booked.by(4, "S13"), starts_at=_next_slot(began, hours=4))
    yield Step(f"Appointment moved by an hour: {person.name}", later)
    yield Step(f"Came as an outpatient: {person.name}", first.by(14, "A04"))
    yield Step(f"{again.name} and {person.name} are one person: numbers joined",
               replace(first.by(40, "A40"), old_number=again.number))  # fmt: skip


def _a_stay(cast: Cast, began: datetime) -> Iterator[Step]:
    """An admission with all that can be taken back."""
    person = cast.people[0]
    clinic = cast.clinic_of(person.organisation)
    came = began + timedelta(minutes=2)
    planned = Said("A05", person, clinic, came, admitted_at=came, place=_JUNIPER)
    yield Step(f"Admission planned: {person.name}", planned)
    yield Step(f"Admitted: {person.name}", planned.by(3, "A01"))
    moved = replace(planned.by(9, "A02"), place=_LARCH, was=_JUNIPER)
    yield Step(f"Moved to another ward: {person.name}", moved)
    yield Step(f"Details and diagnosis: {person.name}",
               replace(moved.by(3, "A08"), was=None, diagnosis=DIAGNOSIS))  # fmt: skip
    home = replace(moved.by(20, "A03"), was=None, discharged_at=moved.at + timedelta(minutes=20))
    yield Step(f"Discharged: {person.name}", home)
    yield Step(
        f"Discharge cancelled: {person.name}", replace(home.by(3, "A13"), discharged_at=None)
    )
    again = replace(home.by(12, "A03"), discharged_at=home.at + timedelta(minutes=12))
    yield Step(f"Discharged after all: {person.name}", again)
    other = cast.people[1 % len(cast.people)]
    mistaken = Said("A01", other, clinic, came + timedelta(minutes=16), place=_JUNIPER)
    yield Step(f"Admitted: {other.name}", mistaken)
    yield Step(f"Admission cancelled, it was somebody else: {other.name}",
               replace(mistaken.by(5, "A11"), admitted_at=mistaken.at))  # fmt: skip


def _clinic(cast: Cast, began: datetime) -> Iterator[Step]:
    """Appointments that change, somebody who does not come; measures, and a move of house."""
    person, third = cast.people[2 % len(cast.people)], cast.newcomers[-1]
    clinic = cast.clinic_of(person.organisation)
    starts = _next_slot(began, hours=2)
    told = Said("S12", person, clinic, began + timedelta(minutes=6))
    booked = _booking(told, at=began, starts_at=starts)
    yield Step(f"Appointment booked: {person.name}", booked)
    yield Step(f"Appointment changed: {person.name}",
               replace(booked.by(11, "S14"), reason="Longer talk"))  # fmt: skip
    yield Step(f"Appointment cancelled: {person.name}", booked.by(30, "S15"))
    new = Said("S12", third, clinic, began + timedelta(minutes=19))
    missed = _booking(new, at=began, starts_at=began + timedelta(minutes=45))
    yield Step(f"Appointment booked for somebody new: {third.name}", missed)
    yield Step(f"Did not come: {third.name}", missed.by(40, "S26"))
    yield from _facts(cast, clinic, began)


def _facts(cast: Cast, clinic: Clinic, began: datetime) -> Iterator[Step]:
    person, caller = cast.people[0], cast.people[-2 % len(cast.people)]
    measured = Said("R01", person, clinic, began + timedelta(minutes=25), measures=MEASURES)
    yield Step(f"Measures taken: {person.name}", measured)
    moved = Said("A31", caller, clinic, began + timedelta(minutes=33), postcode=_NEW_HOME)
    yield Step(f"Moved house: {caller.name}", moved)
    late = replace(moved.by(-20, "A31"), postcode=_OLD_HOME)
    yield Step(f"An older message comes late and must not undo it: {caller.name}", late,
               after=moved.at + timedelta(minutes=1))  # fmt: skip


def _booking(said: Said, *, at: datetime, starts_at: datetime) -> Said:
    return replace(said, appointment=f"{said.person.number}-{at:%m%d%H%M}", starts_at=starts_at)


def _next_slot(at: datetime, *, hours: int = 1) -> datetime:
    """A slot of ten minutes, some hours on."""
    later = at + timedelta(hours=hours)
    return later.replace(minute=later.minute // 10 * 10, second=0, microsecond=0)


def _other(person: Person, cast: Cast) -> Person:
    """Whose number goes when numbers are joined: the duplicate newcomer's."""
    again = cast.newcomers[1]
    return again if again is not person else cast.newcomers[0]
