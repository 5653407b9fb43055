"""Answers that come by FHIR: the same rows as from a tablet, once, and never for anyone else."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model

from imparts.audit.models import AuditEntry
from imparts.informatics.questionnaires.actions import sending
from imparts.informatics.questionnaires.models import (
    Answer,
    AnswerGiven,
    Invitation,
    Response,
)
from imparts.informatics.results.models import ResponseScore
from imparts.outbox.models import Message
from imparts.pathways.models import Alert, AlertEvent, PathwayEntry
from imparts.people.models import Patient
from tests.builders import NOON, a_hand_over, an_appointment, answer_everything
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.answers import LOW, PHQ9, WITH_ITEM_9, phq9, post, stored
from tests.gateway.fhir_server.asking import known_at, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


# --- the same as from a tablet ---


def rows_about(patient: Patient) -> dict[str, list[Any]]:
    """Every row that follows from the answers of one person, without ids."""
    own = {"invitation__patient": patient}
    found = {
        "given": AnswerGiven.objects.filter(**own),
        "responses": Response.objects.filter(patient=patient),
        "answers": Answer.objects.filter(response__patient=patient),
        "scores": ResponseScore.objects.filter(patient=patient),
        "alerts": Alert.objects.filter(patient=patient),
        "events": AlertEvent.objects.filter(alert__patient=patient),
        "entries": PathwayEntry.objects.filter(patient=patient),
        "messages": Message.objects.filter(patient=patient.pk),
    }
    return {name: sorted((_plain(row) for row in rows), key=str) for name, rows in found.items()}


IDS = {
    "id", "patient_id", "patient", "response_id", "response", "invitation_id", "sitting", "about",
    "appointment", "alert_id", "facts", "mode", "control_id", "payload_id", "order_key",
}  # fmt: skip


def _plain(row: Model) -> dict[str, Any]:
    made = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in IDS
    }
    facts = getattr(row, "facts", None)
    if isinstance(facts, dict):
        made["facts"] = {
            name: part
            for name, part in facts.items()
            if name not in ("response_id", "appointment_id", "patient", "mode")
        }
    return made


@pytest.mark.parametrize("values", [LOW, WITH_ITEM_9, (3,) * 9], ids=["low", "item 9", "severe"])
def test_every_row_is_as_from_a_tablet(asked_clinic, send, values) -> None:
    by_tablet, by_fhir = known_at(asked_clinic), known_at(asked_clinic)
    an_appointment(asked_clinic, by_fhir)
    difficult = {} if values == LOW else {"difficulty": 1}
    hand_over = a_hand_over(an_appointment(asked_clinic, by_tablet))
    only = {"phq9": hand_over.invitation.instruments["phq9"]}
    Invitation.objects.filter(pk=hand_over.invitation_id).update(instruments=only)
    given = {f"q{place}": value for place, value in enumerate(values, start=1)} | difficult
    answer_everything(hand_over, phq9=given)
    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)

    body = phq9(by_fhir, values)
    if difficult:
        hard = {"system": "http://loinc.org", "code": "LA6573-5"}
        body["item"].append({"linkId": "difficulty", "answer": [{"valueCoding": hard}]})
    answer = post(send, body)

    assert answer.status_code == 201, answer.content
    ours, theirs = rows_about(by_tablet), rows_about(by_fhir)
    assert all(ours[name] for name in ("given", "responses", "answers", "scores", "entries"))
    assert bool(ours["alerts"]) == (values[8] > 0)
    assert theirs == ours


def test_the_sitting_says_that_it_came_by_fhir_and_from_whom(asked_clinic, send) -> None:
    post(send, phq9(known_at(asked_clinic)))
    sitting = Invitation.objects.get()
    assert sitting.mode == "fhir" and sitting.created_by.startswith("client:")
    assert sitting.sent_in.client_name == "Warehouse"
    assert AuditEntry.objects.filter(who=sitting.created_by, did="sent answers in").exists()


def test_what_was_sent_is_read_back_with_its_identifier_and_its_score(asked_clinic, send) -> None:
    made = json.loads(post(send, phq9(known_at(asked_clinic), WITH_ITEM_9)).content)
    assert problems(made) == []
    assert made["identifier"]["value"] == "A1" and made["questionnaire"].startswith(PHQ9)
    again = send.json(f"QuestionnaireResponse/{made['id']}")
    assert again == made
    found = send.ids("QuestionnaireResponse?identifier=https://portal.example/answers|A1")
    assert found == [made["id"]]
    (score,) = send.json(f"Observation?derived-from=QuestionnaireResponse/{made['id']}")["entry"]
    assert score["resource"]["valueQuantity"]["value"] == sum(WITH_ITEM_9)


# --- once ---


def test_the_same_again_changes_nothing(asked_clinic, send) -> None:
    body = phq9(known_at(asked_clinic), WITH_ITEM_9)
    first = post(send, body)
    before = stored()
    second = post(send, body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert json.loads(first.content)["id"] == json.loads(second.content)["id"]
    assert stored() == before


def test_other_answers_under_the_same_identifier_are_refused(asked_clinic, send) -> None:
    amara = known_at(asked_clinic)
    post(send, phq9(amara))
    before = stored()
    answer = post(send, phq9(amara, WITH_ITEM_9))
    assert answer.status_code == 409 and "identifier" in words_of(answer)
    assert stored() == before


def test_without_an_identifier_the_same_content_is_stored_once(asked_clinic, send) -> None:
    body = phq9(known_at(asked_clinic))
    del body["identifier"]
    assert [post(send, body).status_code for _ in range(2)] == [201, 200]
    assert Response.objects.count() == 1


# --- item 9 and cover ---


def test_item_9_is_stored_and_alerted_although_nobody_covers(asked_clinic, send) -> None:
    """An answer that exists must be heard of: refused, nobody would hear of it at all."""
    amara = known_at(asked_clinic)
    an_appointment(asked_clinic, amara, is_covered=False)
    answer = post(send, phq9(amara, WITH_ITEM_9))
    assert answer.status_code == 201
    alert = Alert.objects.get(patient=amara)
    assert alert.raised_at == NOON and (alert.instrument, alert.item) == ("phq9", "q9")
    (flag,) = send.json(f"Flag?patient={amara.pk}&status=active")["entry"]
    assert flag["resource"]["status"] == "active"
    assert "risk" not in json.dumps(flag).lower()


def test_an_answer_of_another_day_is_alerted_now_and_says_when_it_was_given(
    asked_clinic, send
) -> None:
    given = (NOON - timedelta(days=20)).isoformat()
    answer = post(send, phq9(known_at(asked_clinic), WITH_ITEM_9, authored=given))
    assert answer.status_code == 201
    raised = AlertEvent.objects.get(name="raised")
    assert raised.at == NOON and "answered on 28" in raised.what
    assert raised.details["at_home"] is True
    assert ResponseScore.objects.get().completed_at == NOON - timedelta(days=20)


def test_item_9_that_was_left_out_is_to_be_asked_in_person(asked_clinic, send) -> None:
    body = phq9(known_at(asked_clinic))
    body["item"] = body["item"][:5]
    assert post(send, body).status_code == 201
    assert AlertEvent.objects.get(name="raised").kind == Alert.Kind.NOT_REACHED
    assert ResponseScore.objects.get().status == "incomplete"


def test_a_declined_answer_stays_declined(asked_clinic, send) -> None:
    body = phq9(known_at(asked_clinic))
    reason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    body["item"][8]["answer"] = [{"extension": [{"url": reason, "valueCode": "asked-declined"}]}]
    assert post(send, body).status_code == 201
    assert Answer.objects.get(item="q9").declined
    assert AlertEvent.objects.get(name="raised").kind == Alert.Kind.DECLINED
