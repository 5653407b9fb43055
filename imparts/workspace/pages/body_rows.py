"""Measures of the body in the table, below those that were answered: DAS28, HbA1c, weight.

Each has a scale and a sparkline of its own. What is known of its bands and its change from general
knowledge alone is marked where it is shown.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from imparts.design.dates import brief_day, short_day
from imparts.design.words import Phrase, plain_number
from imparts.rules.scoring.change import Change
from imparts.workspace.pages.measure_row import MeasureRow
from imparts.workspace.pages.sparkline import Course, spark
from imparts.workspace.sitting_facts import Point


class BodyMeasure(Protocol):
    """One physical measure up to a day (workspace.queries.physical)."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def score(self) -> str: ...
    @property
    def out_of(self) -> str: ...
    @property
    def in_words(self) -> str: ...
    @property
    def before(self) -> Point | None: ...
    @property
    def moved(self) -> Change | None: ...
    @property
    def points(self) -> tuple[Point, ...]: ...
    @property
    def highest(self) -> Decimal: ...
    @property
    def cut(self) -> Decimal | None: ...
    @property
    def chance_of(self) -> Decimal | None: ...
    @property
    def direction(self) -> str: ...
    @property
    def marks(self) -> Sequence[str]: ...


def body_row(
    one: BodyMeasure, *, on: date, since: date | None, courses: tuple[Course, ...]
) -> MeasureRow:
    """One row; its day is said where it was measured on another than the page's."""
    return MeasureRow(
        name=one.name,
        short=one.short if one.short != one.name else "",
        score=one.score,
        out_of=one.out_of,
        in_words=one.in_words,
        change=_change(one, on=on, since=since),
        spark=spark(
            one.points, until=on, highest=one.highest, cut=one.cut, chance_of=one.chance_of,
            courses=courses,
        ),
        trend=one.key,
    )  # fmt: skip


def _change(one: BodyMeasure, *, on: date, since: date | None) -> tuple[Phrase, ...]:
    if one.before is None or one.moved is None:
        return (Phrase("first time"),) if len(one.points) == 1 else ()
    when = other_day(one.before.on, on) if one.before.on != since else ""
    if one.moved.is_reliable:
        return beyond_chance(one.moved, when)
    return (Phrase(f"{one.moved.in_words}{when}"),)


def beyond_chance(moved: Change, when: str) -> tuple[Phrase, ...]:
    """An arrow and the word: the arrow alone would be read as good or bad."""
    arrow = "\N{UPWARDS ARROW}" if moved.by > 0 else "\N{DOWNWARDS ARROW}"
    by = plain_number(abs(moved.by))
    return (Phrase(f"{arrow} "), Phrase(f"{by} {moved.word}", True), Phrase(when))


def day_of_change(then: date, on: date) -> str:
    """ "16 June", with the year where it is another."""
    if then.year == on.year:
        return f"{then.day} {then:%B}"
    return brief_day(then)


def other_day(then: date, on: date) -> str:
    """ ", 19 Feb" after a change that was counted from another day than the column's head says."""
    said = short_day(then)
    return f", {said}" if then.year == on.year else f", {said} {then.year}"
