"""Applying: hands each message to what reads its kind, in the one order that keeps people apart.

First whose it is (matching), then what is said of the person (patients), then of the stay, the
appointment, the measures. A fault anywhere takes all of it back: the caller holds the transaction.

    ADT A01 A02 A03 A04 A05 A08 A11 A13 A28 A31    patients, stays, measures (DG1)
    ADT A40                                        patients, merging
    SIU S12 S13 S14 S15 S26                        patients, appointments
    ORU R01                                        patients, measures

Safety: hazard H2 (wrong patient).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from imparts.gateway.hl7v2.adt import Times, read_admission
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import Message
from imparts.gateway.hl7v2.oru_in import read_results
from imparts.gateway.hl7v2.said import Unreadable
from imparts.gateway.hl7v2.siu import read_booking
from imparts.gateway.inbound.actions import appointments, measures, merging, stays
from imparts.gateway.inbound.actions.patients import About, know
from imparts.gateway.inbound.actions.refusals import (
    EVENT_NOT_TAKEN,
    KIND_NOT_TAKEN,
    PROCESSING_NOT_TAKEN,
    Applied,
    Did,
    Refused,
)
from imparts.gateway.inbound.models import KnownSender

_ABOUT_STAYS = ("A01", "A02", "A03", "A04", "A05", "A08", "A11", "A13")
_ABOUT_PEOPLE = ("A28", "A31")
_MERGES = "A40"
_APPOINTMENTS = ("S12", "S13", "S14", "S15", "S26")
_RESULTS = ("R01",)
# What lies further ahead would hold every fact fast until that day comes. Local choice.
_AHEAD = timedelta(hours=2)
_LONGEST = 300


def apply(
    message: Message, *, sender: KnownSender, at: datetime, came_at: datetime | None = None
) -> Applied:
    """Do what one message says, in the caller's transaction; Refused or NotNow when it cannot.

    `came_at` is when it came first. Applied once more weeks later, a message that names no time is
    still as old as it was.
    """
    kind, event = (message.header.text(9, component=n).strip().upper() for n in (1, 2))
    if message.header.text(11).strip().upper() != sender.processing:
        raise Refused(
            "MSH-11 says otherwise than agreed with this sender: test and production never mix.",
            where="MSH-11", error=PROCESSING_NOT_TAKEN,
        )  # fmt: skip
    taken = _KINDS.get(kind)
    if taken is None:
        raise Refused("Messages of this kind are not taken.", where="MSH-9.1", error=KIND_NOT_TAKEN)
    events, does = taken
    if event not in events:
        raise Refused("This event is not taken.", where="MSH-9.2", error=EVENT_NOT_TAKEN)
    try:
        return does(message, sender, at, came_at or at)
    except Unreadable as wrong:
        raise Refused(str(wrong), where=wrong.where) from wrong
    except MessageRefused as wrong:
        raise Refused(str(wrong)) from wrong


def _admission(message: Message, sender: KnownSender, at: datetime, came_at: datetime) -> Applied:
    told = read_admission(message, came_at=came_at)
    _check_clock(told.times, at)
    about = know(told.person, sender=sender, times=told.times, at=at)
    did: list[Did] = []
    if told.event == _MERGES:
        did.append(merging.merge(told, about, sender=sender, at=at))
    elif said := stays.say(told, about, sender=sender, at=at):
        did.append(said)
    if told.diagnoses:
        did += measures.say_diagnoses(
            told.diagnoses, about, said_at=told.times.said_at, sender=sender, at=at
        )
    return _applied(about, did)


def _booking(message: Message, sender: KnownSender, at: datetime, came_at: datetime) -> Applied:
    told = read_booking(message, came_at=came_at)
    _check_clock(told.times, at)
    about = know(told.person, sender=sender, times=told.times, at=at)
    return _applied(about, [appointments.say(told, about, sender=sender, at=at)])


def _results(message: Message, sender: KnownSender, at: datetime, came_at: datetime) -> Applied:
    told = read_results(message, came_at=came_at)
    _check_clock(told.times, at)
    about = know(told.person, sender=sender, times=told.times, at=at)
    did = [*measures.say_measures(told, about, sender=sender, at=at)]
    did += measures.say_diagnoses(
        told.diagnoses, about, said_at=told.times.said_at, sender=sender, at=at
    )
    return _applied(about, did)


def _check_clock(times: Times, at: datetime) -> None:
    if times.said_at > at + _AHEAD:
        raise Refused("The time of the message lies ahead of our clock.", where="MSH-7")


def _applied(about: About, did: list[Did]) -> Applied:
    about.found.store_times()
    first = [about.did] if about.is_new or about.changed else []
    words = " ".join(dict.fromkeys(about.found.remarks))
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST - 1]}…"
    return Applied(did=(*first, *did), patient=about.patient.pk, words=words)


_Does = Callable[[Message, KnownSender, datetime, datetime], Applied]
_KINDS: dict[str, tuple[tuple[str, ...], _Does]] = {
    "ADT": ((*_ABOUT_STAYS, *_ABOUT_PEOPLE, _MERGES), _admission),
    "SIU": (_APPOINTMENTS, _booking),
    "ORU": (_RESULTS, _results),
}
