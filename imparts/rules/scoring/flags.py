"""Flags: the marks that a result carries, each by a rule of the instrument's file.

A flag on a score fires when the score reaches it or, on a form without a score, when the least
score that is still possible does. A flag on one answer does not depend on the rest of the form at
all. The two algorithms (PHQ-9 syndromes, DSM-5 for PCL-5) fire only on complete forms.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.instruments.definition import Flag, Instrument, Item
from imparts.rules.scoring.totals import COMPLETE, contribution

# DSM-5 for PCL-5: how many items of each cluster must be at least "Moderately".
PCL5_CLUSTERS = ((range(1, 6), 1), (range(6, 8), 1), (range(8, 15), 2), (range(15, 21), 2))
PCL5_SYMPTOM = 2

# PHQ-9 (source: CamCOPS): a symptom counts from "More than half the days", item 9 from any.
PHQ9_CORE = ("q1", "q2")
PHQ9_SYMPTOM = 2
PHQ9_ITEM9_SYMPTOM = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one form when its flags are worked out; answers that count only."""

    answers: Mapping[str, int]
    not_asked: frozenset[str]
    status: str
    score: Decimal | None
    lower: Decimal | None


def flags_of(instrument: Instrument, facts: Facts) -> tuple[str, ...]:
    """The codes of the flags that are met, in the order of the alphabet."""
    listed = (flag for flag in instrument.flags if not flag.only_alerts)
    met = (flag.code for flag in listed if RULES[flag.type](instrument, flag, facts))
    return tuple(sorted(met))


def _score_gte(instrument: Instrument, flag: Flag, facts: Facts) -> bool:
    surely = facts.lower if facts.score is None else facts.score
    return surely is not None and flag.value is not None and surely >= flag.value


def _item_gte(instrument: Instrument, flag: Flag, facts: Facts) -> bool:
    value = facts.answers.get(flag.item or "")
    return value is not None and flag.value is not None and value >= flag.value


def _item_missing(instrument: Instrument, flag: Flag, facts: Facts) -> bool:
    return flag.item not in facts.answers and flag.item not in facts.not_asked


def _subset_sum_gte(instrument: Instrument, flag: Flag, facts: Facts) -> bool:
    items = [instrument.by_id[name] for name in flag.items]
    surely = sum(
        contribution(item, facts.answers[item.id]) if item.id in facts.answers else item.lowest
        for item in items
        if item.id not in facts.not_asked
    )
    return flag.value is not None and surely >= flag.value


def _count_items_gte(instrument: Instrument, flag: Flag, facts: Facts) -> bool:
    names = flag.items or tuple(item.id for item in instrument.scored_items)
    values = [facts.answers[name] for name in names if name in facts.answers]
    least, wanted = flag.item_value or 0, flag.count or 0
    return sum(value >= least for value in values) >= wanted


def _phq9_algorithm(instrument: Instrument, flag: Flag, facts: Facts) -> bool:
    if facts.status != COMPLETE:
        return False
    symptoms = {
        item.id
        for item in instrument.scored_items
        if is_symptom(item, facts.answers.get(item.id, 0))
    }
    least, most = flag.least or 0, flag.most or 0
    return bool(symptoms.intersection(PHQ9_CORE)) and least <= len(symptoms) <= most


def is_symptom(item: Item, value: int) -> bool:
    """Whether an answer to PHQ-9 counts as a symptom."""
    return value >= (PHQ9_ITEM9_SYMPTOM if item.id == "q9" else PHQ9_SYMPTOM)


def _dsm5_pcl5(instrument: Instrument, flag: Flag, facts: Facts) -> bool:
    if facts.status != COMPLETE:
        return False
    return all(
        sum(facts.answers.get(f"q{number}", 0) >= PCL5_SYMPTOM for number in cluster) >= wanted
        for cluster, wanted in PCL5_CLUSTERS
    )


RULES: dict[str, Callable[[Instrument, Flag, Facts], bool]] = {
    "score_gte": _score_gte,
    "item_gte": _item_gte,
    "item_missing": _item_missing,
    "subset_sum_gte": _subset_sum_gte,
    "count_items_gte": _count_items_gte,
    "phq9_algorithm": _phq9_algorithm,
    "dsm5_pcl5": _dsm5_pcl5,
}
