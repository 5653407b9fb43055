"""Sending a form: its answers, its numbers, what is missing, and the message to the record."""

from uuid import uuid4

import pytest

from imparts.gateway.hl7v2.result_message import write_result
from imparts.informatics.questionnaires.actions import answering, sending
from imparts.informatics.questionnaires.models import Answer, Invitation, Response
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import days_since_answered, form_scores_of, scores_of
from imparts.outbox.models import Message
from imparts.pathways.models import Alert
from imparts.rules.forms.values import Coding
from imparts.rules.record.result_facts import ResultFacts
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
from tests.builders import NOON, sitting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
A_LITTLE = Coding("k1", "urn:invented:kettles", "A little")
NOTE = {"linkId": "note", "type": "text", "text": "Invented: what else about kettles?"}
BROKEN = SCORE | {
    "linkId": "broken", "text": "Broken score",
    "extension": [
        {"url": SCORE["extension"][0]["url"], "valueExpression": {
            "language": "text/fhirpath",
            "expression": "%resource.item.where(linkId='note').answer.value.toInteger() + 'x'"}}
    ],
}  # fmt: skip


def _send(hand_over) -> Invitation:
    answer_the_core(hand_over)
    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    return Invitation.objects.get(pk=hand_over.invitation_id)


def _answers() -> dict[str, tuple[object, bool, bool]]:
    rows = Answer.objects.filter(response__instrument=KEY)
    return {row.item: (row.entered, row.declined, row.is_worked_out) for row in rows}


def _score() -> ResponseScore:
    return ResponseScore.objects.get(instrument=KEY)


def _message() -> str:
    facts = next(
        found
        for message in Message.objects.all()
        if (found := ResultFacts.from_json(message.facts)).instrument.id == KEY
    )
    return write_result(facts, control_id="1", made_at=NOON)


def test_every_question_that_was_asked_has_an_answer_and_what_was_worked_out_is_marked() -> None:
    hand_over = asked(HOW, NOTE, CUPS, SCORE)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note")
    _send(hand_over)
    coding = {"coding": {"system": "urn:invented:kettles", "code": "k1", "display": "A little"}}
    assert _answers() == {
        "how": ([coding], False, False),
        "note": (None, True, False),
        "cups[1]/cups~1colour": (None, False, False),
        "score": ([{"decimal": "1"}], False, True),
        "cups": ([{"integer": 1}], False, True),
    }


def test_the_only_number_of_a_complete_form_is_its_score() -> None:
    hand_over = asked(HOW, NOTE, SCORE)
    enter(hand_over, "how", A_LITTLE)
    invitation = _send(hand_over)
    row = form_scores_of(invitation.pk)[KEY]
    assert (row.status, row.score, row.answered, row.asked) == ("complete", 1, 1, 2)
    assert row.subscales == [{"name": "score", "label": "Whistle score", "score": "1", "unit": ""}]
    assert row.of_form == {"missing": 0, "problems": []}


def test_a_number_that_rests_on_a_missing_answer_is_never_the_score() -> None:
    hand_over = asked(HOW, NOTE, SCORE)
    enter(hand_over, "how")
    _send(hand_over)
    assert (_score().status, _score().score) == ("incomplete", None)
    assert _score().of_form["missing"] == 1


def test_two_numbers_are_both_kept_and_neither_is_the_score() -> None:
    other = SCORE | {"linkId": "again", "text": "Whistle score again"}
    hand_over = asked(HOW, SCORE, other)
    enter(hand_over, "how", A_LITTLE)
    _send(hand_over)
    assert (_score().status, _score().score) == ("complete", None)
    assert [one["label"] for one in _score().subscales] == ["Whistle score", "Whistle score again"]


def test_what_could_not_be_worked_out_is_kept_and_told_to_the_record() -> None:
    hand_over = asked(HOW, NOTE, BROKEN)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note", "3")
    _send(hand_over)
    assert _score().status == "incomplete"
    ((link_id, sentence),) = _score().of_form["problems"]
    assert link_id == "broken"
    assert "could not be worked out" in sentence
    assert "Broken score: its value could not be worked out" in _message()


def test_a_form_is_no_measure_of_ours_but_counts_for_how_often_it_is_asked() -> None:
    hand_over = asked(HOW, SCORE)
    enter(hand_over, "how", A_LITTLE)
    invitation = _send(hand_over)
    assert KEY not in scores_of([invitation.pk])[invitation.pk]
    assert days_since_answered([invitation.patient_id], at=NOON.replace(day=20))[KEY] == 3


def test_the_record_reads_answers_in_words_and_numbers() -> None:
    hand_over = asked(HOW, NOTE, HARM, SCORE)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note", "It leaks | and ^ hisses")
    enter(hand_over, "harm", True)
    _send(hand_over)
    lines = _message().split("\r")
    found = [line for line in lines if line.startswith("OBX")]
    assert found == [
        "OBX|1|NM|kettle-diary.score^Whistle score^99IMPARTS||1||||||F",
        "OBX|2|CWE|kettle-diary.how^Invented: how loudly does your kettle whistle?^99IMPARTS"
        "||1^A little^99IMPARTS||||||F",
        "OBX|3|TX|kettle-diary.note^Invented: what else about kettles?^99IMPARTS"
        r"||It leaks \F\ and \S\ hisses||||||F",
        "OBX|4|TX|kettle-diary.harm^Invented: do you want to hurt yourself?^99IMPARTS||Yes|||A|||F",
    ]
    assert any("not checked by imparts" in line for line in lines)


def test_an_incomplete_form_is_not_final_and_says_what_was_not_answered() -> None:
    hand_over = asked(HOW, NOTE, SCORE)
    enter(hand_over, "note")
    _send(hand_over)
    message = _message()
    assert "|P\r" in message.partition("OBR")[2]
    assert "Not reached." in message
    assert "The patient chose not to answer." in message
    assert "0 of 2 answered." in message


def test_a_question_about_harm_that_was_not_reached_is_asked_in_person() -> None:
    hand_over = asked(HOW, HARM)
    _send(hand_over)
    assert Alert.objects.filter(instrument=KEY, item="harm").count() == 1


def test_a_test_patients_form_is_not_told_to_the_record() -> None:
    hand_over = asked(HOW)
    patient = hand_over.invitation.patient
    type(patient).objects.filter(pk=patient.pk).update(is_test=True)
    _send(hand_over)
    assert Response.objects.filter(instrument=KEY).count() == 1
    assert not Message.objects.exists()


def test_a_second_sending_changes_nothing() -> None:
    hand_over = asked(HOW)
    enter(hand_over, "how", A_LITTLE)
    seen = sitting(hand_over)
    _send(hand_over)
    assert not sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    assert Response.objects.filter(instrument=KEY).count() == 1
    with pytest.raises(answering.AlreadySent):
        answering.save_answer(
            sitting=seen, instrument_id=KEY, item_id="how", value=None, entered=(A_LITTLE,), at=NOON
        )


def test_nothing_is_stored_when_the_record_cannot_be_told(monkeypatch) -> None:
    hand_over = asked(HOW, SCORE)
    enter(hand_over, "how", A_LITTLE)
    answer_the_core(hand_over)

    def fails(*args, **kwargs):
        raise RuntimeError("no room")

    monkeypatch.setattr(sending.outbox, "post_all", fails)
    with pytest.raises(RuntimeError):
        sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    assert not Response.objects.exists()
    assert not ResponseScore.objects.exists()
