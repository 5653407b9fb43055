"""$validate, $populate and $extract: what is said, that nothing is stored, and for whom not."""

import json
from uuid import uuid4

import pytest

from imparts.informatics.questionnaires.models import Response
from imparts.informatics.results.models import ResponseScore
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.answers import PHQ9, WITH_ITEM_9, phq9, post
from tests.gateway.fhir_server.asking import Asked, known_at, words_of
from tests.gateway.fhir_server.clients import token_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "in_the_demo")]


def issues(answer) -> list[dict]:
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)["issue"]


# --- $validate ---


def test_what_is_right_is_said_to_be_right_and_not_stored(asked_clinic, send) -> None:
    answer = send("QuestionnaireResponse/$validate", verb="POST", body=phq9(known_at(asked_clinic)))
    assert [one["severity"] for one in issues(answer)] == ["information"]
    assert Response.objects.count() == 0


def test_every_fault_is_said_as_it_would_be_when_sent(asked_clinic, send) -> None:
    wrong = phq9(known_at(asked_clinic), status="in-progress")
    wrong["item"][2]["answer"] = [{"valueInteger": 9}]
    said = {one["expression"][0] for one in
            issues(send("QuestionnaireResponse/$validate", verb="POST", body=wrong))}  # fmt: skip
    refused = {one["expression"][0] for one in json.loads(post(send, wrong).content)["issue"]}
    assert said == refused and len(said) == 2


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"resourceType": "Flag", "status": "active", "code": {"text": "x"}}, "Flag"),
        ({"resourceType": "Flag", "status": "sleepy", "code": {"text": "x"},
          "subject": {"reference": "Patient/1"}}, "Flag.status"),
        ({"resourceType": "Flag", "status": "active", "code": {"text": "x"}, "colour": "red",
          "subject": {"reference": "Patient/1"}}, "Flag"),
        ({"resourceType": "Goal"}, "Goal"),
    ],
)  # fmt: skip
def test_any_type_is_looked_at(send, body, where) -> None:
    found = issues(send("Flag/$validate", verb="POST", body=body))
    assert where in [one["expression"][0] for one in found]


def test_parameters_around_a_resource_are_understood(asked_clinic, send) -> None:
    body = {
        "resourceType": "Parameters",
        "parameter": [{"name": "resource", "resource": phq9(known_at(asked_clinic))}],
    }
    found = issues(send("QuestionnaireResponse/$validate", verb="POST", body=body))
    assert found[0]["severity"] == "information"


def test_no_value_of_a_person_is_said_again(asked_clinic, send) -> None:
    wrong = phq9(known_at(asked_clinic), language="Thimblewick secret words", status="Thimblewick")
    said = send("QuestionnaireResponse/$validate", verb="POST", body=wrong).content.decode()
    assert "Thimblewick" not in said


# --- $populate ---


def populate(send: Asked, patient: str, url: str = PHQ9):
    parameter = [
        {"name": "canonical", "valueCanonical": url},
        {"name": "subject", "valueReference": {"reference": f"Patient/{patient}"}},
    ]
    body = {"resourceType": "Parameters", "parameter": parameter}
    return send("Questionnaire/$populate", verb="POST", body=body)


def test_an_empty_response_about_one_person_is_made(asked_clinic, send) -> None:
    amara = known_at(asked_clinic)
    post(send, phq9(amara, WITH_ITEM_9))
    answer = populate(send, str(amara.pk))
    assert answer.status_code == 200, answer.content
    (parameter,) = json.loads(answer.content)["parameter"]
    response = parameter["resource"]
    assert problems(response) == []
    assert response["subject"]["reference"] == f"Patient/{amara.pk}"
    assert not any("answer" in item for item in response["item"])
    assert Response.objects.count() == 1


def test_for_nobody_and_for_an_unknown_questionnaire_nothing_is_made(
    asked_clinic, elsewhere, send
) -> None:
    for patient, url in ((uuid4(), PHQ9), (known_at(elsewhere).pk, PHQ9),
                         (known_at(asked_clinic).pk, "https://other.example/q")):  # fmt: skip
        assert populate(send, str(patient), url).status_code == 422


# --- $extract ---


def test_answers_are_extracted_as_they_would_be_scored_and_nothing_is_stored(
    asked_clinic, send
) -> None:
    amara = known_at(asked_clinic)
    body = phq9(amara, WITH_ITEM_9)
    bundle = send.json("QuestionnaireResponse/$extract", verb="POST", body=body)
    assert Response.objects.count() == ResponseScore.objects.count() == 0
    (worked_out,) = [one["resource"] for one in bundle["entry"]]
    made = json.loads(post(send, body).content)
    stored = send.json(f"QuestionnaireResponse/{made['id']}/$extract", verb="POST")
    (kept,) = [one["resource"] for one in stored["entry"]]
    assert problems(worked_out) == problems(kept) == []
    for element in ("code", "valueQuantity", "interpretation", "referenceRange", "status"):
        assert worked_out[element] == kept[element]


def test_a_response_of_another_clinic_is_not_extracted(asked_clinic, send, elsewhere) -> None:
    made = json.loads(post(send, phq9(known_at(asked_clinic))).content)
    theirs = Asked(token_for(scopes="system/*.cruds", services=[elsewhere]))
    answer = theirs(f"QuestionnaireResponse/{made['id']}/$extract", verb="POST")
    assert answer.status_code == 404


def test_extraction_names_what_is_wrong(asked_clinic, send) -> None:
    wrong = phq9(known_at(asked_clinic), item=[])
    answer = send("QuestionnaireResponse/$extract", verb="POST", body=wrong)
    assert answer.status_code == 422 and "empty" in words_of(answer)
