"""Deciding: answers and facts by which other items do or do not count.

Of an answer that decides, it matters on which side of each rule it falls (zero or not, shown or
not); what it adds to a score is another field. Items under the same rules are added up together.
"""

from collections.abc import Collection
from dataclasses import replace

from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Instrument, Item, SkipRule
from imparts.rules.scoring.quick.fields import Field, Value, field_of

ZERO_RULES = ("if_zero", "if_sum_zero")

Rule = SkipRule | Condition


def contexts_of(instrument: Instrument) -> tuple[str, ...]:
    """The facts about a person that take items away, as a form's context names them."""
    named = [rule.when_context for rule in instrument.scoring.skips if rule.when_context]
    return tuple(dict.fromkeys(named))


def as_item(context: str) -> str:
    """The name under which a fact stands beside the items; no item has a point in its name."""
    return f"context.{context}"


def deciding_fields(instrument: Instrument, items: Collection[Item]) -> tuple[Field, ...]:
    """One field for each fact and each answer by which any of these items may not count."""
    facts = [Field({as_item(name): {0: 0, 1: 1}}) for name in contexts_of(instrument)]
    rules: list[Rule] = [*instrument.scoring.skips]
    rules += [item.show_if for item in items if item.show_if]
    names = dict.fromkeys(name for rule in rules for name in _asks(rule))
    sides = [
        _sides(instrument.by_id[name], [r for r in rules if name in _asks(r)]) for name in names
    ]
    return (*facts, *sides)


def alike(instrument: Instrument, items: Collection[Item]) -> list[list[Item]]:
    """Items in groups, each under the same rules."""
    groups: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        skips = tuple(n for n, r in enumerate(instrument.scoring.skips) if item.id in r.skips)
        groups.setdefault((skips, item.show_if), []).append(item)
    return list(groups.values())


def _asks(rule: Rule) -> tuple[str, ...]:
    return rule.when_items if isinstance(rule, SkipRule) else rule.items


def _sides(item: Item, rules: Collection[Rule]) -> Field:
    """Which side of every rule an answer is on, as a number; not answered is a side of its own."""
    values: list[Value] = [None, *(option.value for option in item.options)]
    told = {value: tuple(_side(rule, item.id, value) for rule in rules) for value in values}
    known = list(dict.fromkeys(told.values()))
    return field_of({item.id: {value: known.index(told[value]) for value in values}})


def _side(rule: Rule, item: str, value: Value) -> Value:
    if value is None:
        return None
    if isinstance(rule, Condition):
        return bool(replace(rule, items=(item,)).is_met({item: value}))
    return value == 0 if rule.rule in ZERO_RULES else value
