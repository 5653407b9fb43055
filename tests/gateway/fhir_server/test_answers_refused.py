"""Answers by FHIR that are refused: every fault named with its place, and nothing stored."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from imparts.informatics.questionnaires.models import Response
from imparts.library.models import ContentVersion
from tests.builders import NOON
from tests.gateway.fhir_server.answers import PHQ9, answered, phq9, post, stored
from tests.gateway.fhir_server.asking import known_at, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def _without(body: Any, *names: str) -> Any:
    return {name: part for name, part in body.items() if name not in names}


def _item(body: Any, place: int, item: Any) -> Any:
    body["item"][place] = item
    return body


OUT_OF_RANGE = {"linkId": "q2", "answer": [{"valueCoding": {"system": "http://loinc.org",
                                                            "code": "LA9999-9"}}]}  # fmt: skip
WRONG = {
    "no questionnaire": (lambda b: _without(b, "questionnaire"), "questionnaire"),
    "unknown questionnaire": (
        lambda b: b | {"questionnaire": "https://imparts.example/fhir/Questionnaire/nothing"},
        "questionnaire",
    ),
    "one of another site": (
        lambda b: b | {"questionnaire": "https://other.example/Questionnaire/phq9"},
        "questionnaire",
    ),
    "another version": (lambda b: b | {"questionnaire": f"{PHQ9}|1999"}, "questionnaire"),
    "not finished": (lambda b: b | {"status": "in-progress"}, "status"),
    "a correction": (lambda b: b | {"status": "amended"}, "status"),
    "in the future": (
        lambda b: b | {"authored": (NOON + timedelta(days=1)).isoformat()},
        "authored",
    ),
    "no answers": (lambda b: b | {"item": [{"linkId": "q1"}]}, "item"),
    "a code that the item does not have": (
        lambda b: _item(b, 1, OUT_OF_RANGE),
        "item[1].answer[0].valueCoding",
    ),
    "a number for a coded answer": (
        lambda b: _item(b, 1, {"linkId": "q2", "answer": [{"valueInteger": 2}]}),
        "item[1].answer[0]",
    ),
    "two answers": (
        lambda b: _item(b, 1, {"linkId": "q2", "answer": b["item"][1]["answer"] * 2}),
        "item[1].answer",
    ),
    "an unknown item": (lambda b: _item(b, 1, answered("q77", 1)), "item[1].linkId"),
    "the same item twice": (lambda b: _item(b, 1, answered("q1", 1)), "item[1].linkId"),
    "what was not to be asked": (
        lambda b: b | {"item": [*b["item"], {"linkId": "difficulty", "answer": [
            {"valueCoding": {"system": "http://loinc.org", "code": "LA6573-5"}}]}]},
        "item[9]",
    ),
    "a visit that is not theirs": (
        lambda b: b | {"encounter": {"reference": f"Encounter/{uuid4()}"}},
        "encounter",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_and_nothing_is_stored(asked_clinic, send, name) -> None:
    change, where = WRONG[name]
    before = stored()
    answer = post(send, change(phq9(known_at(asked_clinic))))
    assert answer.status_code == 422, answer.content
    said = json.loads(answer.content)
    assert f"QuestionnaireResponse.{where}" in [one["expression"][0] for one in said["issue"]]
    assert "LA6569" not in answer.content.decode() or "codes" in words_of(answer)
    assert stored() == before


def test_every_fault_is_named_at_once(asked_clinic, send) -> None:
    body = phq9(known_at(asked_clinic), status="in-progress")
    body["item"][0] = {"linkId": "q1", "answer": [{"valueInteger": 3}]}
    body["item"][1] = answered("q77", 1)
    said = json.loads(post(send, body).content)
    assert {one["expression"][0] for one in said["issue"]} == {
        "QuestionnaireResponse.status",
        "QuestionnaireResponse.item[0].answer[0]",
        "QuestionnaireResponse.item[1].linkId",
    }


def test_what_nobody_here_has_signed_is_refused(asked_clinic, send, settings) -> None:
    settings.IMPARTS_DEMO = False
    assert ContentVersion.objects.get(kind="instrument", key="phq9").signatures.count() == 0
    answer = post(send, phq9(known_at(asked_clinic)))
    assert answer.status_code == 422 and "signed" in words_of(answer)
    assert Response.objects.count() == 0
