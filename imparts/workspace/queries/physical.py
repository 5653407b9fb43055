"""Physical measures beside mood measures: their courses for the trend, their rows for a summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.informatics.results.queries import PhysicalPoint, physical_measures_of
from imparts.library import queries as library
from imparts.people.models import Patient
from imparts.rules.physical_measures import PhysicalKind
from imparts.rules.scoring.change import Change, plain
from imparts.rules.scoring.parts import words_of
from imparts.rules.trends.comparing import change_of, compared_with
from imparts.rules.trends.definition import Course, PlotPoint, Series
from imparts.workspace.sitting_facts import Point


@dataclass(frozen=True, slots=True)
class PhysicalRow:
    """One physical measure as a row of the summary: what it is, its last number, its course."""

    key: str
    """For the address of its trend: url("workspace:trend", patient, key)."""
    name: str
    short: str
    score: str
    """The last number on or before the day: "4.6", "128/82"."""
    out_of: str
    """ "of 9.4" where the scale has bands, else the unit: "mmol/mol"."""
    in_words: str
    """The band; where there is none, or the number is of another day, the day: "on 3 Nov"."""
    on: date
    before: Point | None
    moved: Change | None
    points: tuple[Point, ...]
    highest: Decimal
    cut: Decimal | None
    chance_of: Decimal | None
    direction: str
    marks: tuple[str, ...]
    """Such as "bands and change: from general knowledge, not verified here"; show them."""


def physical_rows(asking: Asking, patient: Patient, *, on: date) -> tuple[PhysicalRow, ...]:
    """The physical measures of a person up to a day, as rows for the summary, by name.

    `points` are for a sparkline of its own, from 0 to `highest`, with the last one as its newest;
    a pair, such as blood pressure, gives its first number there. Nothing is compared that has no
    change value, and no direction is claimed where the file states none. The caller has let the
    asker through to the patient; only services whose results they may see are read.
    """
    rows = []
    for course in physical_courses(asking, patient, until=on):
        last = course.last
        if last is not None:
            rows.append(_row(course, last, on))
    return tuple(rows)


def physical_courses(
    asking: Asking, patient: Patient, *, until: date | None = None
) -> tuple[Course, ...]:
    """The course of every physical measure that a person has, in the order of the library."""
    services = asking.services_where(May.SEE_RESULTS)
    found = physical_measures_of([patient.pk], services=services).get(patient.pk, {})
    kinds = library.physical_measures()
    courses = (
        physical_course(kind, [p for p in found.get(code, ()) if until is None or p.on <= until])
        for code, kind in kinds.items()
    )
    return tuple(course for course in courses if course.points)


def physical_course(kind: PhysicalKind, points: Sequence[PhysicalPoint]) -> Course:
    """The points of one kind on its scale."""
    values = [p.value for p in points] + [p.second for p in points if p.second is not None]
    drawn = tuple(
        PlotPoint(
            on=p.on,
            value=kind.number(p.value),
            id=p.id,
            second=kind.number(p.second) if p.second is not None else None,
        )
        for p in points
    )
    return Course(kind.scale(tuple(values)), (Series(drawn),) if drawn else ())


def _row(course: Course, last: PlotPoint, on: date) -> PhysicalRow:
    scale, before = course.scale, compared_with(course, last)
    score = scale.written(last.value, last.second)
    day = "" if last.on == on else f"on {last.on.day} {last.on:%b %Y}"
    band = words_of(last.value, scale.bands, None)
    return PhysicalRow(
        key=scale.key,
        name=scale.name,
        short=scale.short,
        score=score,
        out_of=scale.unit or f"of {plain(scale.highest)}",
        in_words=", ".join(words for words in (band, day) if words),
        on=last.on,
        before=Point(before.on, before.value) if before else None,
        moved=change_of(course, last),
        points=tuple(Point(p.on, p.value) for p in course.points),
        highest=scale.highest,
        cut=scale.cut,
        chance_of=scale.chance,
        direction=scale.direction,
        marks=scale.marks,
    )
