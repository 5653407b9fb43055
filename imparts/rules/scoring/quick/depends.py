"""Depends: on which sums each part of a result depends, and that nothing else can change it.

A sum, a mean or a table depends on the sum of the answers and on how many there are, kept apart
for items that skip rules treat differently. A category or a profile depends on each answer. A
method that is not known here is taken to depend on each answer too, so it is slower, never wrong.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from imparts.rules.instruments.definition import Flag, Instrument, Item, SubscaleRule
from imparts.rules.scoring.flags import (
    PCL5_CLUSTERS,
    PCL5_SYMPTOM,
    PHQ9_CORE,
    is_symptom,
)
from imparts.rules.scoring.quick.deciding import alike, deciding_fields
from imparts.rules.scoring.quick.fields import Field, Value, field_of
from imparts.rules.scoring.totals import Method, method_of, method_of_part

BY_EACH_ANSWER = ("category", "profile")  # to the scored items, and to no other

Fields = tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a result, and the fields that settle it."""

    fields: Fields
    is_head: bool = False  # everything but the flags and the subscales
    flags: tuple[str, ...] = ()
    subscales: tuple[str, ...] = ()


def parts_of(instrument: Instrument) -> tuple[Part, ...]:
    """Every part of one instrument's result."""
    if instrument.scoring.needs:  # it is refused, whatever is answered
        return (Part((), is_head=True),)
    deciding = deciding_fields(instrument, relevant_items(instrument))
    parts = [_head(instrument)]
    parts += [
        Part(_of_subscale(instrument, one), subscales=(one.name,))
        for one in instrument.scoring.subscales
    ]
    parts += [
        Part(_of_flag(instrument, flag), flags=(flag.code,))
        for flag in instrument.flags
        if flag.type != "score_gte"
    ]
    return tuple(
        Part((*deciding, *one.fields), one.is_head, one.flags, one.subscales) for one in parts
    )


def relevant_items(instrument: Instrument) -> tuple[Item, ...]:
    """The items that can change a result; all others are only checked."""
    named = {item.id for item in instrument.scored_items}
    for subscale in instrument.scoring.subscales:
        named.update(subscale.items)
    for flag in instrument.flags:
        named.update(flag.items, [flag.item] if flag.item else [])
    for group in instrument.scoring.groups:
        named.update(group.items, group.aids)
    for decision in instrument.scoring.decisions:
        named.update(name for condition in decision.when for name in condition.items)
    return tuple(item for item in instrument.items if item.id in named)


def _head(instrument: Instrument) -> Part:
    """Status, score, band and bounds, with the flags that look at the score."""
    flags = tuple(flag.code for flag in instrument.flags if flag.type == "score_gte")
    return Part(_of_head(instrument, looks_at_score=bool(flags)), True, flags)


def _of_head(instrument: Instrument, *, looks_at_score: bool) -> Fields:
    scoring = instrument.scoring
    method = method_of(scoring)
    if scoring.adds_up:
        return _sums(instrument, instrument.scored_items, method)
    if scoring.method in BY_EACH_ANSWER:
        return _each_answer(instrument.scored_items)
    if scoring.method != "subscales":
        return _each_answer(relevant_items(instrument))
    look = _sums if looks_at_score else _counts
    fields = [*look(instrument, instrument.scored_items, method)]
    for one in scoring.subscales:
        items = [instrument.by_id[name] for name in one.items]
        # A table may have no score for a sum, and then there is no result.
        fields += _of_subscale(instrument, one) if one.table else _counts(instrument, items, method)
    return tuple(fields)


def _of_subscale(instrument: Instrument, rule: SubscaleRule) -> Fields:
    items = [instrument.by_id[name] for name in rule.items]
    return _sums(instrument, items, method_of_part(rule, instrument.scoring))


def _of_flag(instrument: Instrument, flag: Flag) -> Fields:
    """The fields that settle a flag which does not look at the score."""
    make = FLAGS.get(flag.type)
    return make(instrument, flag) if make else _each_answer(relevant_items(instrument))


def _item_gte(instrument: Instrument, flag: Flag) -> Fields:
    least = flag.value or 0
    return (_adding([instrument.by_id[flag.item or ""]], lambda item, value: int(value >= least)),)


def _item_missing(instrument: Instrument, flag: Flag) -> Fields:
    return (_adding([instrument.by_id[flag.item or ""]], lambda item, value: 1),)


def _subset_sum(instrument: Instrument, flag: Flag) -> Fields:
    items = [instrument.by_id[name] for name in flag.items]
    return _sums(instrument, items, method_of(instrument.scoring))


def _count_items(instrument: Instrument, flag: Flag) -> Fields:
    items = [instrument.by_id[name] for name in flag.items] or list(instrument.scored_items)
    least = flag.item_value or 0
    groups = alike(instrument, items)
    return tuple(_adding(group, lambda item, value: int(value >= least)) for group in groups)


def _phq9_algorithm(instrument: Instrument, flag: Flag) -> Fields:
    core = [instrument.by_id[name] for name in PHQ9_CORE]
    symptoms = _adding(instrument.scored_items, is_symptom)
    return (*_completeness(instrument), symptoms, _adding(core, is_symptom))


def _dsm5_pcl5(instrument: Instrument, flag: Flag) -> Fields:
    clusters = [[instrument.by_id[f"q{n}"] for n in cluster] for cluster, _ in PCL5_CLUSTERS]
    symptoms = [_adding(one, lambda item, value: int(value >= PCL5_SYMPTOM)) for one in clusters]
    return (*_completeness(instrument), *symptoms)


def _completeness(instrument: Instrument) -> Fields:
    """What settles whether everything that applies was answered."""
    if instrument.scoring.adds_up:
        return _counts(instrument, instrument.scored_items, method_of(instrument.scoring))
    return _of_head(instrument, looks_at_score=False)


FLAGS: dict[str, Callable[[Instrument, Flag], Fields]] = {
    "item_gte": _item_gte,
    "item_missing": _item_missing,
    "subset_sum_gte": _subset_sum,
    "count_items_gte": _count_items,
    "phq9_algorithm": _phq9_algorithm,
    "dsm5_pcl5": _dsm5_pcl5,
}


def _sums(instrument: Instrument, items: Collection[Item], method: Method) -> Fields:
    """The sum of the answers, how many there are, and how far the missing ones could reach."""
    fields = [_adding(group, method.counts) for group in alike(instrument, items)]
    return (*fields, *_counts(instrument, items, method))


def _counts(instrument: Instrument, items: Collection[Item], method: Method) -> Fields:
    fields = []
    for group in alike(instrument, items):
        fields.append(_adding(group, lambda item, value: 1))
        if len({method.span(item) for item in group}) > 1:
            fields.append(_adding(group, lambda item, value: method.span(item)[0]))
            fields.append(_adding(group, lambda item, value: method.span(item)[1]))
    return tuple(fields)


def _adding(items: Iterable[Item], amount: Callable[[Item, int], int]) -> Field:
    """What each answer adds; one that was not given adds nothing."""
    adds: dict[str, dict[Value, int]] = {}
    for item in items:
        adds[item.id] = {option.value: amount(item, option.value) for option in item.options}
        adds[item.id][None] = 0
    return field_of(adds)


def _each_answer(items: Iterable[Item]) -> Fields:
    """One field an item, in which every answer is another number."""
    fields = []
    for item in items:
        values = [None, *(option.value for option in item.options)]
        fields.append(field_of({item.id: {value: place for place, value in enumerate(values)}}))
    return tuple(fields)
