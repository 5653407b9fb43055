"""Random forms of any instrument, and invented instruments scored in every way by sums."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import (
    Band,
    Flag,
    Instrument,
    Item,
    Option,
    ScoringRule,
    SkipRule,
    SubscaleRule,
)
from tests.rules.invented_instruments import BEST_OF, BY_PART, DECIDED, TABLE, TIMES
from tests.rules.reference_instruments import every

Answers = dict[str, Any]

WRONG = (-1, 7, 10**18, 10**30, 2.5, True, False, "2x", "", "2", [1], {"a": 1})


def every_instrument() -> dict[str, Instrument]:
    """Every instrument of the library, and an invented one for each other way of scoring."""
    invented = {"best of": BEST_OF, "decided": DECIDED, "by part": BY_PART, "table": TABLE}
    return {**every(), **invented, "times": TIMES}


def values_of(item: Item) -> list[int]:
    """The values that may be answered."""
    return [option.value for option in item.options]


def answers_to(instrument: Instrument, *, wrong: bool = False) -> st.SearchStrategy[Answers]:
    """Each item answered, null or left out; where asked for, now and then with a wrong answer."""
    asked = [item for item in instrument.items if item.options]
    given = {item.id: st.sampled_from(values_of(item)) for item in asked}
    right = {name: st.none() | values for name, values in given.items()}
    forms = st.fixed_dictionaries(given) | st.fixed_dictionaries({}, optional=right)
    if not wrong:
        return forms
    odd = {name: values | st.sampled_from(WRONG) for name, values in right.items()}
    odd["q99"] = st.sampled_from([None, 1])
    return forms | st.fixed_dictionaries({}, optional=odd)


def contexts_of(instrument: Instrument) -> st.SearchStrategy[dict[str, bool]]:
    """Each fact that a skip rule asks for, and one that nobody asks for: yes, no or not said."""
    facts = [rule.when_context for rule in instrument.scoring.skips if rule.when_context]
    return st.fixed_dictionaries({}, optional={f: st.booleans() for f in [*facts, "left_handed"]})


@st.composite
def invented(draw: st.DrawFn) -> Instrument:
    """An instrument that nobody ever published, valid or not, which the scorer can take."""
    items = [draw(_items(f"q{number}")) for number in range(1, draw(st.integers(2, 6)) + 1)]
    items[0] = replace(items[0], scored=True)
    names = [item.id for item in items]
    shown = draw(st.lists(st.sampled_from(names[1:]), max_size=1))
    items = [
        replace(item, show_if=draw(_conditions(names[:1]))) if item.id in shown else item
        for item in items
    ]
    return replace(
        every()["phq2"],
        id="invented",
        items=tuple(items),
        scoring=draw(_scorings(names)),
        bands=(
            Band("low", "Low", Decimal(-99), Decimal(3)),
            Band("up", "Up", Decimal(4), Decimal(99)),
        ),
        flags=tuple(draw(_flags(names))),
        cuts=(),
    )


@st.composite
def _items(draw: st.DrawFn, name: str) -> Item:
    values = draw(st.sampled_from([(0, 1), (0, 1, 2, 3), (1, 2, 3), (-1, 0, 4), (0, 2, 7), (5,)]))
    return Item(
        id=name,
        text="",
        options=tuple(Option(str(value), value) for value in values),
        scored=draw(st.sampled_from([True, True, True, False])),
        reverse=draw(st.booleans()),
    )


@st.composite
def _conditions(draw: st.DrawFn, names: Sequence[str]) -> Condition:
    if draw(st.booleans()):
        return Condition(tuple(names), at_least=draw(st.integers(0, 3)))
    return Condition(tuple(names), one_of=tuple(draw(st.sets(st.integers(0, 3), min_size=1))))


@st.composite
def _scorings(draw: st.DrawFn, names: Sequence[str]) -> ScoringRule:
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True).map(tuple)
    skips = [
        SkipRule("if_true", tuple(names[-1:]), when_context="not_so"),
        SkipRule("if_zero", tuple(names[1:2]), when_items=tuple(names[:1])),
        SkipRule("if_sum_zero", tuple(names[2:]), when_items=tuple(names[:2])),
    ]
    subscales = [
        SubscaleRule(
            name=f"part {number}",
            label="",
            items=draw(some),
            method=draw(st.sampled_from(["sum", "mean"])),
            may_be_missing=draw(st.integers(0, 1)),
            bands=(Band("b", "B", Decimal(0), Decimal(2)),),
            decimals=1,
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    methods = ["sum", "sum", "mean", "profile", *(["subscales"] if subscales else [])]
    return replace(
        every()["phq2"].scoring,
        method=draw(st.sampled_from(methods)),
        decimals=draw(st.integers(0, 1)),
        may_be_missing=draw(st.integers(0, 2)),
        skips=tuple(skip for skip in skips if skip.skips and draw(st.booleans())),
        subscales=tuple(subscales),
    )


@st.composite
def _flags(draw: st.DrawFn, names: Sequence[str]) -> list[Flag]:
    number = st.integers(0, 6)
    item = draw(st.sampled_from(names))
    every = [
        Flag("high", "score_gte", value=Decimal(draw(number))),
        Flag("item", "item_gte", item=item, value=Decimal(draw(number))),
        Flag("gone", "item_missing", item=item),
        Flag("some", "subset_sum_gte", items=tuple(names[:2]), value=Decimal(draw(number))),
        Flag("many", "count_items_gte", item_value=draw(number), count=draw(st.integers(1, 3))),
    ]
    return [flag for flag in every if draw(st.booleans())]
