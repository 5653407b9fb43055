"""SIU: a message about an appointment, as one frozen shape; nothing is decided here.

Hospitals write the clinic and the time in different segments. The first of these that says it
counts: for the clinic AIS-3, AIL-3, AIG-3, PV1-10, PV1-3; for the time AIS-4, AIL-6, AIG-8,
SCH-11.4, TQ1-7. All codes of the clinic are kept in that order: whichever is known here is meant.
"""

from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.hl7v2.adt import Times, event_of, times_of
from imparts.gateway.hl7v2.message import Message
from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.person import Person, read_person
from imparts.gateway.hl7v2.said import Unreadable, at_most, trimmed

_NUMBER, _CODE, _PLACE = 40, 60, 80
_CLINICS = (("AIS", 3), ("AIL", 3), ("AIG", 3), ("PV1", 10), ("PV1", 3))
_STARTS = (("AIS", 4, 1), ("AIL", 6, 1), ("AIG", 8, 1), ("SCH", 11, 4), ("TQ1", 7, 1))


@dataclass(frozen=True, slots=True)
class Booking:
    """One message of the kind SIU."""

    event: str  # S12
    times: Times
    person: Person
    number: str  # SCH-2, the filler's; else SCH-1, the placer's
    clinics: tuple[str, ...]
    starts_at: datetime | None
    place: str
    why: str  # SCH-6, in the sender's words


def read_booking(message: Message, *, came_at: datetime) -> Booking:
    """An SIU message; Unreadable says which field is wrong."""
    times = times_of(message, came_at=came_at)
    sch = message.first("SCH")
    if sch is None:
        raise Unreadable("The message has no SCH: it names no appointment.", where="SCH")
    number = trimmed(sch, 2) or trimmed(sch, 1)
    if not number:
        raise Unreadable("The appointment has no number.", where="SCH-2")
    return Booking(
        event=event_of(message),
        times=times,
        person=read_person(message, zone=times.zone),
        number=at_most(number, _NUMBER, where="SCH-2", what="The appointment's number"),
        clinics=_clinics(message),
        starts_at=_starts_at(message, times.zone),
        place=_place(message),
        why=(trimmed(sch, 6, component=2) or trimmed(sch, 6))[:150],
    )


def _clinics(message: Message) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name, number in _CLINICS:
        for each in message.every(name):
            code = trimmed(each, number)
            if code:
                where = f"{name}-{number}"
                found[at_most(code, _CODE, where=where, what="The code of the clinic")] = None
    return tuple(found)


def _starts_at(message: Message, zone: Zone) -> datetime | None:
    for name, number, component in _STARTS:
        each = message.first(name)
        said = trimmed(each, number, component=component) if each else ""
        if found := zone.moment(said, where=f"{name}-{number}"):
            return found
    return None


def _place(message: Message) -> str:
    ail = message.first("AIL")
    said = (ail.text(3, component=2) or ail.text(3)).strip(" ") if ail else ""
    return at_most(said, _PLACE, where="AIL-3", what="The place")
