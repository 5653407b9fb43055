"""Uptake: the state of a clinic as a sentence of counts that add up, and as marks in time order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imparts.design.dates import clock
from imparts.design.words import Phrase, counted
from imparts.workspace.visits import Asking, Visit

MARKS = {
    Asking.NOT_DUE: "broken",
    Asking.ANSWERING: "half",
    Asking.STOPPED: "half",
    Asking.FINISHED: "disc",
    Asking.DECLINED: "struck",
    Asking.NO_TIME: "struck",
    Asking.OTHER: "struck",
}
_OFFERED = (Asking.ANSWERING, Asking.STOPPED, Asking.FINISHED, Asking.DECLINED)
_REFUSED = (Asking.DECLINED, Asking.NO_TIME, Asking.OTHER)


@dataclass(frozen=True, slots=True)
class Count:
    """How many people of the clinic are at one stage."""

    mark: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class LineMark:
    """One person's mark on the line of the clinic, in time order."""

    x: int
    mark: str


@dataclass(frozen=True, slots=True)
class LineHour:
    """A clock time under the line."""

    x: int
    label: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class ClinicLine:
    """The whole clinic as marks, 19 px apart."""

    width: int
    marks: tuple[LineMark, ...]
    hours: tuple[LineHour, ...]
    described: str


def real(visits: Sequence[Visit]) -> list[Visit]:
    """Those who are somebody: test patients stand on the list and are counted nowhere."""
    return [visit for visit in visits if not visit.is_test]


def not_counted(visits: Sequence[Visit]) -> str:
    """How many test patients the counts leave out; empty when there are none."""
    tests = len(visits) - len(real(visits))
    return f"{counted(tests, 'test patient')} not counted." if tests else ""


def mark_of(visit: Visit) -> str:
    """The mark of one visit: what has become of the questionnaire, else whether they are here."""
    if visit.asking in MARKS:
        return MARKS[visit.asking]
    return "ring" if visit.has_come else "dot"


def counts(visits: Sequence[Visit], *, finished_first: bool = False) -> tuple[Count, ...]:
    """Every visit in exactly one count, so that the counts add up to all that are booked."""
    stages: list[tuple[str, str, Callable[[Visit], bool]]] = [
        ("ring", "no tablet yet", lambda v: _waits(v) and v.is_here),
        ("half", "answering", lambda v: v.asking is Asking.ANSWERING),
        ("half", "stopped half-way", lambda v: v.asking is Asking.STOPPED),
        ("disc", "finished", lambda v: v.asking is Asking.FINISHED),
        ("struck", "declined", lambda v: v.asking is Asking.DECLINED),
        ("struck", "no time or other reason", lambda v: v.asking in _REFUSED[1:]),
        ("ring", "left without a tablet", lambda v: _waits(v) and v.state == "left"),
        ("dot", "not here yet", lambda v: _waits(v) and v.state == "booked"),
        ("dot", "did not attend", lambda v: _waits(v) and v.state == "did_not_attend"),
        ("broken", "not due", lambda v: v.asking is Asking.NOT_DUE),
    ]
    if finished_first:
        stages[:4] = [stages[3], stages[1], stages[2], stages[0]]
    found = (Count(mark, sum(map(fits, visits)), words) for mark, words, fits in stages)
    return tuple(count for count in found if count.number)


def offered(visits: Sequence[Visit], *, of_whom: str) -> tuple[Phrase, ...]:
    """How many of those who could have been offered the questionnaire were."""
    could = [v for v in visits if v.asking is not Asking.NOT_DUE and (v.has_come or not _waits(v))]
    were = [v for v in could if v.asking in _OFFERED]
    if not could:
        return (Phrase("Nobody to offer it to yet."),)
    return (
        Phrase("Offered to "),
        Phrase(f"{len(were)} of {len(could)}", True),
        Phrase(f" {of_whom}."),
    )


def clinic_line(visits: Sequence[Visit]) -> ClinicLine | None:
    """The clinic's people as marks in time order, with the hours below."""
    if not visits:
        return None
    in_order = sorted(visits, key=lambda v: v.at)
    marks = tuple(LineMark(19 * n, mark_of(v)) for n, v in enumerate(in_order))
    width = 19 * (len(marks) - 1) + 16
    words = ", ".join(f"{c.number} {c.words}" for c in counts(visits))
    return ClinicLine(
        width=max(width, 120),
        marks=marks,
        hours=_hours(in_order, width),
        described=f"{len(marks)} people in time order: {words}.",
    )


def _hours(in_order: Sequence[Visit], width: int) -> tuple[LineHour, ...]:
    """The first time, each full hour that has room, and the last time."""
    hours = [LineHour(0, clock(in_order[0].at))]
    last = clock(in_order[-1].at)
    previous = clock(in_order[0].at)[:2]
    for n, visit in enumerate(in_order[1:], start=1):
        hour = clock(visit.at)[:2]
        room = 19 * n - hours[-1].x > 56 and width - 19 * n > 90
        if hour != previous and room:
            hours.append(LineHour(19 * n, f"{hour}:00"))
        previous = hour
    if len(in_order) > 5 and last != hours[0].label:
        hours.append(LineHour(width, last, "end"))
    return tuple(hours)


def _waits(visit: Visit) -> bool:
    return visit.asking is Asking.NO_TABLET
