"""Bounds: the least and the greatest score over all ways in which the form may still be completed.

Where an unanswered question decides whether others apply (AUDIT-C question 1), every answer to it
is tried, because "Never" would take away answers that were already given. All other questions are
independent of each other, so the least and the greatest answer of each is enough.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import product

from imparts.rules.instruments.branching import Context, items_contradicted
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.scoring.totals import Method, contribution, rounded

Answers = Mapping[str, int | None]


def bounds(
    instrument: Instrument,
    items: Collection[Item],
    answers: Answers,
    context: Context,
    method: Method,
) -> tuple[Decimal, Decimal]:
    """The least and the greatest score of some items."""
    least: list[Decimal] = []
    greatest: list[Decimal] = []
    for settled in _ways_to_settle(instrument, answers, context):
        gone = items_contradicted(instrument, settled, context)
        spans = [_span(item, settled.get(item.id)) for item in items if item.id not in gone]
        least.append(_joined([low for low, _ in spans], method))
        greatest.append(_joined([high for _, high in spans], method))
    return min(least), max(greatest)


def _ways_to_settle(
    instrument: Instrument, answers: Answers, context: Context
) -> Iterator[Answers]:
    """Every way to answer the open questions on which it depends whether others apply."""
    gone = items_contradicted(instrument, answers, context)
    open_items = [
        instrument.by_id[name]
        for name in _deciding(instrument)
        if answers.get(name) is None and name not in gone
    ]
    for values in product(*[[option.value for option in item.options] for item in open_items]):
        chosen = zip((item.id for item in open_items), values, strict=True)
        yield {**answers, **dict(chosen)}


def _deciding(instrument: Instrument) -> tuple[str, ...]:
    names = [name for skip in instrument.scoring.skips for name in skip.when_items]
    for item in instrument.scored_items:
        names += item.show_if.items if item.show_if else ()
    return tuple(dict.fromkeys(names))


def _span(item: Item, value: int | None) -> tuple[int, int]:
    if value is not None:
        counted = contribution(item, value)
        return counted, counted
    return item.lowest, item.highest


def _joined(values: list[int], method: Method) -> Decimal:
    if method.name == "sum" or not values:
        return Decimal(sum(values))
    return rounded(Decimal(sum(values)) / len(values), method.decimals)
