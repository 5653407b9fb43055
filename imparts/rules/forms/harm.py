"""Harm: from a named person's review of a form to the alerts that its answers raise (hazard H1).

Which answers are positive is what the review says. That declining such a question is heard of too
stands here in code, so that no review can leave it out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.harm_review import HarmNotConfirmed, check_review
from imparts.rules.forms.harm_review import is_positive as answers_are_positive
from imparts.rules.forms.values import Value

DECLINED = "Ask in person: {item}"


@dataclass(frozen=True, slots=True)
class HarmRule:
    """One question about harm: which answers raise an alert, and what it tells staff."""

    link_id: str
    positive: Mapping[str, Any]
    words: str
    short_words: str

    @property
    def declined_words(self) -> str:
        """What staff are told when the question was asked and not answered."""
        return DECLINED.format(item=self.link_id)


def harm_rules(items: Sequence[Mapping[str, Any]]) -> tuple[HarmRule, ...]:
    """The rules of a review that was checked and kept."""
    return tuple(
        HarmRule(one["item"], dict(one["positive"]), one["words"], one["short_words"])
        for one in items
        if one["asks_about_harm"]
    )


def check_harm_rules(
    form: Form, suspects: Iterable[str], items: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """What a review still leaves open, in sentences; none when a form may be asked with it."""
    try:
        check_review(form, suspects, items)
    except HarmNotConfirmed as open_:
        return (str(open_),)
    return ()


def is_positive(rule: HarmRule, item: FormItem, values: Iterable[Value]) -> bool:
    """Whether the answers to a question about harm are such that somebody must hear of them."""
    return answers_are_positive(item, rule.positive, values)


def is_declined(values: Iterable[Value], *, was_asked: bool) -> bool:
    """Whether a question about harm was asked and left without an answer."""
    return was_asked and not tuple(values)
