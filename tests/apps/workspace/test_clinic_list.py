"""The clinic list: each role sees what it may, and one tap does one thing (hazards H1 and H8)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.queries import state_of
from imparts.informatics.questionnaires.models import HandOver, OfferOutcome
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, signed_in_as, text_of
from tests.builders import (
    a_hand_over,
    a_patient,
    a_sent_sitting,
    a_service,
    an_appointment,
    answer,
    answer_everything,
    staff_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
LIST = "/clinic/"


def _arrived(service, patient=None, *, at=A_MORNING):
    appointment = an_appointment(service, patient, at=at)
    clinics.check_in(
        appointment=appointment, by="test", at=at - timedelta(minutes=9), place="Area B"
    )
    return appointment


def test_reception_sees_who_is_here_and_may_start_a_tablet(client) -> None:
    service = a_service()
    appointment = _arrived(service)
    page = text_of(signed_in(client, "receptionist", service).get(LIST))
    assert "Here now, no tablet yet" in page
    assert "THIMBLEWICK" in page
    assert f"/tablet/hand-over/?person={appointment.pk}" in page
    assert "Offered to <strong>0 of 1</strong> who are here or done" in page


def test_reception_sees_no_score_no_answer_and_no_reason(client) -> None:
    service = a_service()
    a_sent_sitting(service, at=A_MORNING, phq9={"q1": 3, "q2": 3, "q9": 1})
    clinics.check_in(
        appointment=_only_appointment(service), by="test", at=A_MORNING, place="Area B"
    )
    page = text_of(signed_in(client, "receptionist", service).get(LIST))
    assert "Ask to wait" in page
    assert "The nurse is coming to the desk" in page
    for hidden in ("several days", "Item 9", "moderate", "Low mood", "mark act", "alert"):
        assert hidden not in page.split("<main")[1], hidden


def test_a_clinician_sees_the_answer_the_deputy_and_a_way_to_take_it(client) -> None:
    service = a_service()
    hand_over = a_hand_over(_arrived(service), at=A_MORNING)
    answer(hand_over, "phq9", "q9", 1, at=A_MORNING)
    page = text_of(signed_in(client, "consultant", service).get(LIST))
    assert "Amara Thimblewick: talk before they leave." in page
    assert "several days" in page
    assert "Deputy at <strong>09:45</strong>" in page
    assert "I'll ask now" in page
    assert "Shown when finished" in page


def test_a_clinician_sees_scores_in_words_and_change_only_beyond_chance(client) -> None:
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=A_MORNING - timedelta(days=150), phq9={"q1": 3})
    a_sent_sitting(service, patient, at=A_MORNING, phq9={"q1": 3, "q2": 3, "q3": 3}, gad7={"q1": 2})
    page = text_of(signed_in(client, "nurse", service).get(LIST))
    assert "<b>9</b></span>mild, <strong>worse by 6</strong>" in page
    assert '2</span>minimal, <span class="two">same</span>' in page


def test_an_estimate_says_what_it_could_be_and_is_compared_with_nothing(client) -> None:
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient, at=A_MORNING - timedelta(days=150))
    missing = {"q1": 1, "q2": 1, "q3": 2, "q4": 2, "q5": 1, "q6": None, "q7": None}
    a_sent_sitting(service, patient, at=A_MORNING, phq9=missing)
    page = text_of(signed_in(client, "nurse", service).get(LIST))
    assert "estimated, 7 to 13" in page
    assert "worse" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_the_counts_of_the_list_add_up_to_all_that_are_booked(client) -> None:
    service = a_service()
    _arrived(service)
    hand_over = a_hand_over(_arrived(service, a_patient("Kofi", "Brambleton")), at=A_MORNING)
    answer_everything(hand_over, at=A_MORNING)
    an_appointment(service, a_patient("Ines", "Tansyworth"), at=A_MORNING)
    page = text_of(signed_in(client, "receptionist", service).get(LIST))
    assert "<b>1</b> no tablet yet" in page
    assert "<b>1</b> answering" in page
    assert "<b>1</b> not here yet" in page


def test_a_day_without_a_clinic_says_so(client) -> None:
    page = text_of(signed_in(client, "receptionist", a_service()).get(LIST))
    assert "There is no clinic here today." in page


@pytest.mark.parametrize(
    "role", ["receptionist", "nurse", "consultant", "liaison", "psychologist", "manager"]
)
def test_roles_with_a_clinic_open_it(client, role: str) -> None:
    assert signed_in(client, role, a_service()).get(LIST).status_code == 200


@pytest.mark.parametrize("role", ["gp", "commissioner", "researcher", "integrator", "admin"])
def test_roles_without_a_clinic_are_told_who_may(client, role: str) -> None:
    answered = signed_in(client, role, a_service()).get(LIST)
    assert answered.status_code == 403
    assert "These roles may: receptionist" in text_of(answered)


def test_another_services_list_is_not_found_and_says_nothing(client) -> None:
    here, there = a_service(), a_service("Dermatology")
    answered = signed_in(client, "consultant", here).get(f"{LIST}?service={there.pk}")
    assert (answered.status_code, answered.content) == (404, b"")


def test_signed_out_the_list_leads_to_signing_in(client) -> None:
    answered = client.get(LIST)
    assert answered.status_code == 302
    assert answered["Location"].startswith("/sign-in/login/")


def test_a_look_at_the_list_is_noted_once_in_a_quarter_of_an_hour(client) -> None:
    service = a_service()
    an_appointment(service, at=A_MORNING)
    reader = signed_in(client, "nurse", service)
    for _ in range(3):
        reader.get(LIST)
    assert AuditEntry.objects.filter(did="saw clinic list").count() == 1


def test_arrived_is_one_tap_and_twice_is_once(client) -> None:
    service = a_service()
    appointment = an_appointment(service, at=A_MORNING)
    desk = signed_in(client, "receptionist", service)
    for _ in range(2):
        answered = desk.post(reverse("workspace:arrived", args=[appointment.pk]))
        assert answered["Location"] == LIST
    assert state_of(appointment) == "arrived"
    assert appointment.moves.count() == 2


@pytest.mark.parametrize(
    ("before", "move", "after"),
    [
        ("booked", "did_not_attend", "did_not_attend"),
        ("arrived", "not_here", "booked"),
        ("arrived", "left", "left"),
        ("arrived", "did_not_attend", "arrived"),  # refused, and said so
    ],
)
def test_where_someone_is_is_one_tap(client, before: str, move: str, after: str) -> None:
    service = a_service()
    appointment = an_appointment(service, at=A_MORNING)
    if before == "arrived":
        clinics.check_in(appointment=appointment, by="desk", at=A_MORNING)
    desk = signed_in(client, "receptionist", service)
    desk.post(reverse("workspace:moved", args=[appointment.pk]), {"move": move})
    assert state_of(appointment) == after


def test_the_list_offers_did_not_attend_for_someone_who_is_not_here_yet(client) -> None:
    service = a_service()
    an_appointment(service, at=A_MORNING)
    page = signed_in(client, "receptionist", service).get(LIST).content.decode()
    assert 'value="did_not_attend"' in page
    assert 'value="left"' not in page


def test_a_move_that_is_none_is_refused(client) -> None:
    service = a_service()
    appointment = an_appointment(service, at=A_MORNING)
    desk = signed_in(client, "receptionist", service)
    answered = desk.post(reverse("workspace:moved", args=[appointment.pk]), {"move": "flown"})
    assert answered.status_code == 400
    assert state_of(appointment) == "booked"


@pytest.mark.parametrize("said", ["declined", "no_time", "other"])
def test_why_someone_was_not_asked_is_one_tap(client, said: str) -> None:
    service = a_service()
    appointment = _arrived(service)
    desk = signed_in(client, "receptionist", service)
    desk.post(reverse("workspace:outcome", args=[appointment.pk]), {"outcome": said})
    assert OfferOutcome.objects.get().outcome == said
    page = text_of(desk.get(LIST))
    assert "Change" in page
    desk.post(reverse("workspace:outcome", args=[appointment.pk]), {"outcome": "undone"})
    assert "Here now, no tablet yet" in text_of(desk.get(LIST))


def test_an_unknown_reason_is_refused_in_a_sentence(client) -> None:
    service = a_service()
    appointment = _arrived(service)
    desk = signed_in(client, "receptionist", service)
    answered = desk.post(reverse("workspace:outcome", args=[appointment.pk]), {"outcome": "x"})
    assert answered.status_code == 400
    assert "Choose declined, no time or other." in text_of(answered)


def test_taking_the_tablet_back_keeps_what_was_answered(client) -> None:
    service = a_service()
    hand_over = a_hand_over(_arrived(service), at=A_MORNING)
    answer(hand_over, "pain_nrs", "q1", 4, at=A_MORNING)
    desk = signed_in(client, "receptionist", service)
    desk.post(reverse("workspace:take_back", args=[hand_over.invitation_id]))
    assert HandOver.objects.get().ended_because == "taken_back"
    assert "Stopped at 1 of" in text_of(desk.get(LIST))


def test_going_to_help_ends_the_call_for_help(client) -> None:
    service = a_service()
    hand_over = a_hand_over(_arrived(service), at=A_MORNING)
    HandOver.objects.update(asked_for_help_at=A_MORNING)
    desk = signed_in(client, "receptionist", service)
    assert "Asked for help 09:30" in text_of(desk.get(LIST))
    desk.post(reverse("workspace:helping", args=[hand_over.invitation_id]))
    assert "Asked for help" not in text_of(desk.get(LIST))


@pytest.mark.parametrize("action", ["arrived", "moved", "outcome", "take_back", "helping"])
def test_the_desks_actions_are_closed_to_other_services_and_roles(client, action: str) -> None:
    here, there = a_service(), a_service("Dermatology")
    hand_over = a_hand_over(_arrived(there), at=A_MORNING)
    ids = {
        "arrived": hand_over.invitation.appointment_id,
        "outcome": hand_over.invitation.appointment_id,
        "moved": hand_over.invitation.appointment_id,
    }
    address = reverse(f"workspace:{action}", args=[ids.get(action, hand_over.invitation_id)])
    assert client.post(address)["Location"].startswith("/sign-in/login/")
    answered = signed_in(client, "receptionist", here).post(
        address, {"outcome": "declined", "move": "left"}
    )
    assert (answered.status_code, answered.content) == (404, b"")
    forbidden = signed_in(client, "manager", there).post(
        address, {"outcome": "declined", "move": "left"}
    )
    assert forbidden.status_code == 403
    assert not OfferOutcome.objects.exists()


def test_a_search_narrows_the_rows_and_never_stands_in_the_address(client) -> None:
    service = a_service()
    _arrived(service)
    _arrived(service, a_patient("Kofi", "Brambleton"))
    desk = signed_in(client, "receptionist", service)
    answered = desk.post(reverse("workspace:find"), {"looked_for": "bramb"})
    assert answered["Location"] == LIST
    page = text_of(desk.get(LIST))
    assert "BRAMBLETON" in page
    assert "THIMBLEWICK" not in page
    assert "1 of 2 shown." in page
    desk.post(reverse("workspace:find"), {"all": "1"})
    assert "THIMBLEWICK" in text_of(desk.get(LIST))


def test_the_manager_sees_the_counts_and_nothing_to_press(client) -> None:
    service = a_service()
    _arrived(service)
    page = page_for(client, "manager", service, LIST)
    assert "<b>1</b> no tablet yet" in page
    assert "Start on a tablet" not in page


def test_someone_with_two_services_chooses(client) -> None:
    here, there = a_service(), a_service("Dermatology")
    nurse = staff_with("nurse", here)
    from imparts.access.actions import give_role

    give_role(
        staff=nurse, service=there, role="nurse", from_on=A_MORNING.date(), by="t", at=A_MORNING
    )
    signed_in_as(client, nurse)
    page = text_of(client.get(LIST))
    assert f"?service={there.pk}" in page or f"?service={here.pk}" in page


def _only_appointment(service):
    from imparts.informatics.clinics.models import Appointment

    return Appointment.objects.get(session__service=service)
