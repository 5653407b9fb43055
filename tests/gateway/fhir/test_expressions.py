"""The expressions that leave, worked out by an engine that is not ours, give what score() gives.

fhirpathpy evaluates each expression as it stands in the exported Questionnaire, on the response
alone and without any function of ours, over random forms: most of them complete, some with answers
missing, some with answers that contradict others. Results are written into the response one after
another, as a form filler does, because a band is worked out from the score.
"""

import json
import random
from typing import Any

import pytest

from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.choices import Choices
from imparts.gateway.fhir.extensions import CALCULATED
from imparts.gateway.fhir.questionnaire import questionnaire_of
from imparts.gateway.fhir.response import response_of
from imparts.rules.scoring.score import score
from tests.gateway.fhir.checkers import expression
from tests.gateway.fhir.samples import (
    ABOUT,
    TODAY,
    a_context,
    complete_answers,
    every_scored_instrument,
)

Json = dict[str, Any]

COMPLETE_FORMS = 75
BROKEN_FORMS = 15


def calculated(resource: Json) -> dict[str, tuple[str, str]]:
    """The type and the expression of each calculated item, in order."""
    return {
        item["linkId"]: (item["type"], extension["valueExpression"]["expression"])
        for item in resource["item"]
        for extension in item.get("extension", [])
        if extension["url"] == CALCULATED
    }


def filled_in(questionnaire: Json, response: Json) -> Json:
    """The results that fhirpathpy works out, by linkId."""
    filled = json.loads(json.dumps(response))
    found = {}
    for link_id, (kind, fhirpath) in calculated(questionnaire).items():
        results = expression(fhirpath)(filled, {"resource": filled})
        assert len(results) <= 1
        if results:
            value = results[0] if kind == "string" else float(results[0])
            assert kind != "integer" or value == int(value)
            found[link_id] = value
            answer = {f"value{kind.capitalize()}": value}
            filled["item"].append({"linkId": link_id, "answer": [answer]})
    return found


def said_by_us(response: Json) -> Json:
    """The results that our own response holds, by linkId."""
    return {
        item["linkId"]: next(iter(item["answer"][0].values()))
        for item in response["item"]
        if item["linkId"].startswith("result.")
    }


def without_results(response: Json) -> Json:
    """The response as a form filler would have it before it calculates."""
    kept = [item for item in response["item"] if not item["linkId"].startswith("result.")]
    return response | {"item": kept}


@pytest.mark.parametrize("name", sorted(every_scored_instrument()))
def test_a_complete_form_gives_our_score(name: str) -> None:
    instrument = every_scored_instrument()[name]
    questionnaire = questionnaire_of(instrument, on=TODAY)
    assert calculated(questionnaire)
    chance = random.Random(name)
    for _ in range(COMPLETE_FORMS):
        context = a_context(instrument, chance)
        answers = complete_answers(instrument, context, chance)
        result = score(instrument, answers, context)
        assert result.is_complete
        ours = response_of(instrument, answers, context, about=ABOUT, on=TODAY, score=result)
        assert said_by_us(ours), answers
        assert filled_in(questionnaire, without_results(ours)) == said_by_us(ours), answers


@pytest.mark.parametrize("name", sorted(every_scored_instrument()))
def test_a_missing_answer_leaves_the_result_empty_and_never_counts_as_zero(name: str) -> None:
    instrument = every_scored_instrument()[name]
    questionnaire = questionnaire_of(instrument, on=TODAY)
    chance = random.Random(name)
    empty = 0
    for _ in range(BROKEN_FORMS):
        context = a_context(instrument, chance)
        answers = complete_answers(instrument, context, chance)
        for gone in chance.sample(sorted(answers), k=min(len(answers), chance.randint(1, 3))):
            del answers[gone]
        result = score(instrument, answers, context)
        ours = response_of(
            instrument, answers, context, about=ABOUT, on=TODAY, score=result,
            declined=result.missing,
        )  # fmt: skip
        assert filled_in(questionnaire, without_results(ours)) == said_by_us(ours), answers
        empty += not said_by_us(ours)
    assert empty or len(instrument.scored_items) < len(instrument.items)


@pytest.mark.parametrize("name", ["auditc", "audit", "phq15", "wsas"])
def test_answers_to_questions_that_do_not_apply_are_not_added(name: str) -> None:
    instrument = every_scored_instrument()[name]
    questionnaire = questionnaire_of(instrument, on=TODAY)
    chance = random.Random(name)
    zeroes = 0
    for number in range(BROKEN_FORMS):
        context = a_context(instrument, chance)
        answers = {item.id: chance.choice(item.options).value for item in instrument.items}
        for deciding in ("q1", "q2", "q3")[: number % 4]:
            answers[deciding] = instrument.by_id[deciding].lowest
        facts = [
            {"linkId": f"fact.{name}", "answer": [{"valueBoolean": holds}]}
            for name, holds in context.items()
        ]
        everything = [
            {
                "linkId": item.id,
                "answer": [Choices(instrument, item, Addresses()).answer(answers[item.id])],
            }
            for item in instrument.items
        ]
        response = {"resourceType": "QuestionnaireResponse", "item": [*facts, *everything]}
        result = score(instrument, answers, context)
        assert filled_in(questionnaire, response)["result.score"] == result.score, answers
        zeroes += result.asked < len(instrument.items)
    assert zeroes


def test_an_answer_that_the_item_does_not_have_gives_no_score() -> None:
    gad2 = every_scored_instrument()["gad2"]
    response = response_of(gad2, {"q1": 1, "q2": 1}, {}, about=ABOUT, on=TODAY)
    response["item"][0]["answer"][0]["valueCoding"]["code"] = "LA0-0"
    assert filled_in(questionnaire_of(gad2, on=TODAY), response) == {}


@pytest.mark.parametrize(
    ("answers", "mean"), [((0, 0, 1), 0.3), ((0, 1, 1), 0.7), ((1, 2, 2), 1.7)]
)
def test_a_mean_is_rounded_as_ours_is(answers: tuple[int, ...], mean: float) -> None:
    peg = every_scored_instrument()["peg"]
    given = {f"q{number}": value for number, value in enumerate(answers, start=1)}
    response = response_of(peg, given, {}, about=ABOUT, on=TODAY)
    assert filled_in(questionnaire_of(peg, on=TODAY), response)["result.score"] == mean
