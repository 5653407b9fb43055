"""Alerting: which answers of a sitting a person must hear of at once (hazard H1).

Our own instruments say it in their files, forms in the review of a named person. That a question
about harm was declined is heard of too, whoever wrote it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.harm import HarmRule
from imparts.rules.instruments.definition import Flag, Instrument
from imparts.rules.packs.asking import Given, Question

POSITIVE, DECLINED = "positive", "declined"


@dataclass(frozen=True, slots=True)
class Watched:
    """Every question of a sitting that may raise an alert by itself, by instrument and item."""

    flags: Mapping[tuple[str, str], tuple[Flag, ...]]
    rules: Mapping[tuple[str, str], tuple[FormItem, HarmRule]]

    def watches(self, question: Question) -> bool:
        """Whether an answer to this question may raise an alert."""
        return question.key in self.flags or self.rule_of(question) is not None

    def rule_of(self, question: Question) -> HarmRule | None:
        """What the review of a form says of a question."""
        found = self._of_form(question)
        return found[1] if found else None

    def kind(self, question: Question, given: Given) -> str:
        """ "positive", "declined", or "" when nobody need hear of it."""
        if question.key in self.flags:
            return _kind(self.flags[question.key], given)
        found = self._of_form(question)
        if found is None:
            return ""
        if given.declined:
            return DECLINED
        item, rule = found
        return POSITIVE if rule.is_met_by(item, given.entered or ()) else ""

    def _of_form(self, question: Question) -> tuple[FormItem, HarmRule] | None:
        if question.screen is None:
            return None
        return self.rules.get((question.instrument, question.screen.item.link_id))


def watched(
    instruments: Mapping[str, Instrument],
    forms: Mapping[str, tuple[Form, Iterable[HarmRule]]] | None = None,
) -> Watched:
    """The questions about harm of some instruments, and of forms with their reviews."""
    flags: dict[tuple[str, str], tuple[Flag, ...]] = {}
    for key, instrument in instruments.items():
        on_alert = {rule.flag for rule in instrument.alerts}
        for flag in instrument.flags:
            if flag.code in on_alert and flag.item:
                flags[key, flag.item] = (*flags.get((key, flag.item), ()), flag)
    rules = {
        (key, rule.link_id): (form.by_id[rule.link_id], rule)
        for key, (form, found) in (forms or {}).items()
        for rule in found
    }
    return Watched(flags, rules)


def _kind(flags: Iterable[Flag], given: Given) -> str:
    for flag in flags:
        if flag.type == "item_gte" and given.value is not None and given.value >= (flag.value or 0):
            return POSITIVE
        if flag.type == "item_missing" and given.declined:
            return DECLINED
    return ""
