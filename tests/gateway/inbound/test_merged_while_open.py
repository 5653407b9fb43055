"""A merge from the record while somebody is answering: sitting, draft and alert all go on."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from imparts.gateway.inbound.actions import know_sender
from imparts.informatics.questionnaires.actions import sending
from imparts.informatics.questionnaires.models import AnswerGiven, HandOver, Invitation
from imparts.outbox.models import Message
from imparts.pathways.models import Alert
from imparts.people import actions as people
from imparts.people.models import Merge, Patient
from imparts.people.queries import record_ids
from imparts.rules.record.result_facts import ResultFacts
from tests.builders import NOON, a_hand_over, a_service, an_appointment, answer, answer_everything
from tests.gateway.inbound.standing_in import received

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_demonstration(settings: "SettingsWrapper") -> None:
    """Nothing shipped is signed by a clinician yet."""
    settings.IMPARTS_DEMO = True


def sent(event: str, number: str, name: str, said: str, *, more: str = "") -> str:
    """What a message of the PAS is answered."""
    lines = (
        f"MSH|^~\\&|PAS|RXX|IMPARTS|IMPARTS|20261117{said}00||ADT^{event}|{event}{said}|P|2.5.1",
        f"EVN|{event}|20261117{said}00",
        f"PID|||{number}^^^^MR||{name}||19610314|F",
        *([more] if more else []),
    )
    answered = received("".join(f"{line}\r" for line in lines).encode(), at=NOON)
    return answered.code


@pytest.fixture
def answering() -> HandOver:
    """H2 is in the middle of PHQ-9 and has answered item 9: there is a draft, and an alert."""
    service = a_service()
    know_sender(
        application="PAS", facility="RXX", organisation=service.organisation, by="test", at=NOON
    )
    assert sent("A28", "H2", "Mosse^Ada", "0800") == "AA"
    patient = Patient.objects.get(identifiers__value="H2")
    hand_over = a_hand_over(an_appointment(service, patient))
    for item in range(1, 9):
        answer(hand_over, "phq9", f"q{item}", 1)
    answer(hand_over, "phq9", "q9", 2)
    return hand_over


def merged() -> Patient:
    """H2 is found to be H1; who remains."""
    assert sent("A28", "H1", "Moss^Ada", "0810") == "AA"
    assert sent("A40", "H1", "Moss^Ada", "0900", more="MRG|H2^^^^MR") == "AA"
    return Patient.objects.get(identifiers__value="H1")


def test_the_answers_that_were_given_stay_and_the_rest_can_be_given(answering: HandOver) -> None:
    before = AnswerGiven.objects.count()
    survivor = merged()
    assert AnswerGiven.objects.count() == before
    answer_everything(answering)
    assert sending.submit(hand_over=answering, submission_id=uuid4(), at=NOON)
    of_person = Invitation.objects.filter(appointment__patient__in=record_ids(survivor))
    assert of_person.count() == 1


def test_the_alert_stays_open_and_is_the_survivors(answering: HandOver) -> None:
    assert Alert.objects.count() == 1
    survivor = merged()
    alert = Alert.objects.get()
    assert alert.patient_id in record_ids(survivor)
    assert not alert.events.filter(name="closed").exists()


def test_the_result_goes_to_the_record_under_who_remains(answering: HandOver) -> None:
    survivor = merged()
    answer_everything(answering)
    sending.submit(hand_over=answering, submission_id=uuid4(), at=NOON)
    told = [ResultFacts.from_json(each.facts) for each in Message.objects.filter(kind="result")]
    assert {each.patient.id for each in told} == {str(survivor.pk)}
    assert "H1" in {number.value for number in told[0].patient.identifiers}


def test_un_merged_everything_is_where_it_was(answering: HandOver) -> None:
    survivor = merged()
    loser = Patient.objects.get(identifiers__value="H2")
    people.unmerge(loser=loser, by="test", at=NOON, why="two people after all")
    loser.refresh_from_db()
    assert loser.merged_into_id is None
    assert loser.name == "Ada Mosse"
    assert Alert.objects.get().patient_id == loser.pk
    assert record_ids(survivor) == [survivor.pk]


def test_a_merge_that_staff_took_back_is_not_done_again_by_what_was_said_before(
    answering: HandOver,
) -> None:
    merged()
    loser = Patient.objects.get(identifiers__value="H2")
    people.unmerge(loser=loser, by="test", at=NOON, why="two people after all")
    assert sent("A40", "H1", "Moss^Ada", "1000", more="MRG|H2^^^^MR") == "AA"
    loser.refresh_from_db()
    assert loser.merged_into_id is None
    assert Merge.objects.count() == 2


def test_a_merge_that_the_record_says_after_staff_took_it_back_counts(answering: HandOver) -> None:
    survivor = merged()
    loser = Patient.objects.get(identifiers__value="H2")
    early = NOON - timedelta(hours=2)
    people.unmerge(loser=loser, by="test", at=early, why="two people after all")
    assert sent("A40", "H1", "Moss^Ada", "1100", more="MRG|H2^^^^MR") == "AA"
    loser.refresh_from_db()
    assert loser.merged_into_id == survivor.pk


def test_an_appointment_of_somebody_who_is_here_is_not_cancelled_over_their_heads(
    answering: HandOver,
) -> None:
    from imparts.informatics.clinics import actions as clinics
    from imparts.informatics.clinics.models import Appointment

    appointment = Appointment.objects.get()
    Appointment.objects.update(record_number="A1")
    clinics.check_in(appointment=appointment, by="test", at=NOON)
    lines = (
        "MSH|^~\\&|PAS|RXX|IMPARTS|IMPARTS|20261117110000||SIU^S15|S1|P|2.5.1",
        "SCH||A1",
        "PID|||H2^^^^MR||Mosse^Ada||19610314|F",
    )
    answered = received("".join(f"{line}\r" for line in lines).encode(), at=NOON)
    assert (answered.code, answered.where) == ("AR", "SCH-25")
    assert "here" in answered.words
