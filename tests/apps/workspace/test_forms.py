"""A form that someone else wrote, as staff see it: its numbers, its answers, its alert, as FHIR."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.questionnaires.actions import answering, sending
from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.library import queries as library
from imparts.pathways.models import Alert
from imparts.rules.forms.response import answers_from
from imparts.rules.forms.values import Coding
from imparts.workspace.queries.as_fhir import answers_of
from tests.apps.informatics.questionnaires.a_form import (
    CUPS,
    HARM,
    HOW,
    KEY,
    SCORE,
    answer_the_core,
    asked,
    enter,
)
from tests.apps.workspace.given import page_for, signed_in
from tests.builders import NOON, a_sent_sitting, a_service, sitting
from tests.gateway.fhir.checkers import problems

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
A_LITTLE = Coding("k1", "urn:invented:kettles", "A little")
NOTE = {"linkId": "note", "type": "text", "text": "Invented: what else about kettles?"}
PICTURE = {"linkId": "picture", "type": "attachment", "text": "Add a picture of your kettle."}
HOSTILE = "<script>alert(1)</script>"


def _sent(hand_over) -> Invitation:
    answer_the_core(hand_over)
    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    return Invitation.objects.select_related("service").get(pk=hand_over.invitation_id)


def _address(invitation: Invitation, *, name: str = "visit") -> str:
    return reverse(f"workspace:{name}", args=[invitation.patient_id, invitation.pk])


def _summary(client, invitation: Invitation) -> str:
    return page_for(client, "consultant", invitation.service, _address(invitation))


def _bundle(client, invitation: Invitation) -> dict:
    address = _address(invitation, name="visit_as_fhir")
    answer = signed_in(client, "consultant", invitation.service).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/fhir+json"
    assert "no-store" in answer["Cache-Control"]
    return json.loads(answer.content)


def _of_kind(bundle: dict, kind: str) -> list[dict]:
    resources = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in resources if one["resourceType"] == kind]


def test_its_number_stands_under_its_authors_words_and_says_that_nobody_checked_it(client) -> None:
    hand_over = asked(HOW, NOTE, SCORE)
    enter(hand_over, "how", A_LITTLE)
    page = _summary(client, _sent(hand_over))
    assert "<h2>Kettle diary</h2>" in page
    assert '<th scope="row">Whistle score</th><td class="right"><b>1</b></td>' in page
    assert "As worked out by its author&#39;s formula; not checked by imparts." in page


def test_every_answer_stands_in_its_authors_words(client) -> None:
    hand_over = asked(HOW, NOTE, CUPS)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note", HOSTILE)
    enter(hand_over, "cups[1]/cups~1colour")
    page = _summary(client, _sent(hand_over))
    assert "All 20 answers" in page
    for text, words in (
        ("Invented: how loudly does your kettle whistle?", "A little"),
        ("Invented: what else about kettles?", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("1. What colour is the cup?", "Chose not to answer"),
    ):
        assert f'<th scope="row">{text}</th><td>{words}</td>' in page
    assert "This form works out no number." in page


def test_what_is_missing_and_what_could_not_be_asked_is_said(client) -> None:
    hand_over = asked(HOW, PICTURE, SCORE)
    enter(hand_over, "how")
    page = _summary(client, _sent(hand_over))
    assert "Incomplete: 1 question that it needs has no answer." in page
    assert "Cannot be answered on a tablet, so not asked: Add a picture of your kettle." in page


def test_answers_so_far_are_shown_before_they_are_sent(client) -> None:
    hand_over = asked(HOW, NOTE, SCORE)
    enter(hand_over, "how", A_LITTLE)
    invitation = Invitation.objects.select_related("service").get()
    page = _summary(client, invitation)
    assert "<td>A little</td>" in page
    assert "Not finished: there are no scores yet." in page
    assert "Whistle score" not in page
    answer = client.get(_address(invitation, name="visit_as_fhir"))
    assert answer.status_code == 404


def test_its_alert_asks_the_question_and_says_what_its_review_says(client) -> None:
    hand_over = asked(HARM)
    enter(hand_over, "harm", True)
    invitation = _sent(hand_over)
    page = _summary(client, invitation)
    assert "Sit down with the patient at once." in page
    assert "Invented: do you want to hurt yourself?" in page
    alert = Alert.objects.get(instrument=KEY)
    one = client.get(reverse("workspace:alert", args=[alert.pk])).content.decode()
    assert "Invented: do you want to hurt yourself? Yes." in one
    row = client.get(reverse("workspace:clinic")).content.decode()
    assert "Ask about the kettle" in row


def test_the_pages_beside_the_summary_bear_a_form(client) -> None:
    hand_over = asked(HOW, SCORE)
    enter(hand_over, "how", A_LITTLE)
    invitation = _sent(hand_over)
    _summary(client, invitation)
    for name, args in (("patient", [invitation.patient_id]), ("clinic", []), ("alerts", [])):
        page = client.get(reverse(f"workspace:{name}", args=args))
        assert page.status_code == 200
        assert "Whistle score" not in page.content.decode()


def test_the_answers_leave_as_fhir_and_come_back_the_same(client) -> None:
    hand_over = asked(HOW, NOTE, CUPS, HARM, SCORE)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note", HOSTILE)
    question = next(q for q in sitting(hand_over).questions if q.item.id == "cups")
    answering.add_another(sitting=sitting(hand_over), question=question, at=NOON)
    enter(hand_over, "cups[2]/cups~1colour", "red")
    enter(hand_over, "harm")
    bundle = _bundle(client, _sent(hand_over))
    response = Response.objects.get(instrument=KEY)
    form = library.form_of(response.content_id)
    (left,) = (one for one in _of_kind(bundle, "QuestionnaireResponse")
               if one["questionnaire"].startswith(form.url))  # fmt: skip
    assert answers_from(form, left) == answers_of(response)
    assert left["status"] == "completed"
    assert "asked-declined" in json.dumps(left)


def test_everything_that_leaves_passes_the_checkers(client) -> None:
    hand_over = asked(HOW, NOTE, CUPS, SCORE)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note")
    bundle = _bundle(client, _sent(hand_over))
    assert len(_of_kind(bundle, "QuestionnaireResponse")) == 4
    for entry in bundle["entry"]:
        assert problems(entry["resource"]) == []
    (number,) = (one for one in _of_kind(bundle, "Observation")
                 if one["code"]["text"].startswith("Kettle diary"))  # fmt: skip
    assert number["status"] == "final"
    assert number["valueQuantity"] == {"value": 1}
    assert "not checked by imparts" in number["note"][0]["text"]


def test_only_who_may_see_results_takes_them_and_it_is_noted(client) -> None:
    sent = a_sent_sitting(a_service())
    address = _address(sent, name="visit_as_fhir")
    assert signed_in(client, "receptionist", sent.service).get(address).status_code == 403
    assert signed_in(client, "consultant", a_service("Elsewhere", organisation=None,
                     with_content=False)).get(address).status_code == 404  # fmt: skip
    assert not AuditEntry.objects.filter(did="took answers as FHIR").exists()
    assert signed_in(client, "consultant", sent.service).get(address).status_code == 200
    assert AuditEntry.objects.filter(did="took answers as FHIR").count() == 1
