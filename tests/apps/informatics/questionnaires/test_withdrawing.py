"""Answers of another person count nowhere, and their alert is never lost (hazards H1, H2, H5)."""

from datetime import timedelta

import pytest
from django.http import Http404

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.informatics.questionnaires.actions.withdrawing import (
    AlreadyDone,
    NotWithdrawn,
    refile_response,
    withdraw_response,
)
from imparts.informatics.questionnaires.models import (
    Answer,
    Invitation,
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
from imparts.pathways.models import Alert
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.result_facts import ResultFacts
from tests.apps.informatics.questionnaires.filed_wrongly import LATER, WHY, withdrawn
from tests.builders import (
    NOON,
    a_sent_sitting,
    a_service,
    an_appointment,
    staff_with,
    who,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


@pytest.fixture
def service() -> Service:
    return a_service()


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
