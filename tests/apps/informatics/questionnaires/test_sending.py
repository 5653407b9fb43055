"""Sending stores everything that follows together or not at all, and once (hazards H1 and H5)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from imparts.audit.models import AuditEntry
from imparts.informatics.questionnaires.actions import sending
from imparts.informatics.questionnaires.models import Answer, Invitation, Response
from imparts.informatics.results.models import ResponseScore
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert, PathwayEntry
from imparts.people import actions as people
from imparts.rules.record.result_facts import ResultFacts
from tests.builders import (
    NOON,
    a_hand_over,
    a_patient,
    a_sent_sitting,
    a_service,
    an_appointment,
    answer,
    answer_everything,
    sitting,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


def _counts() -> tuple[int, ...]:
    tables = (Response, Answer, ResponseScore, PathwayEntry, Message)
    return tuple(table.objects.count() for table in tables)


def test_one_sending_stores_responses_scores_pathway_messages_and_audit() -> None:
    sent = a_sent_sitting(a_service(), phq9={"q1": 3, "q2": 3, "q3": 3, "q4": 1})
    score = ResponseScore.objects.get(sitting=sent.pk, instrument="phq9")
    assert (score.score, score.band, score.status) == (Decimal(10), "moderate", "complete")
    responses = set(Response.objects.filter(invitation=sent).values_list("pk", flat=True))
    assert responses == set(Message.objects.values_list("about", flat=True))
    assert PathwayEntry.objects.get(about=sent.pk).steps
    assert AuditEntry.objects.filter(did="sent answers", patient=sent.patient_id).count() == 1


def test_sending_twice_stores_once_and_says_so() -> None:
    hand_over = a_hand_over(an_appointment(a_service()))
    answer_everything(hand_over)
    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON) is True
    before = _counts()
    assert sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON) is False
    assert _counts() == before


@pytest.mark.parametrize("breaks", ["follow", "post_all", "record"])
def test_when_one_part_fails_nothing_is_stored(monkeypatch, breaks: str) -> None:
    hand_over = a_hand_over(an_appointment(a_service()))
    answer_everything(hand_over)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    place = {
        "follow": pathways, "post_all": sending.outbox, "record": sending.audit,
    }[breaks]  # fmt: skip
    monkeypatch.setattr(place, breaks, fail)
    with pytest.raises(RuntimeError):
        sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    assert _counts() == (0, 0, 0, 0, 0)
    assert Invitation.objects.get(pk=hand_over.invitation_id).submitted_at is None


def test_the_message_carries_the_responses_facts_and_no_other() -> None:
    sent = a_sent_sitting(a_service(), phq9={"q9": 1})
    response = Response.objects.get(invitation=sent, instrument="phq9")
    facts = ResultFacts.from_json(Message.objects.get(about=response.pk).facts)
    assert facts.response_id == str(response.pk)
    assert facts.score.score == Decimal(1)
    assert [item.id for item in facts.items if item.flagged] == ["q9"]
    assert facts.patient.family == "Thimblewick"


def test_the_record_is_told_of_the_record_that_survived_a_merge() -> None:
    loser, survivor = a_patient("Ann"), a_patient("Anne")
    hand_over = a_hand_over(an_appointment(a_service(), loser))
    answer_everything(hand_over)
    people.merge(loser=loser, survivor=survivor, by="clerk", at=NOON, why="same person")
    sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    facts = ResultFacts.from_json(Message.objects.first().facts)
    assert facts.patient.given == "Anne"
    assert set(Message.objects.values_list("patient", flat=True)) == {survivor.pk}


def test_questions_not_reached_are_stored_as_neither_answered_nor_declined() -> None:
    hand_over = a_hand_over(an_appointment(a_service()))
    answer(hand_over, "phq9", "q1", 2)
    answer(hand_over, "phq9", "q2", None)
    sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    stored = {
        item: (value, declined)
        for item, value, declined in Answer.objects.filter(response__instrument="phq9").values_list(
            "item", "value", "declined"
        )
    }
    assert stored["q1"] == (2, False)
    assert stored["q2"] == (None, True)
    assert stored["q9"] == (None, False)
    assert Alert.objects.get().events.first().kind == Alert.Kind.NOT_REACHED


def test_a_pack_changed_half_way_changes_nothing_for_who_is_answering() -> None:
    service = a_service()
    hand_over = a_hand_over(an_appointment(service))
    before = [question.item.id for question in sitting(hand_over).questions]
    other = ContentVersion.objects.get(kind="pack", key="dermatology_outpatient")
    library.put_in_force(service=service, content=other, from_on=NOON.date(), by="lead", at=NOON)
    assert [question.item.id for question in sitting(hand_over).questions] == before


def test_a_smoker_every_day_is_asked_how_heavily_and_others_are_not() -> None:
    daily = a_sent_sitting(a_service(), smoking_core={"q1": 3, "q2": 2}, hsi={"q1": 0, "q2": 0})
    never = a_sent_sitting(a_service(), smoking_core={"q1": 0})
    asked = [
        set(Response.objects.filter(invitation=sent).values_list("instrument", flat=True))
        for sent in (daily, never)
    ]
    assert "hsi" in asked[0]
    assert "hsi" not in asked[1]


def test_a_young_person_in_an_adult_clinic_is_not_asked_what_is_for_adults() -> None:
    patient = a_patient("Young", born_on=NOON.date() - timedelta(days=365 * 16))
    hand_over = a_hand_over(an_appointment(a_service(), patient))
    assert "phq9" not in {question.instrument for question in sitting(hand_over).questions}


def test_the_database_itself_refuses_a_second_use_of_a_submission_id() -> None:
    service = a_service()
    first = a_sent_sitting(service, a_patient("Ann"))
    hand_over = a_hand_over(an_appointment(service, a_patient("Ben")))
    answer_everything(hand_over)
    with pytest.raises(IntegrityError), transaction.atomic():
        sending.submit(hand_over=hand_over, submission_id=first.submission_id, at=NOON)


def test_a_sending_asks_the_database_few_questions(django_assert_max_num_queries) -> None:
    hand_over = a_hand_over(an_appointment(a_service()))
    answer_everything(hand_over)
    with django_assert_max_num_queries(24):
        sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)


def test_append_only_tables_cannot_be_changed_by_the_web_role() -> None:
    sent = a_sent_sitting(a_service())
    for table in ("audit_auditentry", "questionnaires_answer", "results_responsescore"):
        for statement in (f"delete from {table}", f"update {table} set id = id"):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert sent.submitted_at == NOON
