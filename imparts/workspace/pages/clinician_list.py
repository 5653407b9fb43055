"""The clinic list for nurses and doctors: who waits, what was answered, who must be talked with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.design.dates import clock, long_day, short_day
from imparts.design.words import Phrase, plain_number
from imparts.workspace.choices import Choice
from imparts.workspace.pages.clinic_strip import StripLine, strip_of
from imparts.workspace.pages.uptake import Count, counts, mark_of, not_counted, offered, real
from imparts.workspace.visits import Asking, Measured, Visit

WITH_BAND = 2  # the third column is narrow, and its head says of how many the number is
_ENDED = {Asking.DECLINED: "declined", Asking.NO_TIME: "no time", Asking.OTHER: "not done"}


@dataclass(frozen=True, slots=True)
class Column:
    """One measure that the list shows: its id, and its head."""

    instrument: str
    head: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one person: the number right-aligned, then words."""

    number: str
    words: tuple[Phrase, ...]
    is_strong: bool
    change: str = ""


@dataclass(frozen=True, slots=True)
class ClinicianRow:
    """One person on the clinician's list."""

    patient: UUID
    invitation: UUID | None
    family_name: str
    given_name: str
    time: str
    where: str
    mark: str
    answers: str
    cells: tuple[Cell, ...]
    instead: str
    do_mark: str
    do: str
    do_is_strong: bool
    must_act: bool
    is_done: bool
    is_test: bool


@dataclass(frozen=True, slots=True)
class ClinicianGroup:
    """People at one stage of the clinic."""

    title: str
    rows: tuple[ClinicianRow, ...]


@dataclass(frozen=True, slots=True)
class ClinicianList:
    """One sitting of a clinic, for those who see results."""

    title: str
    heading: str
    as_of: str
    strip: tuple[StripLine, ...]
    counts: tuple[Count, ...]
    offered: tuple[Phrase, ...]
    not_counted: str
    columns: tuple[Column, ...]
    groups: tuple[ClinicianGroup, ...]
    note: str
    empty: str
    services: tuple[Choice, ...] = ()
    sessions: tuple[Choice, ...] = ()
    may_book: bool = False
    not_covered: str = ""
    service: int = 0

    @property
    def waiting(self) -> int:
        """How many alerts of the strip nobody has taken."""
        return sum(line.can_take for line in self.strip)

    @classmethod
    def of(
        cls,
        visits: Sequence[Visit],
        *,
        part: str,
        now: datetime,
        today: date,
        columns: tuple[Column, ...],
        note: str,
        services: tuple[Choice, ...] = (),
        sessions: tuple[Choice, ...] = (),
        may_book: bool = False,
        not_covered: str = "",
        service: int = 0,
    ) -> "ClinicianList":
        """Put a sitting into the strip, the counts and three groups."""
        people = real(visits)
        return cls(
            title="Clinic list",
            heading=f"Your clinic, {long_day(today)}" + (f", {part}" if part else ""),
            as_of=f"{clock(now)}:{now:%S}",
            strip=strip_of(visits),
            counts=counts(people, finished_first=True),
            offered=offered(people, of_whom="due") if people else (),
            not_counted=not_counted(visits),
            columns=columns,
            groups=_groups(visits, columns, now=now, today=today),
            note=note,
            empty="" if visits else "There is no clinic here today.",
            services=services,
            sessions=sessions,
            may_book=may_book,
            not_covered=not_covered,
            service=service,
        )


def _groups(
    visits: Sequence[Visit], columns: tuple[Column, ...], *, now: datetime, today: date
) -> tuple[ClinicianGroup, ...]:
    sorts: tuple[tuple[str, Callable[[Visit], bool], bool], ...] = (
        ("Waiting for you", lambda v: v.state == "arrived", False),
        ("In a room or seen", lambda v: v.state in ("in_room", "left"), True),
        ("Not here yet", lambda v: v.state in ("booked", "did_not_attend"), False),
    )
    made = []
    for title, fits, newest_first in sorts:
        of_group = sorted(filter(fits, visits), key=lambda v: v.at, reverse=newest_first)
        rows = tuple(_row(visit, columns, now=now, today=today) for visit in of_group)
        if rows:
            made.append(ClinicianGroup(title, rows))
    return tuple(made)


def _row(visit: Visit, columns: tuple[Column, ...], *, now: datetime, today: date) -> ClinicianRow:
    is_done = visit.state in ("in_room", "left") and not visit.alerts
    instead = _instead(visit, columns, today=today)
    mark, do, strong = _do(visit, is_done=is_done)
    return ClinicianRow(
        patient=visit.patient,
        invitation=visit.invitation,
        family_name=visit.family_name.upper(),
        given_name=visit.given_name,
        time=clock(visit.at),
        where=_where(visit, now=now),
        mark=mark_of(visit),
        answers=_answers(visit, today=today),
        cells=()
        if instead or visit.asking not in (Asking.FINISHED, Asking.NOT_DUE)
        else tuple(
            _cell(visit.measures.get(c.instrument), visit, today=today, in_band=n < WITH_BAND)
            for n, c in enumerate(columns)
        ),
        instead=instead,
        do_mark=mark,
        do=do,
        do_is_strong=strong,
        must_act=any(alert.taken_at is None for alert in visit.alerts),
        is_done=is_done,
        is_test=visit.is_test,
    )


def _where(visit: Visit, *, now: datetime) -> str:
    if visit.state == "arrived" and visit.arrived_at:
        minutes = max(int((now - visit.arrived_at).total_seconds() // 60), 0)
        return f"{visit.place or 'Here'}, {minutes} min"
    if visit.state == "in_room":
        return visit.place or "In a room"
    if visit.state == "left" and visit.moved_at:
        return f"Left {clock(visit.moved_at)}"
    return "Did not attend" if visit.state == "did_not_attend" else ""


def _answers(visit: Visit, *, today: date) -> str:
    if visit.asking in (Asking.ANSWERING, Asking.STOPPED):
        stopped = "stopped, " if visit.asking is Asking.STOPPED else ""
        return f"{stopped}{visit.answered} of {visit.of}"
    if visit.asking is Asking.FINISHED and visit.asked_at:
        when = clock(visit.asked_at)
        if visit.asked_at.date() != today:
            when = f"{visit.asked_at:%a}"
        helped = ", helped" if visit.was_helped else ""
        return f"home, {when}" if visit.at_home else f"{when}{helped}"
    if visit.asking is Asking.NO_TABLET:
        return (
            "no tablet yet"
            if visit.is_here
            else "on arrival"
            if visit.state == "booked"
            else "none"
        )
    return _ENDED.get(visit.asking, "not due")


def _instead(visit: Visit, columns: tuple[Column, ...], *, today: date) -> str:
    if visit.asking is Asking.ANSWERING:
        return "Shown when finished"
    if visit.asking is Asking.STOPPED:
        return "Not sent; what was answered is kept"
    if visit.asking in _ENDED:
        return "Nothing answered"
    if visit.asking is not Asking.NO_TABLET:
        return ""
    earlier = [(m.name.lower(), m) for c in columns if (m := visit.measures.get(c.instrument))]
    if not earlier:
        return "" if visit.is_here else "Not answered here before"
    scores = [f"{name} {plain_number(m.score)}" for name, m in earlier if m.score is not None]
    return f"Last time, {_day(earlier[0][1].on, today=today)}: {', '.join(scores)}"


def _cell(measured: Measured | None, visit: Visit, *, today: date, in_band: bool) -> Cell:
    if measured is None:
        return Cell("", (), False, "" if visit.asking is Asking.NOT_DUE else "not asked")
    if measured.score is None:
        return Cell("", (Phrase("too few answers"),), False)
    number = plain_number(measured.score)
    if measured.is_estimate:
        lowest, highest = plain_number(measured.lower), plain_number(measured.upper)
        return Cell(number, (Phrase(f"estimated, {lowest} to {highest}"),), False)
    change = _day(measured.on, today=today) if visit.asking is Asking.NOT_DUE else measured.change
    strong = measured.is_beyond_chance and visit.asking is not Asking.NOT_DUE
    band = measured.band if in_band else ""
    band = f"{band}, " if band and change else band
    words = (Phrase(band),) if band else ()
    return Cell(
        number,
        (*words, Phrase(change, True)) if strong else words,
        is_strong=strong,
        change="" if strong else change,
    )


def _do(visit: Visit, *, is_done: bool) -> tuple[str, str, bool]:
    """What to do for one person: the mark, the words, and whether it must be read."""
    waiting = [alert for alert in visit.alerts if alert.taken_at is None]
    if waiting:
        return "act", waiting[0].do_in_row, True
    if visit.alerts:
        return "act", f"Record it, {visit.alerts[0].taken_by}", True
    if visit.done:
        return "tick", visit.done, False
    must_read = bool(visit.next_step) and not is_done and visit.asking is Asking.FINISHED
    return "", visit.next_step, must_read


def _day(day: date, *, today: date) -> str:
    if (today - day).days > 300:
        return f"{day:%b %Y}"
    return short_day(day)
