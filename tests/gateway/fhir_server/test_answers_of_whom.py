"""Whose answers are taken by FHIR, whose are not, and who is said to have sent them."""

import json
from uuid import uuid4

import pytest

from imparts.gateway.fhir.identifiers import system_of
from imparts.informatics.questionnaires.models import (
    Invitation,
    Response,
)
from imparts.pathways.models import Alert
from imparts.people import actions as people
from imparts.people.models import Patient
from tests.apps.informatics.questionnaires.a_form import CUPS, HARM, HOW, KEY, kettle_clinic
from tests.builders import NOON
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.answers import phq9, post, stored
from tests.gateway.fhir_server.asking import Asked, known_at, matches
from tests.gateway.fhir_server.clients import token_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_a_merged_record_leads_to_the_one_that_survived(asked_clinic, send) -> None:
    amara, double = known_at(asked_clinic), known_at(asked_clinic)
    people.merge(loser=double, survivor=amara, by="test", why="the same person", at=NOON)
    assert post(send, phq9(double)).status_code == 201
    assert Response.objects.get().patient_id == amara.pk


def test_for_nobody_and_for_someone_elses_patient_nothing_is_stored(
    asked_clinic, elsewhere, send
) -> None:
    before = stored()
    theirs = known_at(elsewhere)
    nobody = Patient(pk=uuid4())
    answers = [post(send, phq9(one)) for one in (theirs, nobody)]
    assert [one.status_code for one in answers] == [422, 422]
    assert answers[0].content == answers[1].content
    assert "QuestionnaireResponse.subject" in answers[0].content.decode()
    assert stored() == before


def numbered(system: str, value: str) -> dict[str, dict[str, dict[str, str]]]:
    """A subject that is named by a number."""
    return {"subject": {"identifier": {"system": system, "value": value}}}


def test_a_number_of_the_hospital_names_the_person_too(asked_clinic, send) -> None:
    amara, trust = known_at(asked_clinic), asked_clinic.organisation
    people.add_identifier(
        patient=amara, scheme="hospital", value="H1234", issued_by=trust, by="test", at=NOON
    )
    system = system_of("hospital", trust.code)
    assert post(send, phq9(amara, **numbered(system, "H1234"))).status_code == 201
    assert Response.objects.get().patient_id == amara.pk
    other = phq9(amara, number="A2", **numbered(system, "H9999"))
    assert post(send, other).status_code == 422


@pytest.mark.parametrize(("verified_at", "status"), [(NOON, 201), (None, 422)])
def test_an_nhs_number_counts_only_once_it_was_verified(
    asked_clinic, send, verified_at, status
) -> None:
    amara = known_at(asked_clinic)
    people.add_identifier(
        patient=amara, scheme="nhs", value="9990000018", verified_at=verified_at, by="test", at=NOON
    )
    body = phq9(amara, **numbered(system_of("nhs"), "9990000018"))
    assert post(send, body).status_code == status


def test_what_a_person_feels_is_not_taken_from_somebody_else(asked_clinic, send) -> None:
    amara = known_at(asked_clinic)
    for source in ("RelatedPerson/1", "Practitioner/1", f"Patient/{uuid4()}"):
        answer = post(send, phq9(amara, source={"reference": source}))
        assert answer.status_code == 422, source
    assert Response.objects.count() == 0
    helped = phq9(amara, author={"reference": "RelatedPerson/1"})
    assert post(send, helped).status_code == 201
    assert Invitation.objects.get().who_helped == "family"


def test_where_answers_come_from_can_be_read(asked_clinic, send) -> None:
    made = json.loads(post(send, phq9(known_at(asked_clinic))).content)
    (origin,) = matches(send.json(f"Provenance?target=QuestionnaireResponse/{made['id']}"))
    said = json.dumps(origin)
    assert "sent in by FHIR" in said and Invitation.objects.get().created_by in said


def test_a_form_of_the_library_is_taken_too_with_its_alert(db, settings) -> None:
    settings.IMPARTS_DEMO = True
    clinic = kettle_clinic(HOW, HARM, CUPS)
    send, amara = Asked(token_for(scopes="system/*.cruds", services=[clinic])), known_at(clinic)
    code = {"system": "urn:invented:kettles", "code": "k2"}
    colour = {"linkId": "cups/colour", "answer": [{"valueString": "blue"}]}
    items = [
        {"linkId": "how", "answer": [{"valueCoding": code}]},
        {"linkId": "harm", "answer": [{"valueBoolean": True}]},
        {"linkId": "cups", "item": [colour]},
    ]
    body = phq9(amara, questionnaire=f"https://forms.example/{KEY}", item=items)
    answer = post(send, body)
    assert answer.status_code == 201, answer.content
    made = json.loads(answer.content)
    assert problems(made) == []
    assert [one["linkId"] for one in made["item"]] == ["how", "harm", "cups"]
    assert Alert.objects.get(patient=amara).item == "harm"
    items[0]["answer"] = [{"valueString": "loudly"}]
    wrong = post(send, body | {"identifier": {"value": "A2"}})
    assert wrong.status_code == 422 and "linkId = 'how'" in wrong.content.decode()


def test_a_token_without_create_sends_nothing(asked_clinic) -> None:
    reads = Asked(token_for(scopes="system/*.rs", services=[asked_clinic]))
    assert post(reads, phq9(known_at(asked_clinic))).status_code == 403
    assert Response.objects.count() == 0


def test_two_clients_may_use_the_same_numbers(asked_clinic, send) -> None:
    other = Asked(token_for(scopes="system/*.cruds", services=[asked_clinic]))
    amara = known_at(asked_clinic)
    assert [post(one, phq9(amara)).status_code for one in (send, other)] == [201, 201]
