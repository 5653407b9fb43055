"""Answers filed again are the right person's, and their alert with them (hazards H1 and H2)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions import sending
from imparts.informatics.questionnaires.actions.withdrawing import (
    refile_response,
    withdraw_response,
)
from imparts.informatics.questionnaires.models import (
    Invitation,
    Refiling,
)
from imparts.informatics.questionnaires.queries.days import (
    offers_for,
)
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import (
    scores_of,
)
from imparts.organisations.models import Service
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert, PathwayEntry
from imparts.pathways.queries import alerts_about
from tests.apps.informatics.questionnaires.filed_wrongly import LATER, WHY, withdrawn
from tests.builders import (
    NOON,
    a_hand_over,
    a_patient,
    a_sent_sitting,
    a_service,
    an_appointment,
    answer,
    answer_everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


@pytest.fixture
def service() -> Service:
    return a_service()


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
    (alert,) = Alert.objects.filter(about=refiled.pk)
    assert alert.appointment == own.appointment_id
    assert "at_home" not in alerts_about([refiled.pk])[refiled.pk][0].gravest.details


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
