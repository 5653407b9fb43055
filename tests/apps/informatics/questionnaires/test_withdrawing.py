"""Answers of another person count nowhere, and their alert is never lost (hazards H1, H2, H5)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions import hand_overs, sending
from imparts.informatics.questionnaires.actions.withdrawing import (
    AlreadyDone,
    NotWithdrawn,
    refile_response,
    withdraw_response,
)
from imparts.informatics.questionnaires.models import (
    Answer,
    Invitation,
    Refiling,
    Response,
    WithdrawnSitting,
)
from imparts.informatics.questionnaires.queries.days import (
    offers_for,
    sitting_of,
    sittings_of,
    withdrawn_of,
)
from imparts.informatics.questionnaires.queries.past import visits_of
from imparts.informatics.questionnaires.queries.past_scores import history_before
from imparts.informatics.results import actions as results
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import (
    baselines_of,
    days_since_answered,
    scores_of,
    scores_over_time,
)
from imparts.organisations.models import Service
from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert, PathwayEntry
from imparts.pathways.queries import alerts_about
from imparts.rules.record.document_facts import DocumentFacts
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
    staff_with,
    who,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]

LATER = NOON + timedelta(hours=2)
WHY = "The tablet was handed to the next patient."


@pytest.fixture
def service() -> Service:
    return a_service()


@pytest.fixture
def sent(service: Service) -> Invitation:
    """A sitting with a positive item 9, filed to Amara Thimblewick."""
    return a_sent_sitting(service, phq9={"q1": 3, "q2": 3, "q9": 1})


@pytest.fixture
def right(service: Service, sent: Invitation) -> Appointment:
    """The appointment of the person who really answered."""
    person = a_patient(given_name="Bertrand", family_name="Quillfeather")
    return an_appointment(service, patient=person)


def withdrawn(sent: Invitation, right: Appointment | None = None) -> WithdrawnSitting:
    return withdraw_response(sitting=sent.pk, why=WHY, by="nurse.test", at=LATER, belongs_to=right)


def test_scores_trends_history_and_counts_leave_it_out(service: Service, sent: Invitation) -> None:
    withdrawn(sent)
    patient = sent.patient
    assert scores_of([sent.pk]) == {}
    assert scores_over_time([patient.pk]) == {}
    assert days_since_answered([patient.pk], at=LATER + timedelta(days=3)) == {}
    assert not history_before(patient.pk, service.pk, ["phq9"], at=LATER)
    assert visits_of([service.pk], NOON - timedelta(days=1), LATER + timedelta(days=1)) == []


def test_a_baseline_that_was_agreed_on_it_is_none_any_more(sent: Invitation) -> None:
    score = ResponseScore.objects.get(sitting=sent.pk, instrument="phq9")
    results.agree_baseline(score=score, by="nurse.test", at=NOON)
    assert "phq9" in baselines_of(sent.patient)
    withdrawn(sent)
    assert baselines_of(sent.patient) == {}


def test_the_original_stays_as_it_was(sent: Invitation) -> None:
    before = list(ResponseScore.objects.order_by("pk").values())
    answers = list(Answer.objects.order_by("pk").values())
    withdrawn(sent)
    kept = ResponseScore.objects.filter(pk__in=[row["id"] for row in before]).order_by("pk")
    assert list(kept.values()) == before
    assert list(Answer.objects.order_by("pk").values()) == answers
    assert Response.objects.filter(invitation=sent).exists()


def test_its_page_is_gone_from_the_patient_and_says_what_happened(
    service: Service, sent: Invitation
) -> None:
    asking = who(staff_with("nurse", service))
    assert withdrawn_of(asking, sent.patient, sent.pk) is None
    withdrawn(sent)
    with pytest.raises(Http404):
        sitting_of(asking, sent.patient, sent.pk)
    assert list(sittings_of(asking, sent.patient)) == []
    assert withdrawn_of(asking, sent.patient, sent.pk) == sent


def test_the_patient_can_be_asked_at_the_same_visit(sent: Invitation) -> None:
    withdrawn(sent)
    assert offers_for([sent.appointment_id])[sent.appointment_id].state == "none"
    again = hand_overs.invite(appointment=sent.appointment, by="nurse.test", at=LATER)
    assert again.pk != sent.pk


def test_it_is_noted_with_its_reason_and_the_reason_goes_no_further(sent: Invitation) -> None:
    withdrawn(sent)
    entry = AuditEntry.objects.get(did="withdrew answers of another person")
    assert (entry.patient, entry.why) == (sent.patient_id, WHY)
    owed = Message.objects.filter(kind="withdrawal")
    assert owed.exists()
    assert not any(WHY in str(one.facts) for one in owed)


def test_twice_is_refused_and_changes_nothing(sent: Invitation, right: Appointment) -> None:
    withdrawn(sent, right)
    before = (Message.objects.count(), Alert.objects.count(), ResponseScore.objects.count())
    with pytest.raises(AlreadyDone):
        withdrawn(sent, right)
    withdrawal = WithdrawnSitting.objects.get()
    with pytest.raises(AlreadyDone):
        refile_response(withdrawal=withdrawal, belongs_to=right, by="nurse.test", at=LATER)
    after = (Message.objects.count(), Alert.objects.count(), ResponseScore.objects.count())
    assert after == before


@pytest.mark.parametrize(("why", "said"), [("  ", "Say how"), ("x" * 301, "Shorten it")])
def test_a_reason_is_needed(sent: Invitation, why: str, said: str) -> None:
    with pytest.raises(NotWithdrawn, match=said):
        withdraw_response(sitting=sent.pk, why=why, by="nurse.test", at=LATER)
    sent.refresh_from_db()
    assert sent.withdrawn_at is None


def test_the_same_person_or_another_clinic_is_refused(service: Service, sent: Invitation) -> None:
    same = an_appointment(service, patient=sent.patient, at=LATER)
    with pytest.raises(NotWithdrawn, match="under whom the answers stand"):
        withdrawn(sent, same)
    elsewhere = an_appointment(a_service("Dermatology"))
    with pytest.raises(NotWithdrawn, match="same clinic"):
        withdrawn(sent, elsewhere)
    assert not WithdrawnSitting.objects.exists()


def test_the_alert_is_raised_for_the_right_person_with_its_clock_from_now(
    sent: Invitation, right: Appointment
) -> None:
    (old,) = Alert.objects.filter(about=sent.pk)
    withdrawn(sent, right)
    refiled = Refiling.objects.get().invitation
    (new,) = Alert.objects.filter(about=refiled.pk)
    assert (new.patient_id, new.raised_at, new.appointment) == (right.patient_id, LATER, right.pk)
    story, before = alerts_about([refiled.pk])[refiled.pk][0], alerts_about([sent.pk])[sent.pk][0]
    assert (story.kind, story.gravest.value) == ("positive", before.gravest.value)
    assert not before.is_closed
    assert [event.what for event in before.events][-2:] == [
        "The answers were filed to the wrong person",
        "The same answers: an alert was raised for the person who gave them",
    ]
    assert old.pk != new.pk


def test_the_old_alert_is_closed_only_by_a_person_and_only_after_that(
    sent: Invitation, right: Appointment
) -> None:
    (old,) = Alert.objects.filter(about=sent.pk)
    made = withdrawn(sent)
    with pytest.raises(pathways.NotDone, match="whose answers these were"):
        pathways.close_wrongly_filed(alert=old, by="nurse.test", at=LATER)
    refile_response(withdrawal=made, belongs_to=right, by="nurse.test", at=LATER)
    pathways.close_wrongly_filed(alert=old, by="nurse.test", at=LATER)
    story = alerts_about([sent.pk])[sent.pk][0]
    assert story.is_closed
    assert story.closed.by == "nurse.test"
    with pytest.raises(pathways.NotDone, match="already closed"):
        pathways.close_wrongly_filed(alert=old, by="nurse.test", at=LATER)


def test_an_alert_that_was_closed_is_raised_for_the_right_person_too(
    sent: Invitation, right: Appointment
) -> None:
    (old,) = Alert.objects.filter(about=sent.pk)
    done = {"talked_by": "me", "action": "gp", "reason": "Told the GP."}
    pathways.record_what_was_done(alert=old, details=done, closes=True, by="nurse.test", at=NOON)
    withdrawn(sent, right)
    refiled = Refiling.objects.get().invitation
    assert not alerts_about([refiled.pk])[refiled.pk][0].is_closed


def test_an_answer_that_was_taken_back_later_is_not_lost(
    service: Service, right: Appointment
) -> None:
    hand_over = a_hand_over(an_appointment(service, patient=a_patient(given_name="Cornelius")))
    answer(hand_over, "phq9", "q9", 2)
    answer(hand_over, "phq9", "q9", 0)
    answer_everything(hand_over, phq9={"q9": 0})
    sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    withdraw_response(
        sitting=hand_over.invitation_id, why=WHY, by="nurse.test", at=LATER, belongs_to=right
    )
    refiled = Refiling.objects.get().invitation
    (story,) = alerts_about([refiled.pk])[refiled.pk]
    assert (story.kind, story.gravest.value) == ("positive", 2)


def test_the_answers_scores_and_suggestions_are_the_right_persons_now(
    sent: Invitation, right: Appointment
) -> None:
    first = ResponseScore.objects.get(sitting=sent.pk, instrument="phq9", is_withdrawn=False)
    withdrawn(sent, right)
    refiled = Refiling.objects.get().invitation
    assert (refiled.patient_id, refiled.appointment_id) == (right.patient_id, right.pk)
    score = scores_of([refiled.pk])[refiled.pk]["phq9"]
    assert (score.score, score.band, score.completed_at) == (
        first.score, first.band, first.completed_at,
    )  # fmt: skip
    assert PathwayEntry.objects.get(about=refiled.pk).patient_id == right.patient_id
    assert offers_for([right.pk])[right.pk].state == "finished"


def test_answers_of_their_own_stay_beside_those_that_are_filed_again(
    service: Service, sent: Invitation
) -> None:
    own = a_sent_sitting(service, patient=a_patient(given_name="Dorothea"))
    withdrawn(sent, own.appointment)
    refiled = Refiling.objects.get().invitation
    assert refiled.appointment_id is None
    assert set(scores_of([own.pk, refiled.pk])) == {own.pk, refiled.pk}


def test_the_record_is_told_after_the_original_and_to_the_same_places(
    sent: Invitation, right: Appointment
) -> None:
    originals = list(Message.objects.filter(kind="result").order_by("pk"))
    withdrawn(sent, right)
    withdrawals = list(Message.objects.filter(kind="withdrawal").order_by("pk"))
    assert [(one.destination, one.about, one.patient) for one in withdrawals] == [
        (one.destination, one.about, one.patient) for one in originals
    ]
    assert min(one.pk for one in withdrawals) > max(one.pk for one in originals)
    for one in withdrawals:
        facts = ResultFacts.from_json(one.facts)
        assert facts.is_withdrawn
        assert facts.response_id == str(one.about)
    again = Message.objects.filter(kind="result", patient=right.patient_id)
    assert again.count() == len(originals)


def test_what_was_refused_is_never_sent_after_it_was_withdrawn(sent: Invitation) -> None:
    refused = Message.objects.filter(kind="result").order_by("pk").first()
    Message.objects.filter(pk=refused.pk).update(state=Message.State.REFUSED)
    withdrawn(sent)
    refused.refresh_from_db()
    assert refused.state == Message.State.GIVEN_UP
    assert not Message.objects.filter(kind="withdrawal", about=refused.about).exists()


def test_a_document_is_replaced_by_one_that_says_nothing(service: Service) -> None:
    outbox.set_destination(
        Destination("letters", "Documents", "mllp", "mdm", "record.example:2575"),
        by="integrator.test", why="test", at=NOON,
    )  # fmt: skip
    sent = a_sent_sitting(service, phq9={"q1": 3})
    (first,) = Message.objects.filter(kind="document")
    document = DocumentFacts.from_json(first.facts)
    assert "PHQ-9" in [one.heading for one in document.sections]
    withdrawn(sent)
    second = Message.objects.filter(kind="document").order_by("pk").last()
    gone = DocumentFacts.from_json(second.facts)
    assert (gone.replaces, gone.is_withdrawn, gone.sections) == (document.document_id, True, ())
    assert (second.destination, second.about, second.patient) == (
        "letters", sent.pk, first.patient,
    )  # fmt: skip


def test_nothing_of_it_is_stored_when_filing_again_fails(
    monkeypatch: pytest.MonkeyPatch, sent: Invitation, right: Appointment
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(pathways, "raise_for_right_person", fail)
    with pytest.raises(RuntimeError):
        withdrawn(sent, right)
    sent.refresh_from_db()
    assert sent.withdrawn_at is None
    assert not Message.objects.filter(kind="withdrawal").exists()
    assert scores_of([sent.pk])


def test_on_another_day_the_alert_says_when_it_was_answered(
    sent: Invitation, right: Appointment
) -> None:
    next_day = NOON + timedelta(days=1)
    withdraw_response(sitting=sent.pk, why=WHY, by="nurse.test", at=next_day, belongs_to=right)
    refiled = Refiling.objects.get().invitation
    (story,) = alerts_about([refiled.pk])[refiled.pk]
    day = timezone.localdate(NOON)
    assert f"answered on {day.day}" in story.gravest.what
    assert story.gravest.details["at_home"] is True
