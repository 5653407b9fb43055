"""Observations: final only when complete, an estimate says so, and nothing is graded as a risk."""

import random
from dataclasses import replace
from typing import Any

import pytest

from imparts.gateway.fhir.observation import observations_of
from imparts.rules.scoring.score import score
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir.samples import (
    ABOUT,
    a_context,
    complete_answers,
    every_instrument,
    every_scored_instrument,
)

Json = dict[str, Any]

SEVEN_OF_NINE = {f"q{number}": 1 for number in range(1, 8)}


def observed(name: str, answers: dict[str, Any], **options: Any) -> list[Json]:
    """The observations of one response."""
    instrument = every_scored_instrument()[name]
    result = score(instrument, answers, options.pop("context", {}))
    return observations_of(instrument, result, about=options.pop("about", ABOUT), **options)


def components(observation: Json) -> dict[str, Any]:
    """The values of the components by the last part of their codes."""
    return {
        one["code"]["coding"][0]["code"]: one.get("valueBoolean")
        if "valueBoolean" in one
        else one["valueQuantity"]["value"]
        for one in observation.get("component", [])
    }


@pytest.mark.parametrize("name", sorted(every_scored_instrument()))
def test_every_worked_case_is_valid_by_all_checkers(name: str) -> None:
    instrument = every_scored_instrument()[name]
    cases = [(dict(one.answers), dict(one.context)) for one in instrument.examples]
    chance = random.Random(name)
    for gone in range(4):
        context = a_context(instrument, chance)
        answers = complete_answers(instrument, context, chance)
        cases.append((dict(list(answers.items())[gone:]), context))
    for answers, context in cases:
        result = score(instrument, answers, context)
        found = observations_of(instrument, result, about=ABOUT, declined=result.missing)
        assert [said for one in found for said in problems(one)] == []
        assert len({one["id"] for one in found}) == len(found) == 1 + len(result.subscales)
        assert (found[0]["status"] == "final") is result.is_complete


def test_a_complete_score_is_final_with_its_codes_value_and_band() -> None:
    (found,) = observed("phq9", {f"q{number}": 2 for number in range(1, 10)})
    assert found["status"] == "final"
    assert [one["code"] for one in found["code"]["coding"]] == [
        "44261-6",
        "720433000",
        "phq9.total",
    ]
    assert found["valueQuantity"]["value"] == 18
    band = found["interpretation"][0]
    assert band["coding"][0]["code"] == "phq9.moderately_severe"
    assert band["text"] == "Moderately severe"
    assert found["referenceRange"][0]["text"] == "None/minimal"
    assert found["derivedFrom"] == [{"reference": f"QuestionnaireResponse/{ABOUT.response_id}"}]


def test_an_estimate_is_preliminary_says_so_and_has_its_bounds() -> None:
    (found,) = observed("phq9", SEVEN_OF_NINE)
    assert found["status"] == "preliminary"
    assert found["valueQuantity"]["value"] == 9
    assert found["note"][0]["text"] == "estimated, 7 of 9 answered"
    assert found["interpretation"][0]["text"] == "Mild, from an estimated score"
    said = components(found)
    assert (said["phq9.total.least"], said["phq9.total.greatest"]) == (7, 13)


def test_without_a_score_there_is_a_reason_and_no_value() -> None:
    answers = {"q1": 2, "q2": 2, "q3": 2, "q7": 0, "q8": 0, "q9": 1}
    (found,) = observed("phq9", answers)
    assert found["status"] == "preliminary"
    assert "valueQuantity" not in found
    assert "interpretation" not in found
    assert found["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert found["note"][0]["text"] == "no score, 6 of 9 answered"
    assert components(found)["phq9.total.greatest"] == 16


def test_a_score_that_was_declined_says_so() -> None:
    (all_of_it,) = observed("gad2", {"q1": 1}, declined={"q2"})
    assert all_of_it["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"
    (part_of_it,) = observed("gad2", {}, declined={"q2"})
    assert part_of_it["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def test_the_flag_about_harm_is_there_whatever_the_total_and_says_what_to_do() -> None:
    (found,) = observed("phq9", {"q9": 1})
    flags = {one["code"]["coding"][0]["code"]: one["code"]["text"] for one in found["component"]}
    assert flags["phq9_item9_positive"] == "Talk with the patient before they leave"
    (declined,) = observed("phq9", {**SEVEN_OF_NINE, "q8": 1}, declined={"q9"})
    assert components(declined)["phq9_item9_not_answered"] is True


def test_a_question_about_harm_left_open_is_told_where_no_published_result_lists_it() -> None:
    (declined,) = observed("core10", {"q1": 1}, declined={"q6"})
    assert components(declined)["core10_item6_not_answered"] is True
    (answered,) = observed("core10", {"q6": 0})
    assert "core10_item6_not_answered" not in components(answered)


def test_a_category_is_a_coded_value() -> None:
    (found,) = observed("smoking_core", {"q1": 3, "q2": 2})
    assert found["valueCodeableConcept"]["coding"][0]["code"] == "smoking_core.daily"
    assert found["valueCodeableConcept"]["text"] == "every day"


def test_a_profile_is_text_and_never_a_sum() -> None:
    eq5d = every_instrument()["eq5d5l"]
    answers = {item.id: min(number + 1, 5) for number, item in enumerate(eq5d.scored_items)}
    found = observed("eq5d5l", answers)[0]
    assert found["valueString"] == "12345"


def test_subscales_are_observations_of_their_own_under_one_that_lists_them() -> None:
    hads = every_instrument()["hads"]
    whole, *parts = observed("hads", {item.id: 3 for item in hads.items})
    assert [one["reference"] for one in whole["hasMember"]] == [
        f"Observation/{part['id']}" for part in parts
    ]
    assert not any(name.startswith(("value", "dataAbsent")) for name in whole)
    assert {part["code"]["coding"][0]["code"] for part in parts} == {
        "hads.anxiety",
        "hads.depression",
    }
    assert parts[0]["interpretation"][0]["coding"][0]["code"].startswith("hads.anxiety.")


def test_one_subscale_can_be_final_while_the_other_is_not() -> None:
    rule = every_instrument()["hads"].scoring.subscales[0]
    whole, first, second = observed("hads", dict.fromkeys(rule.items, 1))
    assert [one["status"] for one in (whole, first, second)] == [
        "preliminary",
        "final",
        "preliminary",
    ]


def test_k10_goes_out_from_10_to_50_and_beside_it_from_0_to_40_under_its_own_code() -> None:
    k10 = every_instrument()["k10"]
    (found,) = observed("k10", {item.id: 2 for item in k10.items})
    assert found["valueQuantity"]["value"] == 20
    assert "720211004" not in str(found["code"])
    assert components(found)["720211004"] == 10


def test_a_mean_keeps_its_decimals_and_its_bands_their_own() -> None:
    (found,) = observed("peg", {"q1": 3, "q2": 3, "q3": 4})
    assert found["valueQuantity"]["value"] == 3.3
    assert found["referenceRange"][0]["high"]["value"] == 3.94


@pytest.mark.parametrize(
    ("of_response", "of_result"),
    [
        ("completed", "final"),
        ("amended", "amended"),
        ("in-progress", "preliminary"),
        ("entered-in-error", "entered-in-error"),
    ],
)
def test_the_status_follows_the_responses(of_response: str, of_result: str) -> None:
    about = replace(ABOUT, status=of_response)
    assert observed("gad2", {"q1": 1, "q2": 1}, about=about)[0]["status"] == of_result


def test_an_amended_response_with_answers_missing_is_still_preliminary() -> None:
    about = replace(ABOUT, status="amended")
    assert observed("gad2", {"q1": 1}, about=about)[0]["status"] == "preliminary"


def test_audit_c_says_that_it_was_asked_in_uk_units() -> None:
    (found,) = observed("auditc", {"q1": 0})
    assert any("UK units" in note["text"] for note in found["note"])


def test_nothing_is_called_a_high_risk() -> None:
    for name, instrument in every_scored_instrument().items():
        highest = {item.id: item.highest for item in instrument.items if item.options}
        assert "high risk" not in str(observed(name, highest)).casefold()
