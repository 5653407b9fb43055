"""Visit: where a patient is and under which number, as a message's PV1 says it."""

from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.hl7v2.message import Message, Repetition
from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.said import at_most, part, trimmed

_NUMBER, _WARD, _ROOM = 60, 80, 40


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a hospital (PV1-3)."""

    ward: str = ""
    room: str = ""
    bed: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a message says of a visit."""

    number: str  # PV1-19, else PV1-50
    patient_class: str  # PV1-2: I, O, E, P ...
    place: Place
    service_code: str  # PV1-10
    admitted_at: datetime | None
    discharged_at: datetime | None


NO_VISIT = Visit("", "", Place(), "", None, None)


def read_visit(message: Message, *, zone: Zone) -> Visit:
    """PV1; NO_VISIT when there is none."""
    pv1 = message.first("PV1")
    if pv1 is None:
        return NO_VISIT
    number = trimmed(pv1, 19) or trimmed(pv1, 50)
    return Visit(
        number=at_most(number, _NUMBER, where="PV1-19", what="The number of the visit"),
        patient_class=trimmed(pv1, 2).upper()[:5],
        place=_place(pv1.field(3)[0]) if pv1.field(3) else Place(),
        service_code=at_most(trimmed(pv1, 10), _NUMBER, where="PV1-10", what="The service"),
        admitted_at=zone.moment(trimmed(pv1, 44), where="PV1-44"),
        discharged_at=zone.moment(trimmed(pv1, 45), where="PV1-45"),
    )


def _place(said: Repetition) -> Place:
    where = "PV1-3"
    return Place(
        ward=at_most(part(said, 1), _WARD, where=where, what="The ward"),
        room=at_most(part(said, 2), _ROOM, where=where, what="The room"),
        bed=at_most(part(said, 3), _ROOM, where=where, what="The bed"),
    )
