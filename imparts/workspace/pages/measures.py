"""The measures table: one row a measure, with its scale, its words, its change and its course.

"Worse" and "better" are said only beyond reliable change; an estimate says what it could be and is
compared with nothing (hazard H6). A number never stands without its scale.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from imparts.design.dates import short_day
from imparts.design.words import Phrase, plain_number
from imparts.rules.scoring.change import change
from imparts.workspace.pages.sparkline import AxisLabel, Spark, axis, spark
from imparts.workspace.sitting_facts import Point, Result


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure."""

    name: str
    short: str
    score: str
    out_of: str
    in_words: str
    change: tuple[Phrase, ...]
    spark: Spark | None = None
    note: str = ""
    is_compared: bool = True
    """Whether the change stands in a column of its own; an estimate takes its place."""


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of one sitting that run in one direction."""

    direction: str
    score_head: str
    change_head: str
    axis: tuple[AxisLabel, ...]
    rows: tuple[MeasureRow, ...]


_DIRECTIONS = {"higher_is_worse": "Higher = worse", "higher_is_better": "Higher = better"}


def measures(results: Sequence[Result], *, on: date, today: date) -> tuple[Measures, ...]:
    """A table for each direction, so that up never means two things in one table."""
    tables = []
    for direction, head in _DIRECTIONS.items():
        scored = [
            r for r in results if r.instrument.direction == direction and not _joins(r, results)
        ]
        scored.sort(key=lambda r: not r.instrument.leads_gist)
        in_words = [r for r in results if r.instrument.direction == "no_direction"]
        of_table = scored + (in_words if direction == "higher_is_worse" else [])
        if of_table:
            tables.append(_table(head, of_table, results, on=on, today=today))
    return tuple(tables)


def _joins(result: Result, results: Sequence[Result]) -> bool:
    """Whether a measure is told beside the words of its part: HSI with smoking."""
    return any(
        other.instrument.direction == "no_direction"
        and other.instrument.part == result.instrument.part
        for other in results
    )


def _table(
    head: str, of_table: Sequence[Result], results: Sequence[Result], *, on: date, today: date
) -> Measures:
    befores = Counter(r.before.on for r in of_table if r.before)
    since = befores.most_common(1)[0][0] if befores else None
    return Measures(
        direction=head,
        score_head="Today" if on == today else short_day(on),
        change_head=f"Since {_day(since, on)}" if since else "Since last time",
        axis=axis(on, today=today),
        rows=tuple(_row(r, results, on=on, since=since) for r in of_table),
    )


def _row(result: Result, results: Sequence[Result], *, on: date, since: date | None) -> MeasureRow:
    instrument = result.instrument
    if instrument.direction == "no_direction":
        return MeasureRow(
            name=instrument.measures, short="", score="", out_of="",
            in_words=result.in_words or "not answered", change=(), note=_said(result, results),
        )  # fmt: skip
    known = result.score is not None
    return MeasureRow(
        name=instrument.measures,
        short=instrument.short_title.removeprefix(f"{instrument.measures} "),
        score=plain_number(result.score) if result.score is not None else "",
        out_of=f"of {plain_number(result.out_of)}" if known and result.out_of is not None else "",
        in_words=_in_words(result),
        change=_change(result, on=on, since=since),
        is_compared=result.status == "complete",
        spark=_spark(result, on=on) if known or result.history else None,
    )


def _in_words(result: Result) -> str:
    if result.status == "complete":
        return result.in_words
    if result.lower is None or result.upper is None:
        return "not answered"
    could_be = f"could be {plain_number(result.lower)} to {plain_number(result.upper)}"
    if result.is_estimate:
        return (
            f"estimated {plain_number(result.score)}, {could_be}"
            if result.score is not None
            else could_be
        )
    return f"{result.answered} of {result.asked} answered: no score, {could_be}"


def _change(result: Result, *, on: date, since: date | None) -> tuple[Phrase, ...]:
    """The change; its day too when that is not the day in the column's head."""
    before, score = result.before, result.score
    if before is None:
        return (Phrase("first time"),)
    when = f", {_day(before.on, on)}" if before.on != since else ""
    if result.status != "complete" or score is None:
        return ()
    moved = change(
        score, before.score, result.instrument.words_from, direction=result.instrument.direction
    )
    if not moved.is_reliable:
        return (Phrase(f"{moved.in_words}{when}"),)
    arrow = "\N{UPWARDS ARROW}" if moved.by > 0 else "\N{DOWNWARDS ARROW}"
    by = plain_number(abs(moved.by))
    return (Phrase(f"{arrow} "), Phrase(f"{by} {moved.word}", True), Phrase(when))


def _spark(result: Result, *, on: date) -> Spark | None:
    points = list(result.history)
    if result.score is not None:
        points.append(Point(on, result.score, result.is_estimate))
    highest = result.out_of or result.instrument.scoring.highest
    if highest is None or not points:
        return None
    cuts = result.instrument.cuts
    return spark(
        points,
        until=on,
        highest=highest,
        cut=cuts[0].value if cuts else None,
        chance_of=result.instrument.words_from,
    )


def _said(result: Result, results: Sequence[Result]) -> str:
    """What was said beyond the word in the table: how much, and whether help is wanted."""
    part = [r for r in results if r.instrument.part == result.instrument.part and r is not result]
    answers = [a for r in part for a in r.answers]
    answers += [a for a in result.answers if not a.item.scored]
    options = [a.item.option(a.value) for a in answers if a.value is not None]
    said = [o.said for o in options if o and o.said]
    return " ".join(f"{text[:1].upper()}{text[1:]}." for text in said)


def _day(then: date, on: date) -> str:
    if then.year == on.year:
        return f"{then.day} {then:%B}"
    return f"{short_day(then)} {then.year}"
