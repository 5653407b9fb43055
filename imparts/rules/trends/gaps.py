"""Gaps: a long time without a score is drawn as one and named; no line runs across it.

From how many days on it is a gap is a local choice: longer than half a year between two scores.
"Not asked" is said only where nothing was offered between them; else there was "no score".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from imparts.rules.trends.definition import Course, PlotPoint

GAP = timedelta(days=183)  # local choice
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch between two scores in which there is none."""

    from_on: date
    until_on: date
    was_offered: bool = False

    @property
    def months(self) -> int:
        """Its length in whole months, rounded."""
        return round((self.until_on - self.from_on).days / _DAYS_A_MONTH)

    @property
    def words(self) -> str:
        """Such as "not asked for 9 months"."""
        return f"{'no score' if self.was_offered else 'not asked'} for {self.months} months"


def is_gap(before: date, after: date) -> bool:
    """Whether the time between two scores is a gap."""
    return after - before > GAP


def gaps(course: Course) -> tuple[Gap, ...]:
    """The gaps between all scores of a course, whatever their version."""
    days = sorted({point.on for series in course.series for point in series.points})
    tried = {*course.offered_on, *(one.on for one in course.unscored)}
    return tuple(
        Gap(before, after, any(before < day < after for day in tried))
        for before, after in pairwise(days)
        if is_gap(before, after)
    )


def runs(points: Sequence[PlotPoint]) -> tuple[tuple[PlotPoint, ...], ...]:
    """The points between which a line may run: never across a gap."""
    found: list[list[PlotPoint]] = []
    for point in points:
        if not found or is_gap(found[-1][-1].on, point.on):
            found.append([])
        found[-1].append(point)
    return tuple(tuple(run) for run in found)
