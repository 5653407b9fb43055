"""Documents and alerts are owed only where a destination wants them (hazards H5 and H8)."""

import pytest

from imparts.informatics.questionnaires.actions.withdrawing import withdraw_response
from imparts.informatics.questionnaires.models import Invitation
from imparts.outbox import actions as outbox
from imparts.outbox.destination import Destination
from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.result_facts import ResultFacts
from tests.builders import NOON, a_sent_sitting, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


def wanted(way: str, sends: str, **also: object) -> None:
    """A destination besides the record."""
    outbox.set_destination(
        Destination("second", "Second", way, sends, "https://record.example/fhir", **also),
        by="integrator.test", why="test", at=NOON,
    )  # fmt: skip


def facts_of(sent: Invitation, destination: str) -> list[ResultFacts]:
    rows = Message.objects.filter(kind="result", destination=destination, sitting=sent.pk)
    return [ResultFacts.from_json(row.facts) for row in rows.order_by("pk")]


def test_nobody_is_owed_a_document_unless_it_is_wanted() -> None:
    a_sent_sitting(a_service(), phq9={"q9": 1})
    assert set(Message.objects.values_list("kind", flat=True)) - {"alert_raised"} == {"result"}


def test_one_document_holds_every_result_of_the_visit() -> None:
    wanted("mllp", "mdm")
    sent = a_sent_sitting(a_service(), phq9={"q1": 2})
    document = DocumentFacts.from_json(Message.objects.get(kind="document").facts)
    results = facts_of(sent, "record")
    assert [one.heading for one in document.sections] == [
        one.instrument.short_title for one in results
    ]
    assert document.sitting_id == str(sent.pk)
    assert document.patient == results[0].patient
    assert not Message.objects.filter(kind="result", destination="second").exists()


def test_a_destination_of_another_service_is_owed_nothing() -> None:
    wanted("mllp", "mdm", services=frozenset({a_service("Dermatology").pk}))
    a_sent_sitting(a_service())
    assert not Message.objects.filter(destination="second").exists()


def test_open_alerts_go_with_a_result_by_fhir_and_say_what_to_do() -> None:
    wanted("fhir", "fhir")
    sent = a_sent_sitting(a_service(), phq9={"q9": 1})
    (told,) = [one for one in facts_of(sent, "second") if one.instrument.id == "phq9"]
    (alert,) = told.alerts
    assert alert.id == str(Alert.objects.get(about=sent.pk).pk)
    assert alert.item == "q9"
    assert alert.words.endswith("Talk with the patient before they leave.")
    assert "risk" not in alert.words
    others = [one for one in facts_of(sent, "second") if one.instrument.id != "phq9"]
    assert not any(one.alerts for one in others)


def closed(sent: Invitation) -> None:
    """Somebody has talked with the patient."""
    done = {"talked_by": "me", "action": "gp", "reason": "Told the GP."}
    pathways.record_what_was_done(
        alert=Alert.objects.get(about=sent.pk), details=done, closes=True, by="nurse.test", at=NOON
    )


def test_when_a_person_closes_the_alert_its_flag_ends_where_it_was_sent() -> None:
    wanted("fhir", "fhir")
    sent = a_sent_sitting(a_service(), phq9={"q9": 1})
    assert not Message.objects.filter(kind="alert").exists()
    closed(sent)
    (ended,) = Message.objects.filter(kind="alert")
    first = Message.objects.filter(kind="result", destination="second").first()
    assert (ended.destination, ended.patient) == ("second", first.patient)
    assert ended.pk > first.pk
    facts = ResultFacts.from_json(ended.facts)
    assert facts.items == ()
    assert [one.closed_at for one in facts.alerts] == [NOON]


def test_without_fhir_nobody_is_told_that_an_alert_was_closed() -> None:
    closed(a_sent_sitting(a_service(), phq9={"q9": 1}))
    assert not Message.objects.filter(kind="alert").exists()


def test_the_flag_of_another_persons_answers_stays_marked_as_such() -> None:
    wanted("fhir", "fhir")
    sent = a_sent_sitting(a_service(), phq9={"q9": 1})
    withdraw_response(sitting=sent.pk, why="Another person.", by="nurse.test", at=NOON)
    closed(sent)
    assert not Message.objects.filter(kind="alert").exists()
    assert ResultFacts.from_json(
        Message.objects.filter(kind="withdrawal", facts__has_key="alerts").first().facts
    ).alerts


def test_without_fhir_no_message_speaks_of_an_alert() -> None:
    sent = a_sent_sitting(a_service(), phq9={"q9": 1})
    assert not any(one.alerts for one in facts_of(sent, "record"))
