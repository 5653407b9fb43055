"""Answered: the answers in a QuestionnaireResponse to one of our instruments, or every fault in it.

Nothing is guessed. A coded answer must be one of the item's own codes, a number must stand where
the item has numbers, and an answer to a question that was not to be asked is refused. What the
sender worked out (the "result." items) is left aside: scores are worked out here. An item without
an answer was not reached, and one with asked-declined was declined, as response.py writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from imparts.gateway.fhir.addresses import LOINC, Addresses
from imparts.gateway.fhir.asked import Asked
from imparts.gateway.fhir.choices import Choices
from imparts.gateway.fhir.response import DECLINED
from imparts.gateway.fhir.structure import Fault
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.instruments.answers import LONGEST_TEXT
from imparts.rules.instruments.branching import items_to_ask
from imparts.rules.instruments.definition import Instrument

Json = dict[str, Any]

ROOT = "QuestionnaireResponse"


@dataclass
class Answers:
    """What was answered, what was declined, and everything that is wrong."""

    values: dict[str, int | str] = field(default_factory=dict)
    declined: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, code: str, says: str, where: str) -> None:
        """One more fault."""
        self.faults.append(Fault(code, says, where))


def answers_in(
    resource: Mapping[str, Any], instrument: Instrument, addresses: Addresses | None = None
) -> Answers:
    """The answers of a response; its shape has been checked before."""
    asked = Asked(instrument, addresses or Addresses())
    found, seen = Answers(), dict[str, str]()
    for number, item in enumerate(resource.get("item", [])):
        where = f"{ROOT}.item[{number}]"
        link_id = str(item.get("linkId", ""))
        if link_id in seen:
            found.wrong("duplicate", "This question is answered twice.", f"{where}.linkId")
            continue
        seen[link_id] = where
        _take(asked, link_id, item, where, found)
    if not found.values and not found.declined and not found.faults:
        found.wrong("required", "There is no answer in this response.", f"{ROOT}.item")
    _refuse_what_was_not_asked(instrument, found, seen)
    return found


def _take(asked: Asked, link_id: str, item: Json, where: str, found: Answers) -> None:
    if link_id in ("stem", "notice") or link_id.startswith("result."):
        return
    if link_id.removeprefix("fact.") in asked.facts():
        _refuse_a_fact(item, where, found)
        return
    choices = asked.choices.get(link_id)
    if choices is None:
        known = ", ".join(asked.choices)
        says = f"This is no item of {asked.instrument.id}; its items are {known}."
        found.wrong("not-found", says, f"{where}.linkId")
        return
    if "item" in item:
        found.wrong("structure", "Items do not stand inside this question.", f"{where}.item")
    given = item.get("answer", [])
    if len(given) > 1:
        found.wrong("structure", "This question takes one answer.", f"{where}.answer")
    elif given:
        _answer(asked, choices, link_id, given[0], f"{where}.answer[0]", found)


def _answer(
    asked: Asked, choices: Choices, link_id: str, answer: Json, where: str, found: Answers
) -> None:
    values = [name for name in answer if name.startswith("value")]
    if not values:
        if _reason(answer) == DECLINED:
            found.declined.append(link_id)
        return
    if choices.is_text:
        _text(choices, answer, where, found)
    elif choices.is_number:
        _number(asked, choices, answer, where, found)
    else:
        _coded(asked, choices, answer, where, found)


def _text(choices: Choices, answer: Json, where: str, found: Answers) -> None:
    words = answer.get("valueString")
    if not isinstance(words, str):
        found.wrong("value", "This question is answered by valueString.", where)
    elif len(words) > LONGEST_TEXT:
        says = f"This text is longer than {LONGEST_TEXT} characters."
        found.wrong("too-long", says, f"{where}.valueString")
    else:
        found.values[choices.item.id] = words


def _number(asked: Asked, choices: Choices, answer: Json, where: str, found: Answers) -> None:
    value = answer.get("valueInteger")
    if type(value) is not int:
        found.wrong("value", "This question is answered by valueInteger.", where)
    elif choices.item.option(value) is None:
        found.wrong("value", _which(asked, choices), f"{where}.valueInteger")
    else:
        found.values[choices.item.id] = value


def _coded(asked: Asked, choices: Choices, answer: Json, where: str, found: Answers) -> None:
    coding = answer.get("valueCoding")
    if not isinstance(coding, dict):
        found.wrong("value", "This question is answered by valueCoding.", where)
        return
    item = choices.item
    ours = asked.addresses.answers(asked.instrument, item.id)
    codes = {(ours, str(option.value)): option.value for option in item.options}
    codes |= {(LOINC, option.code): option.value for option in item.options if option.code}
    codes |= {(choices.system, choices.code(option)): option.value for option in item.options}
    value = codes.get((coding.get("system", ""), coding.get("code", "")))
    if value is None:
        found.wrong("code-invalid", _which(asked, choices), f"{where}.valueCoding")
    else:
        found.values[item.id] = value


def _which(asked: Asked, choices: Choices) -> str:
    item = choices.item
    if choices.is_number:
        return f"{item.id} of {asked.instrument.id} runs from {item.lowest} to {item.highest}."
    codes = ", ".join(choices.code(option) for option in item.options)
    return f"{item.id} of {asked.instrument.id} has the codes {codes} of {choices.system}."


def _refuse_a_fact(item: Json, where: str, found: Answers) -> None:
    """No facts are asked here, and one that takes questions away would change the score."""
    answers = item.get("answer", [])
    if any(one.get("valueBoolean") is not False for one in answers):
        says = "This fact is not taken in here. Send the answers without it, or false."
        found.wrong("not-supported", says, where)


def _refuse_what_was_not_asked(
    instrument: Instrument, found: Answers, seen: Mapping[str, str]
) -> None:
    numbers = {name: value for name, value in found.values.items() if isinstance(value, int)}
    asked = {item.id for item in items_to_ask(instrument, numbers, {})}
    for name in [*found.values, *found.declined]:
        if name not in asked:
            says = f"{name} is not asked after the other answers. Leave it out."
            found.wrong("business-rule", says, seen[name])


def _reason(answer: Json) -> str:
    extensions = answer.get("extension", [])
    said = [one.get("valueCode", "") for one in extensions if one.get("url") == v.ABSENT_REASON]
    return str(said[0]) if said else ""
