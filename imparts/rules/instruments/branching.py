"""Which items apply, given the answers so far and what is known about the person.

Two ways lead out of a question. A skip rule takes items away: as a fact passed in says ("periods
not applicable"), or because earlier answers are zero (AUDIT-C after "Never"). A show_if brings an
item in. While the deciding answer is missing, a skip rule takes nothing away and a show_if brings
nothing in.
"""

from collections.abc import Mapping

from imparts.rules.instruments.conditions import Answers
from imparts.rules.instruments.definition import Instrument, Item, SkipRule

Context = Mapping[str, bool]


def items_to_ask(
    instrument: Instrument, answers: Answers, context: Context | None = None
) -> tuple[Item, ...]:
    """The items that apply now, in the order of the instrument."""
    skipped = items_skipped(instrument, answers, context or {})
    return tuple(
        item
        for item in instrument.items
        if item.id not in skipped and (item.show_if is None or item.show_if.is_met(answers) is True)
    )


def items_skipped(instrument: Instrument, answers: Answers, context: Context) -> frozenset[str]:
    """The items that skip rules take away; their answers, if any, contradict and do not count."""
    skipped: set[str] = set()
    for rule in instrument.scoring.skips:
        if _applies(rule, answers, context, skipped):
            skipped.update(rule.skips)
    return frozenset(skipped)


def items_not_applicable(instrument: Instrument, context: Context) -> frozenset[str]:
    """The items that do not apply to this person at all, so that the highest score falls too."""
    return frozenset(
        item
        for rule in instrument.scoring.skips
        if rule.rule == "if_true" and _applies(rule, {}, context, set())
        for item in rule.skips
    )


def items_contradicted(
    instrument: Instrument, answers: Answers, context: Context
) -> frozenset[str]:
    """The items whose answers do not count: skipped, or shown only for another answer."""
    unshown = {
        item.id
        for item in instrument.items
        if item.show_if is not None and item.show_if.is_met(answers) is False
    }
    return items_skipped(instrument, answers, context) | unshown


def _applies(rule: SkipRule, answers: Answers, context: Context, skipped: set[str]) -> bool:
    if rule.rule == "if_true":
        return rule.when_context is not None and context.get(rule.when_context) is True
    if skipped.intersection(rule.when_items):
        return False
    values = [answers.get(item) for item in rule.when_items]
    return all(value == 0 for value in values)
