"""ORU^R01 as it comes in: measures of the body and the disease, with their codes and units.

Numbers stay as they were written, with the unit that stands beside them; a value that is no number
is kept as None, because a measure that cannot be read must not be taken for one that is missing.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from imparts.gateway.hl7v2.adt import Times, times_of
from imparts.gateway.hl7v2.diagnoses import DiagnosisSaid, read_diagnoses
from imparts.gateway.hl7v2.message import Message, Segment
from imparts.gateway.hl7v2.moments import UNITED_KINGDOM
from imparts.gateway.hl7v2.person import Person, read_person
from imparts.gateway.hl7v2.said import Unreadable, at_most, trimmed
from imparts.gateway.hl7v2.visit import Visit, read_visit

_CODE, _NUMBER, _UNIT = 60, 80, 40
_MOST = 2000
_EXACT = ("", "=")
_PLAIN = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Observation:
    """One OBX."""

    codes: tuple[tuple[str, str], ...]  # (system, code), the first and its alternative
    value: Decimal | None
    unit: str
    status: str  # OBX-11: F, C, P, D, W, X
    measured_on: date | None
    measured_at: datetime | None
    report: str  # OBR-3, else OBR-2: which report it is part of
    place: str  # OBX-4: which measurement of the report


@dataclass(frozen=True, slots=True)
class Results:
    """One message of the kind ORU."""

    times: Times
    person: Person
    visit: Visit
    observations: tuple[Observation, ...]
    diagnoses: tuple[DiagnosisSaid, ...]


def read_results(message: Message, *, came_at: datetime) -> Results:
    """An ORU^R01; Unreadable says which field is wrong."""
    times = times_of(message, came_at=came_at)
    return Results(
        times=times,
        person=read_person(message, zone=times.zone),
        visit=read_visit(message, zone=times.zone),
        observations=_observations(message, times),
        diagnoses=read_diagnoses(message, zone=times.zone),
    )


def _observations(message: Message, times: Times) -> tuple[Observation, ...]:
    found: list[Observation] = []
    report: Segment | None = None
    for each in message.segments:
        if each.name == "OBR":
            report = each
        elif each.name == "OBX" and (each.text(3) or each.text(3, component=4)):
            found.append(_read(each, report, times))
    if len(found) > _MOST:
        raise Unreadable(f"There are more than {_MOST} observations.", where="OBX")
    return tuple(found)


def _read(obx: Segment, report: Segment | None, times: Times) -> Observation:
    said, where = trimmed(obx, 14), "OBX-14"
    if not said and report is not None:
        said, where = trimmed(report, 7), "OBR-7"
    measured_at = times.zone.moment(said, where=where)
    local = measured_at.astimezone(UNITED_KINGDOM).date() if measured_at else None
    filler = (trimmed(report, 3) or trimmed(report, 2)) if report else ""
    return Observation(
        codes=_codes(obx),
        value=_value(obx),
        unit=at_most(trimmed(obx, 6), _UNIT, where="OBX-6", what="The unit"),
        status=trimmed(obx, 11).upper()[:1],
        measured_on=local or times.zone.day(said, where=where),
        measured_at=measured_at,
        report=at_most(filler, _NUMBER, where="OBR-3", what="The number of the report"),
        place=trimmed(obx, 4)[:20],
    )


def _codes(obx: Segment) -> tuple[tuple[str, str], ...]:
    found = []
    for code, system in ((1, 3), (4, 6)):
        if said := trimmed(obx, 3, component=code):
            kept = at_most(said, _CODE, where="OBX-3", what="The code")
            found.append((trimmed(obx, 3, component=system).upper()[:20], kept))
    return tuple(found)


def _value(obx: Segment) -> Decimal | None:
    """The number of a type NM, or of an SN that says exactly one number."""
    kind, said = trimmed(obx, 2).upper(), trimmed(obx, 5)
    if kind == "SN":
        if said not in _EXACT or trimmed(obx, 5, component=3):
            return None
        said = trimmed(obx, 5, component=2)
    elif kind != "NM":
        return None
    return Decimal(said) if _PLAIN.fullmatch(said) else None
