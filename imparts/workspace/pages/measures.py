"""The measures table: one row a measure, with its scale, its words, its change and its course.

"Worse" and "better" are said only beyond reliable change; an estimate says what it could be and is
compared with nothing (hazard H6). A number never stands without its scale; a measure that has parts
and no total has a row for each part, and is never said to have no score when it is complete.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from imparts.design.dates import short_day
from imparts.design.words import Phrase, capital, plain_number
from imparts.library.queries import gist_words
from imparts.rules.scoring.change import signed
from imparts.workspace.pages.body_rows import (
    BodyMeasure,
    beyond_chance,
    body_row,
    day_of_change,
    other_day,
)
from imparts.workspace.pages.measure_row import MeasureRow
from imparts.workspace.pages.numbers import Number, is_in_words, is_profile, numbers_of
from imparts.workspace.pages.sparkline import (
    AxisLabel,
    Course,
    Spark,
    Treated,
    axis,
    in_words,
    spark,
    treated,
    treatment_names,
)
from imparts.workspace.sitting_facts import Point, Result

DRAWN_PARTS = 4  # more parts than this and the page would need a scroll
NO_BANDS = "no bands known"
PROFILE_NOTE = "One digit for each answer, in the order asked; they are not added up."


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of one sitting that run in one direction."""

    direction: str
    score_head: str
    change_head: str
    axis: tuple[AxisLabel, ...]
    """The months of the two years and, below them, the treatments, each named once."""
    rows: tuple[MeasureRow, ...]
    treatments: str = ""
    """The treatments with their days, for readers who do not see the picture."""


_DIRECTIONS = {
    "higher_is_worse": "Higher = worse",
    "higher_is_better": "Higher = better",
    "no_direction": "Direction not stated",
}
_ONLY_WORDS = "Measure"
_Found = tuple[str, Sequence[Number], Sequence[Result]]  # a head, its numbers, its words


def measures(
    results: Sequence[Result],
    *,
    on: date,
    today: date,
    body: Sequence[BodyMeasure] = (),
    treatments: Sequence[Treated] = (),
) -> tuple[Measures, ...]:
    """A table for each direction, so that up never means two things in one table.

    Measures of the body stand below those that were answered, each on an axis of its own.
    """
    days, left = _Days(on, today, treated(treatments, until=on)), list(body)
    tables = []
    for head, numbers, words in _found(results):
        mine = [one for one in left if _DIRECTIONS.get(one.direction) == head]
        left = [one for one in left if one not in mine]
        tables.append(_table(head, numbers, words, results, mine, days))
    for head in dict.fromkeys(_DIRECTIONS.get(one.direction, _ONLY_WORDS) for one in left):
        mine = [one for one in left if _DIRECTIONS.get(one.direction, _ONLY_WORDS) == head]
        tables.append(_table(head, (), (), results, mine, days))
    if tables:
        names = treatment_names(treatments, until=on)
        tables[0] = replace(
            tables[0], axis=(*tables[0].axis, *names), treatments=in_words(treatments, until=on)
        )
    return tuple(tables)


def _found(results: Sequence[Result]) -> list[_Found]:
    """What stands in each table: results in words follow the first."""
    in_order = sorted(results, key=lambda r: not r.instrument.leads_gist)
    told = [number for r in in_order if not _joins(r, results) for number in numbers_of(r)]
    words = [r for r in results if is_in_words(r) or (is_profile(r) and not r.parts)]
    found: list[_Found] = []
    for direction, head in _DIRECTIONS.items():
        if numbers := [number for number in told if number.direction == direction]:
            found.append((head, numbers, () if found else words))
    return found or ([(_ONLY_WORDS, (), words)] if words else [])


def _joins(result: Result, results: Sequence[Result]) -> bool:
    """Whether a measure is told beside the words of its part: HSI with smoking."""
    return not is_in_words(result) and any(
        is_in_words(other) and other.instrument.part == result.instrument.part for other in results
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """The day that a page is about, the day on which it is read, and what was going on."""

    on: date
    today: date
    courses: tuple[Course, ...]


def _table(
    head: str,
    numbers: Sequence[Number],
    words: Sequence[Result],
    results: Sequence[Result],
    body: Sequence[BodyMeasure],
    days: _Days,
) -> Measures:
    before = [*(number.before for number in numbers), *(one.before for one in body)]
    befores = Counter(point.on for point in before if point)
    since = befores.most_common(1)[0][0] if befores else None
    rows = [row for n in numbers for row in (*_before(n, results), _row(n, days, since=since))]
    rows += [body_row(each, on=days.on, since=since, courses=days.courses) for each in body]
    return Measures(
        direction=head,
        score_head="Today" if days.on == days.today else short_day(days.on),
        change_head=f"Since {day_of_change(since, days.on)}" if since else "Since last time",
        axis=axis(days.on, today=days.today),
        rows=(*rows, *(_in_words_only(result, results) for result in words)),
    )


def _before(number: Number, results: Sequence[Result]) -> tuple[MeasureRow, ...]:
    """A profile stands before the first of its instrument's numbers."""
    return tuple(
        _in_words_only(result, results)
        for result in results
        if is_profile(result)
        and result.instrument is number.instrument
        and result.parts
        and result.parts[0].part.label == number.name
    )


def _in_words_only(result: Result, results: Sequence[Result]) -> MeasureRow:
    instrument = result.instrument
    note = PROFILE_NOTE if result.profile else _said(result, results)
    return MeasureRow(
        name=instrument.measures,
        short=instrument.short_title if is_profile(result) else "",
        score="",
        out_of="",
        in_words=result.in_words or _not_said(result),
        change=(),
        note=note,
        is_compared=bool(result.in_words),
    )


def _not_said(result: Result) -> str:
    if not result.answered:
        return "not answered"
    what = "profile" if is_profile(result) else "result"
    return f"{result.answered} of {result.asked} answered: no {what}"


def _row(number: Number, days: _Days, *, since: date | None) -> MeasureRow:
    known = number.score is not None
    return MeasureRow(
        name=number.name,
        short="" if number.is_beside_total else number.short,
        score=plain_number(number.score) if number.score is not None else "",
        out_of=f"of {plain_number(number.out_of)}" if known and number.out_of is not None else "",
        in_words=_in_words(number),
        change=_change(number, on=days.on, since=since),
        is_compared=number.is_complete,
        is_part=number.is_beside_total,
        spark=_spark(number, days) if known or number.history else None,
        trend="" if number.is_beside_total else number.instrument.id,
    )


def _in_words(number: Number) -> str:
    if number.is_complete:
        return number.in_words or NO_BANDS
    if not number.could_be or not number.answered:
        return number.how_many
    if number.status == "prorated":
        known = number.score is not None
        estimate = f"estimated {plain_number(number.score)}, " if known else ""
        return f"{estimate}{number.could_be}"
    return f"{number.how_many}: no score, {number.could_be}"


def _change(number: Number, *, on: date, since: date | None) -> tuple[Phrase, ...]:
    """The change; its day too when that is not the day in the column's head."""
    before, moved = number.before, number.moved
    if before is None:
        return (Phrase("nothing complete before" if number.history else "first time"),)
    when = other_day(before.on, on) if before.on != since else ""
    if moved is None:
        return ()
    if not moved.is_reliable:
        words = f"{number.important} ({signed(moved.by)})" if number.important else moved.in_words
        return (Phrase(f"{words}{when}"),)
    return beyond_chance(moved, when)


def _spark(number: Number, days: _Days) -> Spark | None:
    """A course for each total, and for each of a few parts that have no total beside them."""
    parts = number.instrument.scoring.subscales
    if number.is_beside_total or (
        not number.instrument.scoring.gives_number and len(parts) > DRAWN_PARTS
    ):
        return None
    points = list(number.history)
    if number.score is not None:
        points.append(Point(days.on, number.score, number.status == "prorated"))
    highest = number.out_of or number.instrument.scoring.highest
    if highest is None or not points:
        return None
    return spark(
        points, until=days.on, highest=highest, cut=number.cut, chance_of=number.chance_of,
        baseline=number.baseline, courses=days.courses,
    )  # fmt: skip


def _said(result: Result, results: Sequence[Result]) -> str:
    """What was said beyond the word in the table: how much, and whether help is wanted."""
    part = [r for r in results if r.instrument.part == result.instrument.part and r is not result]
    says_more = {(rule.by_instrument, rule.by_item) for rule in gist_words().instead}
    answers = [a for r in part for a in r.answers if (r.instrument.id, a.item.id) in says_more]
    answers += [a for a in result.answers if not a.item.scored]
    options = [a.item.option(a.value) for a in answers if a.value is not None]
    said = [o.said for o in options if o and o.said]
    return " ".join(f"{capital(text)}." for text in said)
