"""Which questions are asked: enableWhen, read as FHIR R4 defines it, agrees with our own branching.

The reader of enableWhen here is written from FHIR's definition of its operators and knows nothing
of our rules; enableWhenExpression is evaluated by fhirpathpy.
"""

import random
from typing import Any

import pytest

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.choices import Choices
from imparts.gateway.fhir.extensions import ENABLE_WHEN
from imparts.gateway.fhir.questionnaire import questionnaire_of
from imparts.rules.instruments.branching import items_to_ask
from imparts.rules.instruments.definition import Instrument
from tests.gateway.fhir.checkers import expression
from tests.gateway.fhir.samples import TODAY, a_context, every_instrument

Json = dict[str, Any]


def branching() -> list[str]:
    """The instruments of which a question can fall away."""
    return sorted(
        name
        for name, one in every_instrument().items()
        if one.scoring.skips or any(item.show_if for item in one.items)
    )


def is_enabled(item: Json, answered: dict[str, Any], resource: Json) -> bool:
    """Whether an item is asked, by FHIR's own words."""
    for extension in item.get("extension", []):
        if extension["url"] == ENABLE_WHEN:
            fhirpath = extension["valueExpression"]["expression"]
            return expression(fhirpath)(resource, {"resource": resource}) == [True]
    met = [_is_met(line, answered) for line in item.get("enableWhen", [])]
    if not met:
        return True
    return all(met) if item.get("enableBehavior") == "all" else any(met)


def _is_met(line: Json, answered: dict[str, Any]) -> bool:
    wanted = next(value for name, value in line.items() if name.startswith("answer"))
    given = answered.get(line["question"])
    same = given is not None and _bare(given) == _bare(wanted)
    return same if line["operator"] == "=" else not same


def _bare(value: Any) -> Any:
    return (value["system"], value["code"]) if isinstance(value, dict) else value


def answers_in_fhir(instrument: Instrument, given: Json, context: Json) -> dict[str, Any]:
    """The answers by linkId, as FHIR values."""
    made = {f"fact.{name}": {"valueBoolean": holds} for name, holds in context.items()}
    for name, value in given.items():
        made[name] = Choices(instrument, instrument.by_id[name], Addresses()).answer(value)
    return made


def some_answers(instrument: Instrument, chance: random.Random) -> Json:
    """A few answers, zero more often than not, so that rules are met."""
    return {
        item.id: chance.choice([item.options[0].value, chance.choice(item.options).value])
        for item in instrument.items
        if item.options and chance.random() < 0.8
    }


def test_there_are_instruments_that_branch() -> None:
    assert {"audit", "auditc", "phq9", "phq15", "smoking_core"} <= set(branching())


@pytest.mark.parametrize("name", branching())
def test_the_same_questions_are_asked_elsewhere(name: str) -> None:
    instrument = every_instrument()[name]
    questionnaire = questionnaire_of(instrument, on=TODAY)
    ours = [item.id for item in instrument.items]
    chance = random.Random(name)
    fell_away = 0
    for _ in range(60):
        context = a_context(instrument, chance)
        given = some_answers(instrument, chance)
        asked = [item.id for item in items_to_ask(instrument, given, context)]
        # A filler drops the answers to questions that are not asked, and looks again.
        kept = {name: value for name, value in given.items() if name in asked}
        found = answers_in_fhir(instrument, kept, context)
        values = {name: next(iter(value.values())) for name, value in found.items()}
        resource = {
            "resourceType": "QuestionnaireResponse",
            "item": [{"linkId": name, "answer": [value]} for name, value in found.items()],
        }
        enabled = [
            item["linkId"]
            for item in questionnaire["item"]
            if item["linkId"] in ours and is_enabled(item, values, resource)
        ]
        assert enabled == [item.id for item in items_to_ask(instrument, kept, context)]
        fell_away += len(enabled) < len(ours)
    assert fell_away
