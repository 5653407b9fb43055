"""ADT: a message about a patient and a stay, as one frozen shape; nothing is decided here.

`said_at` is when the sender recorded it: EVN-2, which an engine that sends a message again leaves
as it was; MSH-7 where EVN-2 is missing or gives a day alone; the moment of arrival where neither
does. By it, older messages are told from newer ones.
"""

from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.hl7v2.diagnoses import DiagnosisSaid, read_diagnoses
from imparts.gateway.hl7v2.message import Message
from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.person import Number, Person, read_numbers, read_person
from imparts.gateway.hl7v2.said import Unreadable, trimmed
from imparts.gateway.hl7v2.visit import Visit, read_visit


@dataclass(frozen=True, slots=True)
class Times:
    """When something was said, and when it happened."""

    said_at: datetime
    happened_at: datetime
    zone: Zone


@dataclass(frozen=True, slots=True)
class Admission:
    """One message of the kind ADT."""

    event: str  # A08
    times: Times
    person: Person
    visit: Visit
    diagnoses: tuple[DiagnosisSaid, ...]
    gone: tuple[Number, ...] = ()  # MRG-1: numbers that are to be used no more


def read_admission(message: Message, *, came_at: datetime) -> Admission:
    """An ADT message; Unreadable says which field is wrong."""
    times = times_of(message, came_at=came_at)
    merged = message.first("MRG")
    return Admission(
        event=event_of(message),
        times=times,
        person=read_person(message, zone=times.zone),
        visit=read_visit(message, zone=times.zone),
        diagnoses=read_diagnoses(message, zone=times.zone),
        gone=read_numbers(merged, 1, where="MRG-1") if merged else (),
    )


def times_of(message: Message, *, came_at: datetime) -> Times:
    """When a message was said, and when what it tells happened."""
    written = trimmed(message.header, 7)
    zone = Zone.of(written, came_at=came_at)
    sent_at = zone.moment(written, where="MSH-7")
    evn = message.first("EVN")
    recorded_at = zone.moment(trimmed(evn, 2), where="EVN-2") if evn else None
    happened_at = zone.moment(trimmed(evn, 6), where="EVN-6") if evn else None
    said_at = recorded_at or sent_at or came_at
    return Times(said_at, happened_at or said_at, zone)


def event_of(message: Message) -> str:
    """A08, from MSH-9.2; EVN-1 must say the same where it says anything."""
    event = trimmed(message.header, 9, component=2).upper()
    evn = message.first("EVN")
    also = trimmed(evn, 1).upper() if evn else ""
    if event and also and event != also:
        raise Unreadable("EVN-1 names another event than MSH-9.", where="EVN-1")
    return event or also
