"""Alerting: which answers of a sitting a person must hear of at once (hazard H1).

Our own instruments say it in their files, forms in the review of a named person. That a question
about harm was declined is heard of too, whoever wrote it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.harm import HarmRule
from imparts.rules.instruments.definition import Flag, Instrument
from imparts.rules.packs.asking import Given, Question

POSITIVE, DECLINED = "positive", "declined"
GRAVEST_TIER = "A"


@dataclass(frozen=True, slots=True)
class Watched:
    """Every question of a sitting that may raise an alert by itself, by instrument and item."""

    flags: Mapping[tuple[str, str], tuple[Flag, ...]]
    rules: Mapping[tuple[str, str], tuple[FormItem, HarmRule]]
    tiers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The tier of each flag that raises an alert, by instrument and flag."""

    @property
    def calls_somebody(self) -> bool:
        """Whether any question may raise an alert for which a person is called."""
        flags = ((key[0], flag.code) for key, found in self.flags.items() for flag in found)
        return bool(self.rules) or any(
            self.tiers.get(flag, GRAVEST_TIER) == GRAVEST_TIER for flag in flags
        )

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

    def tier(self, question: Question, given: Given | None) -> str:
        """A, B or C as the file of the instrument says; A for forms, and when in doubt.

        Not reached (given is None) counts as not answered.
        """
        if question.key not in self.flags:
            return GRAVEST_TIER
        asked = given if given is not None else Given(None, declined=True)
        met = [flag for flag in self.flags[question.key] if _is_met(flag, asked)]
        return min((self._tier_of(question, flag) for flag in met), default=GRAVEST_TIER)

    def _tier_of(self, question: Question, flag: Flag) -> str:
        return self.tiers.get((question.instrument, flag.code), GRAVEST_TIER)

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
    tiers = {
        (key, rule.flag): rule.tier
        for key, instrument in instruments.items()
        for rule in instrument.alerts
    }
    return Watched(flags, rules, tiers)


def _kind(flags: Iterable[Flag], given: Given) -> str:
    for flag in flags:
        if _is_met(flag, given):
            return POSITIVE if flag.type == "item_gte" else DECLINED
    return ""


def _is_met(flag: Flag, given: Given) -> bool:
    if flag.type == "item_gte":
        return given.value is not None and given.value >= (flag.value or 0)
    return flag.type == "item_missing" and given.declined
