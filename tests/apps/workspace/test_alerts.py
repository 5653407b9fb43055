"""Alerts: listed, taken, recorded and closed by a person; every look is noted (hazard H1)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.questionnaires.models import HandOver
from imparts.pathways.models import Alert, AlertEvent
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import a_hand_over, a_patient, a_sent_sitting, a_service, an_appointment, answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
LIST = "/alerts/"
DONE = {"talked_by": "me", "action": "gp", "reason": "GP told, with consent"}
EARLIER = A_MORNING - timedelta(minutes=10)


def _an_alert(service, value: int | None = 1) -> Alert:
    hand_over = a_hand_over(an_appointment(service, at=A_MORNING), at=EARLIER)
    answer(hand_over, "phq9", "q9", value, at=EARLIER)
    return Alert.objects.get(about=hand_over.invitation_id)


def _one(alert: Alert) -> str:
    return reverse("workspace:alert", args=[alert.pk])


def _record(alert: Alert) -> str:
    return reverse("workspace:record", args=[alert.pk])


def test_an_open_alert_waits_with_the_time_of_its_deputy(client) -> None:
    service = a_service()
    _an_alert(service)
    page = page_for(client, "nurse", service, LIST)
    assert "Waiting for someone" in page
    assert "Item 9: <strong>several days</strong>" in page
    assert "<strong>Deputy 09:35</strong>, 5 min" in page
    assert "1 open, oldest 10 min. Today 1 raised, 0 closed." in page


def test_the_page_of_one_alert_shows_every_state_with_seconds(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    page = page_for(client, "consultant", service, _one(alert))
    for state in (
        "Raised", "Delivered", "Told", "Seen", "Called", "Taken", "Handed on", "Acted", "Closed",
    ):  # fmt: skip
        assert f'<th scope="row">{state}</th>' in page, state
    assert "09:20:00" in page
    assert "Needs a conversation before they leave." in page
    assert "09:35 deputy" in page


def test_nothing_is_chosen_beforehand(client) -> None:
    service = a_service()
    page = page_for(client, "nurse", service, _one(_an_alert(service)))
    assert 'type="radio"' in page
    assert " checked" not in page


def test_an_answer_that_was_declined_is_asked_in_person(client) -> None:
    service = a_service()
    page = page_for(client, "nurse", service, _one(_an_alert(service, None)))
    assert "chose not to answer" in page
    assert "Ask in person." in page
    assert "Needs a conversation before they leave." not in page


def test_a_later_answer_stands_beside_the_first_and_closes_nothing(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    answer(HandOver.objects.get(), "phq9", "q9", 0, at=EARLIER + timedelta(minutes=2))
    page = page_for(client, "nurse", service, _one(alert))
    assert "several days at 09:20, then not at all at 09:22" in page
    assert "1 open" in page


def test_what_was_answered_the_time_before_stands_beside_it(client) -> None:
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=A_MORNING - timedelta(days=154))
    hand_over = a_hand_over(an_appointment(service, patient, at=A_MORNING), at=EARLIER)
    answer(hand_over, "phq9", "q9", 1, at=EARLIER)
    page = page_for(client, "nurse", service, _one(Alert.objects.get()))
    assert "In June: not at all." in page


def test_i_will_ask_now_makes_the_reader_the_owner(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    reader = signed_in(client, "nurse", service)
    answered = reader.post(reverse("workspace:take", args=[alert.pk]), {"back": "clinic"})
    assert answered["Location"] == "/clinic/"
    assert AlertEvent.objects.filter(name="acknowledged").count() == 1
    page = text_of(reader.get(_one(alert)))
    assert "09:30 taken by you" in page
    assert "not needed: taken" in page


def test_a_colleague_may_take_over(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    signed_in(client, "nurse", service).post(reverse("workspace:take", args=[alert.pk]))
    page = page_for(client, "consultant", service, _one(alert))
    assert "Take over from Nurse" in page


@pytest.mark.parametrize("back", ["", "alert", "https://example.org/", "//example.org"])
def test_after_taking_nobody_is_sent_elsewhere(client, back: str) -> None:
    service = a_service()
    alert = _an_alert(service)
    address = reverse("workspace:take", args=[alert.pk])
    answered = signed_in(client, "nurse", service).post(address, {"back": back})
    assert answered["Location"] == _one(alert)


def test_saying_what_was_done_closes_the_alert(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    reader = signed_in(client, "nurse", service)
    answered = reader.post(_record(alert), DONE | {"save": "close", "safety_plan": "made"})
    assert answered["Location"] == _one(alert)
    page = text_of(reader.get(_one(alert)))
    assert "Saved. The alert is closed." in page
    assert "Closed today" in page
    assert "Talked with the patient. GP. GP told, with consent. Safety plan made" in page
    assert "Record what you did" not in page


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("talked_by", "Choose who talked with the patient."),
        ("action", "Choose what was done."),
        ("reason", "Give the reason, or who was told and with what consent."),
    ],
)
def test_without_a_talk_an_action_and_a_reason_it_stays_open(client, left_out, said) -> None:
    service = a_service()
    alert = _an_alert(service)
    given = {name: value for name, value in DONE.items() if name != left_out}
    answered = signed_in(client, "nurse", service).post(_record(alert), given | {"save": "close"})
    page = text_of(answered)
    assert answered.status_code == 422
    assert "There is a problem" in page
    assert page.count(said) == 2, "in the summary and beside the field"
    assert "<title>Error: Alerts" in page
    assert not AlertEvent.objects.filter(name="closed").exists()


def test_what_was_typed_is_still_there_after_a_problem(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    given = {"save": "close", "reason": "Rang the GP", "talked_by": "me", "plan": "None said"}
    page = text_of(signed_in(client, "nurse", service).post(_record(alert), given))
    assert 'value="Rang the GP"' in page
    assert "None said</textarea>" in page
    assert 'value="me" checked' in page


def test_saving_without_closing_never_stops_the_clock(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    reader = signed_in(client, "nurse", service)
    reader.post(
        _record(alert), {"talked_by": "nobody", "reason": "Rang, no answer", "save": "keep"}
    )
    page = text_of(reader.get(_one(alert)))
    assert "Saved. It stays open, and its clock goes on." in page
    assert "Waiting for someone" in page
    assert "Rang, no answer" in page


@pytest.mark.parametrize(
    "given",
    [
        {"action": "high_risk"},
        {"follow_up_on": "tomorrow"},
        {"follow_up_on": "16/11/2026"},
        {"reason": "x" * 501},
        {"reason": "a\0b"},
        {},
    ],
)
def test_what_cannot_be_saved_is_said_in_a_sentence(client, given) -> None:
    service = a_service()
    alert = _an_alert(service)
    answered = signed_in(client, "nurse", service).post(_record(alert), given | {"save": "keep"})
    assert answered.status_code == 422
    assert "There is a problem" in text_of(answered)
    assert not AlertEvent.objects.filter(name="noted").exists()


@pytest.mark.parametrize("text", ["مرحبا", "🙂 said yes", "<script>alert(1)</script>"])
def test_any_text_is_kept_and_shown_as_text(client, text: str) -> None:
    service = a_service()
    alert = _an_alert(service)
    reader = signed_in(client, "nurse", service)
    reader.post(_record(alert), {"reason": text, "save": "keep"})
    page = text_of(reader.get(_one(alert)))
    assert "<script>alert" not in page
    assert AlertEvent.objects.get(name="noted").details["reason"] == text


def test_a_closed_alert_cannot_be_recorded_again(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    reader = signed_in(client, "nurse", service)
    reader.post(_record(alert), DONE | {"save": "close"})
    again = reader.post(_record(alert), DONE | {"save": "close", "reason": "Second window"})
    assert AlertEvent.objects.filter(name="closed").count() == 1
    assert again.status_code == 409
    page = text_of(again)
    assert "Nothing was saved. Nurse closed this alert at 09:30." in page
    assert "Second window" in page, "what was typed stands there to be copied"


def test_opening_an_alert_is_noted_every_time_and_seen_once(client) -> None:
    service = a_service()
    alert = _an_alert(service)
    reader = signed_in(client, "nurse", service)
    for _ in range(2):
        reader.get(_one(alert))
    assert AuditEntry.objects.filter(did="saw alert", patient=alert.patient_id).count() == 2
    assert AlertEvent.objects.filter(name="seen").count() == 1


@pytest.mark.parametrize("role", ["receptionist", "manager", "gp", "researcher"])
def test_roles_that_take_no_alerts_are_told_who_may(client, role: str) -> None:
    service = a_service()
    alert = _an_alert(service)
    reader = signed_in(client, role, service)
    for address in (LIST, _one(alert)):
        answered = reader.get(address)
        assert answered.status_code == 403
        assert "These roles may: clinic nurse" in text_of(answered)
    for address in (_record(alert), reverse("workspace:take", args=[alert.pk])):
        assert reader.post(address, DONE).status_code == 403


def test_another_services_alert_is_not_found_and_says_nothing(client) -> None:
    here, there = a_service(), a_service("Dermatology")
    alert = _an_alert(there)
    reader = signed_in(client, "nurse", here)
    assert "None open." in text_of(reader.get(LIST))
    answers = [
        reader.get(_one(alert)),
        reader.post(_record(alert), DONE | {"save": "close"}),
        reader.post(reverse("workspace:take", args=[alert.pk])),
    ]
    assert [(a.status_code, a.content) for a in answers] == [(404, b"")] * 3
    assert not AlertEvent.objects.filter(name__in=["acknowledged", "closed", "seen"]).exists()


def test_signed_out_alerts_lead_to_signing_in(client) -> None:
    alert = _an_alert(a_service())
    for answered in (client.get(LIST), client.get(_one(alert)), client.post(_record(alert))):
        assert answered["Location"].startswith("/sign-in/login/")


def test_the_menu_counts_the_open_alerts(client) -> None:
    service = a_service()
    _an_alert(service)
    page = page_for(client, "consultant", service, "/clinic/")
    assert '<span class="count">1</span>' in page
