"""The field of a plot: where a day and a score stand in it, and how large everything is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from imparts.rules.trends.definition import Course, Scale, TreatmentDrawn

INSET = 36  # free ground before the first day and after the last
SHORTEST = 60  # days: one visit alone stands in the middle of two months


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a plot and its margins are, in pixels."""

    width: float = 1216
    height: float = 408
    left: float = 44
    right: float = 190
    top: float = 48
    bottom: float = 30


LARGE = Sizes()
SMALL = Sizes(height=84, top=15, bottom=8)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that all plots of a page share."""

    first: date
    last: date
    today: date


@dataclass(frozen=True, slots=True)
class Field:
    """Days to the right, scores upwards; the whole range of the scale, always."""

    sizes: Sizes
    span: Span
    scale: Scale

    @property
    def left(self) -> float:
        """The left edge."""
        return self.sizes.left

    @property
    def right(self) -> float:
        """The right edge."""
        return self.sizes.width - self.sizes.right

    @property
    def top(self) -> float:
        """Where the highest score stands."""
        return self.sizes.top

    @property
    def bottom(self) -> float:
        """Where the lowest score stands."""
        return self.sizes.height - self.sizes.bottom

    def x(self, day: date) -> float:
        """Where a day stands; days outside the span stand at its edges."""
        first, last = self.span.first, self.span.last
        share = (min(max(day, first), last) - first) / (last - first)
        start, end = self.left + INSET, self.right - INSET
        return round(start + share * (end - start), 1)

    def y(self, score: Decimal) -> float:
        """Where a score stands: top + (highest - score) / range x height."""
        lowest, highest = self.scale.lowest, self.scale.highest
        share = float((highest - score) / (highest - lowest))
        inside = min(max(share, 0.0), 1.0)
        return round(self.top + inside * (self.bottom - self.top), 1)


def span_of(
    courses: Iterable[Course], treatments: Iterable[TreatmentDrawn], *, today: date
) -> Span:
    """From the first score or treatment of any plot until today; two months at the least."""
    days = [day for course in courses for day in course.days]
    days += [one.began_on for one in treatments]
    first = min([*days, today])
    if (today - first).days >= SHORTEST:
        return Span(first, today, today)
    middle = date.fromordinal((first.toordinal() + today.toordinal()) // 2)
    return Span(
        date.fromordinal(middle.toordinal() - SHORTEST // 2),
        date.fromordinal(middle.toordinal() + SHORTEST // 2),
        today,
    )
