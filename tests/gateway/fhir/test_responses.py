"""Responses: answered, declined, not reached and not asked never look alike."""

import random
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from imparts.gateway.fhir.addresses import SHIPPED_BASE
from imparts.gateway.fhir.response import response_of
from imparts.rules.instruments.answers import AnswerRefused
from imparts.rules.scoring.score import score
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir.samples import (
    ABOUT,
    TODAY,
    a_context,
    complete_answers,
    every_instrument,
    every_scored_instrument,
    kettle,
)

Json = dict[str, Any]

DECLINED = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "asked-declined",
        }
    ]
}


def answered(name: str, answers: dict[str, Any], **options: Any) -> Json:
    """A response to one instrument, with the results of its score."""
    instrument = every_scored_instrument()[name]
    result = score(instrument, answers, options.get("context", {}))
    return response_of(
        instrument, answers, options.pop("context", {}), about=ABOUT, on=TODAY, score=result,
        **options,
    )  # fmt: skip


def items(response: Json) -> dict[str, Json]:
    """The items by their linkIds."""
    return {item["linkId"]: item for item in response["item"]}


@pytest.mark.parametrize("name", sorted(every_scored_instrument()))
def test_every_worked_case_is_valid_by_all_checkers(name: str) -> None:
    instrument = every_scored_instrument()[name]
    cases = [(dict(one.answers), dict(one.context)) for one in instrument.examples]
    chance = random.Random(name)
    for _ in range(3):
        context = a_context(instrument, chance)
        cases.append((complete_answers(instrument, context, chance), context))
    for answers, context in cases:
        result = score(instrument, answers, context)
        for declined in ((), result.missing):
            response = response_of(
                instrument, answers, context, about=ABOUT, on=TODAY, score=result, declined=declined
            )
            assert problems(response) == []


def test_who_answered_when_and_which_version_of_what() -> None:
    response = answered("gad2", {"q1": 1, "q2": 2})
    gad2 = every_instrument()["gad2"]
    assert response["questionnaire"] == f"{SHIPPED_BASE}/Questionnaire/gad2|{gad2.version}"
    assert response["authored"] == "2026-11-22T09:30:00+00:00"
    assert response["subject"] == response["source"] == {"reference": "Patient/17"}
    assert response["author"] == {"reference": "Device/tablet-4"}
    assert response["encounter"] == {"reference": "Encounter/4"}
    assert response["status"] == "completed"


def test_answered_declined_not_reached_and_not_asked_never_look_alike() -> None:
    found = items(answered("auditc", {"q1": 2}, declined={"q2"}))
    assert found["q1"]["answer"][0]["valueCoding"]["code"] == "LA18927-6"
    assert found["q2"]["answer"] == [DECLINED]
    assert "answer" not in found["q3"]
    assert set(items(answered("auditc", {"q1": 0}))) == {"q1", "result.score", "result.score.band"}


def test_an_answer_given_before_it_was_ruled_out_is_not_sent() -> None:
    found = items(answered("auditc", {"q1": 0, "q2": 2, "q3": 1}))
    assert "q2" not in found
    assert found["result.score"]["answer"] == [{"valueInteger": 0}]


def test_an_answer_carries_what_it_counts() -> None:
    core10 = every_instrument()["core10"]
    answers = {item.id: 1 for item in core10.items}
    coding = items(answered("core10", answers))["q2"]["answer"][0]["valueCoding"]
    assert coding["code"] == "1"
    assert coding["display"] == core10.by_id["q2"].label(1)
    assert {one["valueDecimal"] for one in coding["extension"]} == {3}


def test_a_number_on_a_scale_is_a_number() -> None:
    assert items(answered("peg", {"q1": 2}))["q1"]["answer"] == [{"valueInteger": 2}]


def test_a_fact_about_the_person_is_sent() -> None:
    found = items(answered("phq15", {}, context={"periods_not_applicable": True}))
    fact = found["fact.periods_not_applicable"]
    assert fact["answer"] == [{"valueBoolean": True}]
    assert "q4" not in found


def test_an_estimate_is_no_result_of_the_form() -> None:
    seven = {f"q{number}": 1 for number in range(1, 8)}
    assert score(every_instrument()["phq9"], seven).is_estimate
    assert "result.score" not in items(answered("phq9", seven))


def test_a_complete_subscale_is_sent_while_another_is_open() -> None:
    hads = every_instrument()["hads"]
    rule = hads.scoring.subscales[0]
    found = items(answered("hads", dict.fromkeys(rule.items, 1)))
    assert f"result.{rule.name}" in found
    assert f"result.{hads.scoring.subscales[1].name}" not in found


def test_an_answer_that_the_instrument_does_not_have_is_refused() -> None:
    with pytest.raises(AnswerRefused):
        response_of(every_instrument()["gad2"], {"q1": 9}, {}, about=ABOUT, on=TODAY)


def test_written_words_are_sent_as_they_were_written() -> None:
    fft = every_instrument()["fft"]
    free = next(item.id for item in fft.items if item.free_text)
    written = "Kind <b>staff</b> & a long wait"
    response = response_of(fft, {"q1": 1, free: written}, {}, about=ABOUT, on=TODAY)
    assert items(response)[free]["answer"] == [{"valueString": written}]
    assert problems(response) == []


def test_a_response_in_another_language_holds_the_words_that_were_read() -> None:
    response = response_of(kettle("cy"), {"q1": 1}, {}, about=ABOUT, on=TODAY)
    assert response["language"] == "cy"
    first = items(response)["q1"]
    assert first["text"] == "[second language] Slow to boil"
    assert first["answer"][0]["valueCoding"]["display"] == "[1] Once"


def test_a_response_leaves_without_the_words_once_the_licence_has_ended() -> None:
    answers = {"q1": 1, "q2": 2, "q3": 0, "q4": 4}
    response = response_of(kettle(), answers, {}, about=ABOUT, on=date(2027, 4, 1))
    assert "kettle was slow" not in str(response)
    first = items(response)["q1"]["answer"][0]["valueCoding"]
    assert (first["code"], first.get("display")) == ("1", None)
    assert items(response)["q4"]["answer"] == [{"valueInteger": 4}]
    assert problems(response) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"response_id": "a b"},
        {"response_id": "x" * 65},
        {"patient": "17"},
        {"patient": ""},
        {"author": "tablet 4"},
        {"status": "done"},
        {"authored_at": datetime(2026, 11, 22, 9, 30)},
    ],
)
def test_facts_that_fhir_would_not_take_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(ABOUT, **wrong)
