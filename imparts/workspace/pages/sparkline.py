"""Sparklines: all measures of a page on the same two years, each from 0 to its own maximum.

No numbers stand in them: those stand at the left of the same row. A time when nothing was asked
stays a gap, and an estimate is an open circle that no line runs to. Treatments run through all rows
and are named once, in the head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from imparts.rules.trends.gaps import is_gap
from imparts.workspace.sitting_facts import Point

WIDTH, HEIGHT, PAD_X, PAD_Y = 286, 42, 8, 4
RIGHT = 281
SHOWN = timedelta(days=730)
LETTER = 6.4  # how wide a letter of 14 px is, about


@dataclass(frozen=True, slots=True)
class Dot:
    """One score."""

    x: float
    y: float
    r: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chance:
    """The stretch that is no more than chance since the last measurement."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Course:
    """A treatment as it runs through every row: a stretch, or a line on one day."""

    x: float
    width: float
    """0 for an event, which is one day."""


@dataclass(frozen=True, slots=True)
class Spark:
    """One measure over two years, ready to draw."""

    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    cut_y: float | None
    chance: Chance | None
    described: str
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True)
class AxisLabel:
    """A month above the sparklines."""

    x: float
    text: str
    anchor: str
    y: int = 14


class Treated(Protocol):
    """A treatment: what it is called, when it began, and when it ended."""

    @property
    def what(self) -> str: ...
    @property
    def is_event(self) -> bool: ...
    @property
    def began_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...


def treated(treatments: Sequence[Treated], *, until: date) -> tuple[Course, ...]:
    """The treatments of these two years; a course that goes on runs to the end."""
    return tuple(_course(one, until) for one in _shown(treatments, until))


def treatment_names(treatments: Sequence[Treated], *, until: date) -> tuple[AxisLabel, ...]:
    """Their names below the months, each once; one that would stand on another is left to the
    trend page."""
    found: list[AxisLabel] = []
    free_from = 0.0
    for one in _shown(treatments, until):
        text, course = _short(one.what), _course(one, until)
        half = LETTER * len(text) / 2
        x = min(max(course.x + course.width / 2, half), WIDTH - half)
        if x - half >= free_from:
            found.append(AxisLabel(round(x, 1), text, "middle", 30))
            free_from = x + half + LETTER
    return tuple(found)


def in_words(treatments: Sequence[Treated], *, until: date) -> str:
    """ "Talking Therapies from March 2025 to June 2025, methotrexate stopped in August 2026"."""
    return ", ".join(_told(one) for one in _shown(treatments, until))


def _told(one: Treated) -> str:
    if one.is_event:
        return f"{one.what} in {one.began_on:%B %Y}"
    end = f" to {one.ended_on:%B %Y}" if one.ended_on else ""
    return f"{one.what} from {one.began_on:%B %Y}{end}"


def _shown(treatments: Sequence[Treated], until: date) -> list[Treated]:
    first = until - SHOWN
    within = [t for t in treatments if t.began_on <= until and (t.ended_on or until) >= first]
    within = [t for t in within if not t.is_event or t.began_on >= first]
    return sorted(within, key=lambda t: t.began_on)


def _course(one: Treated, until: date) -> Course:
    begin = _x(max(one.began_on, until - SHOWN), until)
    if one.is_event:
        return Course(begin, 0)
    end = _x(min(one.ended_on or until, until), until)
    return Course(begin, round(max(end - begin, 2), 1))


def _short(what: str) -> str:
    """Its name up to the first comma: "Talking Therapies" of "Talking Therapies, 8 sessions"."""
    return what.partition(",")[0].strip()


def axis(until: date, *, today: date) -> tuple[AxisLabel, ...]:
    """The labels that all sparklines of a page share."""
    start, middle = until - SHOWN, until - SHOWN / 2
    last = "today" if until == today else f"{until.day} {until:%b}"
    return (
        AxisLabel(PAD_X, f"{start:%b %y}", "start"),
        AxisLabel(_x(middle, until), f"{middle:%b %y}", "middle"),
        AxisLabel(RIGHT + 5, last, "end"),
    )


def spark(
    points: Sequence[Point],
    *,
    until: date,
    highest: Decimal,
    cut: Decimal | None,
    chance_of: int | Decimal | None,
    baseline: Point | None = None,
    courses: tuple[Course, ...] = (),
) -> Spark:
    """Draw the points of two years; the last one is the one that the page is about.

    The chance range stands around the agreed baseline, else around the last measurement.
    """
    shown = [p for p in points if p.on >= until - SHOWN]
    dots = tuple(
        Dot(_x(p.on, until), _y(p.score, highest), 4 if p.on == until else 2.4, p.is_estimate)
        for p in shown
    )
    return Spark(
        lines=_lines(shown, until, highest),
        dots=dots,
        cut_y=_y(cut, highest) if cut is not None else None,
        chance=_chance(shown, until, highest, chance_of, baseline),
        courses=courses,
        described=", ".join(f"{p.score.normalize():f} in {p.on:%B %Y}" for p in shown),
    )


def _lines(shown: Sequence[Point], until: date, highest: Decimal) -> tuple[str, ...]:
    """Runs of measurements without a gap or an estimate between them."""
    runs: list[list[Point]] = [[]]
    for point in shown:
        last = runs[-1][-1] if runs[-1] else None
        if point.is_estimate or (last and is_gap(last.on, point.on)):
            runs.append([])
        if not point.is_estimate:
            runs[-1].append(point)
    return tuple(
        " ".join(f"{_x(p.on, until)},{_y(p.score, highest)}" for p in run)
        for run in runs
        if len(run) > 1
    )


def _chance(
    shown: Sequence[Point],
    until: date,
    highest: Decimal,
    chance_of: int | Decimal | None,
    baseline: Point | None,
) -> Chance | None:
    earlier = [p for p in shown if p.on < until and not p.is_estimate]
    if chance_of is None or not (baseline or earlier):
        return None
    before = baseline or earlier[-1]
    top = min(before.score + chance_of, highest)
    bottom = max(before.score - chance_of, Decimal(0))
    return Chance(_x(max(before.on, until - SHOWN), until), _y(top, highest), _y(bottom, highest))


def _x(day: date, until: date) -> float:
    share = (day - (until - SHOWN)) / SHOWN
    return round(PAD_X + share * (RIGHT - PAD_X), 1)


def _y(score: Decimal, highest: Decimal) -> float:
    share = float(score / highest) if highest else 0.0
    return round(PAD_Y + (1 - share) * (HEIGHT - 2 * PAD_Y), 1)
