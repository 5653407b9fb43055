"""Sparklines: all measures of a page on the same two years, each from 0 to its own maximum.

No numbers stand in them: those stand at the left of the same row. A time when nothing was asked
stays a gap, and an estimate is an open circle that no line runs to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from imparts.workspace.sitting_facts import Point

WIDTH, HEIGHT, PAD_X, PAD_Y = 286, 42, 8, 4
RIGHT = 281
SHOWN = timedelta(days=730)
# Longer than this between two answers is a time when nobody asked, not a line.
GAP = timedelta(days=244)


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
class Spark:
    """One measure over two years, ready to draw."""

    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    cut_y: float | None
    chance: Chance | None
    described: str


@dataclass(frozen=True, slots=True)
class AxisLabel:
    """A month above the sparklines."""

    x: float
    text: str
    anchor: str


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
    chance_of: int | None,
) -> Spark:
    """Draw the points of two years; the last one is the one that the page is about."""
    shown = [p for p in points if p.on >= until - SHOWN]
    dots = tuple(
        Dot(_x(p.on, until), _y(p.score, highest), 4 if p.on == until else 2.4, p.is_estimate)
        for p in shown
    )
    return Spark(
        lines=_lines(shown, until, highest),
        dots=dots,
        cut_y=_y(cut, highest) if cut is not None else None,
        chance=_chance(shown, until, highest, chance_of),
        described=", ".join(f"{p.score.normalize():f} in {p.on:%B %Y}" for p in shown),
    )


def _lines(shown: Sequence[Point], until: date, highest: Decimal) -> tuple[str, ...]:
    """Runs of measurements without a gap or an estimate between them."""
    runs: list[list[Point]] = [[]]
    for point in shown:
        last = runs[-1][-1] if runs[-1] else None
        if point.is_estimate or (last and point.on - last.on > GAP):
            runs.append([])
        if not point.is_estimate:
            runs[-1].append(point)
    return tuple(
        " ".join(f"{_x(p.on, until)},{_y(p.score, highest)}" for p in run)
        for run in runs
        if len(run) > 1
    )


def _chance(
    shown: Sequence[Point], until: date, highest: Decimal, chance_of: int | None
) -> Chance | None:
    earlier = [p for p in shown if p.on < until and not p.is_estimate]
    if chance_of is None or not earlier:
        return None
    before = earlier[-1]
    top = min(before.score + chance_of, highest)
    bottom = max(before.score - chance_of, Decimal(0))
    return Chance(_x(before.on, until), _y(top, highest), _y(bottom, highest))


def _x(day: date, until: date) -> float:
    share = (day - (until - SHOWN)) / SHOWN
    return round(PAD_X + share * (RIGHT - PAD_X), 1)


def _y(score: Decimal, highest: Decimal) -> float:
    share = float(score / highest) if highest else 0.0
    return round(PAD_Y + (1 - share) * (HEIGHT - 2 * PAD_Y), 1)
