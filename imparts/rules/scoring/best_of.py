"""Best of category: the highest item of each category, raised by aids, and the mean of these.

As for HAQ-DI: an aid or another person's help in use raises a category to 2, and so many categories
need an answer before there is a score. Eight whole numbers make steps of 0.125.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal

from imparts.rules.instruments.definition import BestOf, Item, ScoringRule
from imparts.rules.scoring.totals import (
    COMPLETE,
    INCOMPLETE,
    PRORATED,
    Total,
    contribution,
    rounded,
)

RAISED_TO = 2  # by an aid or help in use

Answers = Mapping[str, int | None]


def best_of_total(rule: ScoringRule, asked: Collection[Item], answers: Answers) -> Total:
    """The mean over the categories with an answer; an estimate while any item lacks one."""
    missing = tuple(item.id for item in asked if answers.get(item.id) is None)
    added = {
        item.id: contribution(item, value)
        for item in asked
        if (value := answers.get(item.id)) is not None
    }
    scores = [score for group in rule.groups if (score := best(group, added)) is not None]
    if len(scores) < rule.groups_needed:
        return Total(INCOMPLETE, None, len(asked), missing)
    status = PRORATED if missing else COMPLETE
    return Total(status, _mean(scores, rule.decimals), len(asked), missing)


def best(group: BestOf, added: Answers) -> int | None:
    """The score of one category; None while none of its own items is answered."""
    given = [value for name in group.items if (value := added.get(name)) is not None]
    if not given:
        return None
    helped = any((added.get(name) or 0) > 0 for name in group.aids)
    return max(*given, RAISED_TO) if helped else max(given)


def joined_by_best(rule: ScoringRule, added: Mapping[str, int]) -> Decimal:
    """The result when every item that applies is answered."""
    scores = [score for group in rule.groups if (score := best(group, added)) is not None]
    return _mean(scores, rule.decimals)


def _mean(scores: Collection[int], decimals: int) -> Decimal:
    return rounded(Decimal(sum(scores)) / len(scores), decimals) if scores else Decimal(0)
