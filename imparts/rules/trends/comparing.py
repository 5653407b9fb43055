"""Comparing: which score a change is counted from, and how far of it is no more than chance.

From the agreed baseline once there is one and it lies before; else from the last measurement
before. Estimates and other versions of an instrument are never compared.
"""

from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.scoring.change import Change, change
from imparts.rules.trends.definition import Course, PlotPoint, is_whole


@dataclass(frozen=True, slots=True)
class ChanceRange:
    """Around the score that changes are counted from: no more than chance."""

    since: PlotPoint
    lowest: Decimal
    highest: Decimal
    is_agreed: bool


def compared_with(course: Course, point: PlotPoint) -> PlotPoint | None:
    """The score that a point of the counting series is compared with; None for an estimate."""
    if not is_whole(point) or point not in course.points:
        return None
    earlier = [p for p in course.points[: course.points.index(point)] if is_whole(p)]
    agreed = course.agreed
    if agreed is not None and agreed in earlier:
        return agreed
    if agreed is point or not earlier:
        return None
    return earlier[-1]


def change_of(course: Course, point: PlotPoint) -> Change | None:
    """How a point has moved from what it is compared with."""
    before = compared_with(course, point)
    if before is None:
        return None
    scale = course.scale
    return change(point.value, before.value, scale.chance, direction=scale.direction)


def chance_range(course: Course) -> ChanceRange | None:
    """The range around the agreed baseline, else around the measurement before the last one.

    Scores move in steps: with a reliable change of 6, a score 6 away is a change already, but the
    range is drawn to it, for its edge is where change begins.
    """
    scale, agreed = course.scale, course.agreed
    since = agreed or (compared_with(course, course.last) if course.last else None)
    if scale.chance is None or since is None:
        return None
    lowest = max(since.value - scale.chance, scale.lowest)
    highest = min(since.value + scale.chance, scale.highest)
    return ChanceRange(since, lowest, highest, agreed is not None)
