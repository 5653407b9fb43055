"""Bounds: the least and the greatest score over all ways in which the form may still be completed.

Where an unanswered question decides whether others apply (AUDIT-C question 1), every answer to it
is tried, because "Never" would take away answers that were already given. All other questions are
independent of each other, and every method here is monotone: more on one item never turns the
result the other way. So the least and the greatest of each item is enough: for sums and means, for
a factor above 0, for the best of a category, and for a look-up table, which never both rises and
falls (the reader refuses one that does).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from itertools import product

from imparts.rules.instruments.branching import Context, items_contradicted
from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.scoring.totals import Method

Answers = Mapping[str, int | None]
Joined = Callable[[Mapping[str, int]], Decimal]  # from what each item adds to the result


def bounds(
    instrument: Instrument,
    items: Collection[Item],
    answers: Answers,
    context: Context,
    method: Method,
) -> tuple[Decimal, Decimal]:
    """The least and the greatest score of some items."""

    def joined(added: Mapping[str, int]) -> Decimal:
        return method.joined(added.values())

    return bounds_by(instrument, items, answers, context, method=method, joined=joined)


def bounds_by(
    instrument: Instrument,
    items: Collection[Item],
    answers: Answers,
    context: Context,
    *,
    method: Method,
    joined: Joined,
) -> tuple[Decimal, Decimal]:
    """The least and the greatest result, whatever way the items are put together."""
    ends: list[Decimal] = []
    for settled in _ways_to_settle(instrument, answers, context):
        gone = items_contradicted(instrument, settled, context)
        spans = {
            item.id: _span(method, item, settled.get(item.id))
            for item in items
            if item.id not in gone
        }
        ends.append(joined({name: low for name, (low, _) in spans.items()}))
        ends.append(joined({name: high for name, (_, high) in spans.items()}))
    return min(ends), max(ends)


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


def _span(method: Method, item: Item, value: int | None) -> tuple[int, int]:
    if value is None:
        return method.span(item)
    counted = method.counts(item, value)
    return counted, counted
