"""Which items apply, said twice: as enableWhen for whoever asks, as FHIRPath for whoever adds up.

A skip rule takes items away ("Never" at AUDIT question 1), a show_if brings one in. Nearly all are
plain enableWhen, which every form filler knows. FHIR's operator "!=" holds while a question has no
answer, and so does our rule: an open question takes nothing away. Only where two rules meet on one
item and one of them names several questions (AUDIT questions 4 to 8: not after "Never", and not
when questions 2 and 3 are both zero), enableWhen cannot say it, since it joins all of its lines by
"all" or all by "any"; there SDC's enableWhenExpression stands instead, never beside enableWhen.

A fact about the person ("periods not applicable") is a question of its own, answered by yes or no.
"""

from collections.abc import Mapping
from typing import Any

from imparts.gateway.fhir.choices import Choices
from imparts.gateway.fhir.extensions import ENABLE_WHEN, expression
from imparts.gateway.fhir.paths import among, answers_to, joined, quoted
from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import Instrument, Item, SkipRule

Json = dict[str, Any]


def fact_item(name: str) -> str:
    """The linkId of the question about a fact."""
    return f"fact.{name}"


class Applying:
    """The rules of one instrument about which of its items apply."""

    def __init__(self, instrument: Instrument, choices: Mapping[str, Choices]) -> None:
        self.skips = instrument.scoring.skips
        self.choices = choices

    def gone(self, item: Item) -> str:
        """FHIRPath that is true when an item does not apply; empty for one that always does."""
        reasons = [self._met(rule) for rule in self.skips if item.id in rule.skips]
        if item.show_if is not None:
            reasons.append(f"{self.holds(item.show_if)}.not()")
        return joined(reasons, "or") if reasons else ""

    def enabling(self, item: Item) -> Json:
        """The elements of a questionnaire item that say when it is asked."""
        needed = [self._unless(rule) for rule in self.skips if item.id in rule.skips]
        if item.show_if is not None:
            needed.append(self._if(item.show_if))
        if not needed:
            return {}
        if len(needed) == 1:
            return _enable_when(needed[0], "any")
        if all(len(one) == 1 for one in needed):
            return _enable_when([one[0] for one in needed], "all")
        said = "Asked unless one of the rules that take this question away is met."
        return {"extension": [expression(ENABLE_WHEN, f"{self.gone(item)}.not()", said)]}

    def holds(self, condition: Condition) -> str:
        """FHIRPath that is true once any of the answers fits."""
        return joined([self.answered(name, condition) for name in condition.items], "or")

    def answered(self, name: str, condition: Condition) -> str:
        """FHIRPath that is true once one item has an answer that fits."""
        return self._is_any_of(name, self._fitting(name, condition))

    def _met(self, rule: SkipRule) -> str:
        if rule.rule == "if_true":
            return (
                f"{answers_to([fact_item(rule.when_context or '')])}.where($this = true).exists()"
            )
        zero = joined([self._is_any_of(name, (0,)) for name in rule.when_items], "and")
        before = self.skips[: self.skips.index(rule)]
        earlier = [self._met(one) for one in before if set(one.skips) & set(rule.when_items)]
        return joined([*(f"{one}.not()" for one in earlier), zero], "and")

    def _is_any_of(self, name: str, values: tuple[int, ...]) -> str:
        choices = self.choices[name]
        if choices.is_number:
            wanted = [str(value) for value in values]
            found, one_of = "$this", f"({' | '.join(wanted)})"
        else:
            wanted = [quoted(self._code(name, value)) for value in values]
            found, one_of = "code", among(self._code(name, value) for value in values)
        same = f"{found} = {wanted[0]}" if len(wanted) == 1 else f"{found} in {one_of}"
        return f"{answers_to([name])}.where({same}).exists()"

    def _code(self, name: str, value: int) -> str:
        choices = self.choices[name]
        option = choices.item.option(value)
        return choices.code(option) if option else str(value)

    def _fitting(self, name: str, condition: Condition) -> tuple[int, ...]:
        values = (option.value for option in self.choices[name].item.options)
        if condition.at_least is not None:
            return tuple(value for value in values if value >= condition.at_least)
        return tuple(value for value in values if value in condition.one_of)

    def _unless(self, rule: SkipRule) -> list[Json]:
        if rule.rule == "if_true":
            question = fact_item(rule.when_context or "")
            return [{"question": question, "operator": "!=", "answerBoolean": True}]
        return [self._line(name, "!=", 0) for name in rule.when_items]

    def _if(self, condition: Condition) -> list[Json]:
        return [
            self._line(name, "=", value)
            for name in condition.items
            for value in self._fitting(name, condition)
        ]

    def _line(self, name: str, operator: str, value: int) -> Json:
        same = self.choices[name].same_as(value, "answer")
        return {"question": name, "operator": operator} | same


def _enable_when(lines: list[Json], behaviour: str) -> Json:
    return {"enableWhen": lines} | ({"enableBehavior": behaviour} if len(lines) > 1 else {})
