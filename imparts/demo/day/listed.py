"""Listed: a half-day's appointments with every move that people have made so far, stored at once.

A list of twenty with arrivals and departures is a hundred small actions at each of thirteen
services; here they are copied. Whatever concerns answers goes through the product's own actions:
see acted.py.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.demo.crowd.people import id_of
from imparts.demo.day.parts import Part, Timeline
from imparts.informatics.clinics import actions
from imparts.informatics.clinics.actions import history as clinics
from imparts.informatics.clinics.actions.history import PastAppointment, PastMove, SessionKey
from imparts.informatics.questionnaires.actions import history as questionnaires
from imparts.informatics.questionnaires.actions.history import PastOutcome
from imparts.people.actions import history as people
from imparts.people.actions.history import PastRelationship

if TYPE_CHECKING:
    from imparts.organisations.models import Service

_BOOKED_BEFORE = timedelta(days=21)
_BEFORE, _AFTER = timedelta(days=31), timedelta(days=366)  # as booking does


def id_on(key: SessionKey, patient: UUID) -> UUID:
    """The id of one appointment: the same each time the same day is made."""
    return id_of(f"today {key} {patient}")


def store_list(
    service: "Service", key: SessionKey, parts: Sequence[tuple[Part, datetime]],
    timeline: Timeline, *, suffix: str,
) -> None:  # fmt: skip
    """Store one half-day: each part with its appointment's time."""
    reception, day = f"reception.{suffix}", key.held_on
    session = actions.open_session(service=service, held_on=day, part=key.part)
    people.load_history(
        patients=(), identifiers=(), contact_points=(),
        relationships=[
            PastRelationship(p.patient, service.pk, "appointment", day - _BEFORE, day + _AFTER)
            for p, _ in parts
        ],
        by=reception, at=timeline.at,
    )  # fmt: skip
    clinics.load_history(
        appointments=[
            PastAppointment(id_on(key, part.patient), key, part.patient, at) for part, at in parts
        ],
        moves=[
            move
            for part, _ in parts
            for move in _moves(part, id_on(key, part.patient), timeline, suffix=suffix)
        ],
        sessions={key: session.pk}, by=reception, at=timeline.at,
    )  # fmt: skip
    questionnaires.load_history(
        invitations=(), hand_overs=(), given=(), responses=(), answers=(),
        outcomes=[
            PastOutcome(
                id_on(key, part.patient), part.asking, timeline.before(part.asked), reception
            )
            for part, _ in parts
            if part.asking in ("declined", "no_time", "other")
        ],
        by=reception, at=timeline.at,
    )  # fmt: skip


def _moves(part: Part, appointment: UUID, timeline: Timeline, *, suffix: str) -> Iterator[PastMove]:
    reception, before = f"reception.{suffix}", timeline.before
    yield PastMove(appointment, "booked", timeline.at - _BOOKED_BEFORE, reception)
    if part.state == "did_not_attend":
        yield PastMove(appointment, "did_not_attend", before(part.moved), reception)
    elif part.state != "booked":
        place = part.place if part.state == "arrived" else "Area A"
        yield PastMove(appointment, "arrived", before(part.arrived), reception, place)
    if part.state in ("in_room", "left"):
        room, called_in = part.place or "Room 1", before(part.called_in)
        yield PastMove(appointment, "in_room", called_in, f"consultant.{suffix}", room)
    if part.state == "left":
        yield PastMove(appointment, "left", before(part.moved), reception)
