"""Harm: what a named person's review of a form says of each question about harm (hazard H1).

Which answers are positive is what the review says. That declining such a question is heard of too
stands in rules/packs/alerting.py, so that no review can leave it out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imparts.rules.forms.definition import FormItem
from imparts.rules.forms.harm_review import is_positive
from imparts.rules.forms.values import Value


@dataclass(frozen=True, slots=True)
class HarmRule:
    """One question about harm: which answers raise an alert, and what it tells staff."""

    link_id: str
    positive: Mapping[str, Any]
    words: str
    short_words: str

    def is_met_by(self, item: FormItem, values: Iterable[Value]) -> bool:
        """Whether the answers to its question are such that somebody must hear of them."""
        return is_positive(item, self.positive, values)


def harm_rules(items: Sequence[Mapping[str, Any]]) -> tuple[HarmRule, ...]:
    """The rules of a review that was checked and kept."""
    return tuple(
        HarmRule(one["item"], dict(one["positive"]), one["words"], one["short_words"])
        for one in items
        if one["asks_about_harm"]
    )
