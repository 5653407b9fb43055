"""The locked tablet and handing it over: who may, and what is left behind in the browser."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.questionnaires.models import HandOver
from tests.apps.informatics.questionnaires.browsers import (
    a_tablet_browser,
    handed_over,
    unlocked,
)
from tests.builders import (
    NOON,
    a_patient,
    a_sent_sitting,
    a_service,
    a_tablet,
    an_appointment,
    staff_with,
)

pytestmark = pytest.mark.django_db


def test_the_start_page_names_no_patient_and_is_never_stored(tablet, appointment) -> None:
    page = a_tablet_browser(tablet).get("/tablet/")
    assert page.status_code == 200
    assert "Thimblewick" not in page.content.decode()
    assert "All answers sent" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_the_demonstration_pin_is_shown_in_the_demo_only(tablet, settings) -> None:
    browser = a_tablet_browser(tablet)
    assert "demonstration PIN is 2468" in browser.get("/tablet/").content.decode()
    settings.IMPARTS_DEMO = False
    assert "demonstration PIN" not in browser.get("/tablet/").content.decode()


def test_a_browser_that_is_no_tablet_is_told_so(service) -> None:
    for answered in (Client().get("/tablet/"), Client().post("/tablet/unlock/", {"pin": "2468"})):
        assert answered.status_code == 403
        assert "not been set up as a clinic tablet" in answered.content.decode()


@pytest.mark.parametrize(
    ("pin", "says", "status"),
    [
        ("", "Enter your PIN", 400),
        ("x" * 100_000, "A PIN is 4 to 12 numbers", 400),
        ("24\x0068", "A PIN is 4 to 12 numbers", 400),
        ("9999", "does not belong to anyone in this clinic", 403),
    ],
)
def test_a_pin_that_will_not_do_says_why(tablet, pin, says, status) -> None:
    page = a_tablet_browser(tablet).post("/tablet/unlock/", {"pin": pin})
    assert page.status_code == status
    assert says in page.content.decode()
    assert "<title>Error: " in page.content.decode()


def test_the_list_shows_who_is_due_today_with_name_birth_date_and_state(
    tablet, appointment
) -> None:
    answered = unlocked(tablet).get("/tablet/hand-over/")
    page = answered.content.decode()
    assert "Amara Thimblewick" in page
    assert "14 March 1961" in page
    assert "Not here yet" in page
    assert answered["Refresh"] == "120; url=/tablet/"
    assert "no-store" in answered["Cache-Control"]


def test_seeing_the_list_is_audited(tablet) -> None:
    unlocked(tablet).get("/tablet/hand-over/")
    entry = AuditEntry.objects.get(did="saw who is due on tablet")
    assert entry.who == "reception.test"


def test_whoever_has_answered_or_did_not_come_is_not_on_the_list(
    tablet, service, appointment
) -> None:
    a_sent_sitting(service, a_patient("Bo", "Finished"))
    clinics.mark_did_not_attend(appointment=appointment, by="test", at=NOON)
    page = unlocked(tablet).get("/tablet/hand-over/").content.decode()
    assert "Finished" not in page
    assert "Thimblewick" not in page


def test_the_list_locks_itself_after_two_minutes(tablet, clock) -> None:
    browser = unlocked(tablet)
    clock.tick(timedelta(seconds=119))
    assert browser.get("/tablet/hand-over/").status_code == 200
    clock.tick(timedelta(seconds=121))
    assert browser.get("/tablet/hand-over/").url == "/tablet/"


def test_lock_now_locks_at_once(tablet) -> None:
    browser = unlocked(tablet)
    assert browser.post("/tablet/lock/").url == "/tablet/"
    assert browser.get("/tablet/hand-over/").url == "/tablet/"


def test_the_start_page_locks_what_was_unlocked(tablet) -> None:
    browser = unlocked(tablet)
    browser.get("/tablet/")
    assert browser.get("/tablet/hand-over/").url == "/tablet/"


def test_tap_1_chooses_a_person_and_tap_2_hands_the_tablet_to_them(tablet, appointment) -> None:
    browser = unlocked(tablet)
    chosen = browser.get(f"/tablet/hand-over/?person={appointment.pk}").content.decode()
    assert 'Hand over to <span dir="auto">Amara</span>' in chosen
    answered = browser.post("/tablet/hand-over/", {"person": str(appointment.pk)})
    assert answered.url == "/tablet/language/"
    made = HandOver.objects.get()
    assert (made.started_by, made.tablet, made.ended_at) == ("reception.test", tablet, None)


def test_handing_over_leaves_nothing_of_the_staff_session(tablet, appointment) -> None:
    browser = handed_over(tablet, appointment)
    assert set(browser.session.keys()) == {"hand_over"}
    assert browser.get("/tablet/hand-over/").url == "/tablet/"


def test_a_signed_in_receptionist_hands_over_and_is_signed_out_by_it(service, appointment) -> None:
    browser = Client()
    browser.force_login(staff_with("receptionist", service))
    page = browser.get(f"/tablet/hand-over/?person={appointment.pk}")
    assert 'Hand over to <span dir="auto">Amara</span>' in page.content.decode()
    browser.post("/tablet/hand-over/", {"person": str(appointment.pk)})
    assert set(browser.session.keys()) == {"hand_over"}


def test_a_role_that_may_not_hand_over_is_refused(service, appointment) -> None:
    browser = Client()
    browser.force_login(staff_with("manager", service))
    answered = browser.get(f"/tablet/hand-over/?person={appointment.pk}")
    assert answered.status_code == 403
    assert "Thimblewick" not in answered.content.decode()


def test_a_person_of_another_service_is_not_found(tablet) -> None:
    elsewhere = an_appointment(a_service("Dermatology"), a_patient("Kit", "Elsewhere"))
    for answered in (
        unlocked(tablet).get(f"/tablet/hand-over/?person={elsewhere.pk}"),
        unlocked(tablet).post("/tablet/hand-over/", {"person": str(elsewhere.pk)}),
    ):
        assert answered.status_code == 404
        assert "Elsewhere" not in answered.content.decode()


def test_a_tablet_hands_over_for_its_own_service_only(service, tablet, appointment) -> None:
    dermatology = a_service("Dermatology")
    staff_with("receptionist", dermatology, pin="2468")
    elsewhere = unlocked(a_tablet(dermatology))
    assert elsewhere.get(f"/tablet/hand-over/?person={appointment.pk}").status_code == 404


def test_nobody_is_handed_the_tablet_when_it_is_locked(tablet, appointment) -> None:
    browser = a_tablet_browser(tablet)
    assert browser.post("/tablet/hand-over/", {"person": str(appointment.pk)}).url == "/tablet/"
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("person", ["", "x", "\x00", "1" * 1000])
def test_a_person_that_is_no_id_shows_the_list_again(tablet, person) -> None:
    assert unlocked(tablet).get("/tablet/hand-over/", {"person": person}).status_code == 200
    assert unlocked(tablet).post("/tablet/hand-over/", {"person": person}).status_code == 200


def test_an_unknown_appointment_is_not_found(tablet) -> None:
    assert unlocked(tablet).get(f"/tablet/hand-over/?person={uuid4()}").status_code == 404


def test_an_appointment_of_another_day_is_refused_with_the_reason(tablet, service) -> None:
    tomorrow = an_appointment(service, a_patient("Kit", "Later"), at=NOON + timedelta(days=1))
    answered = unlocked(tablet).post("/tablet/hand-over/", {"person": str(tomorrow.pk)})
    assert answered.status_code == 409
    assert "This appointment is not today" in answered.content.decode()


def test_answers_already_sent_are_not_asked_again(tablet, service) -> None:
    sent = a_sent_sitting(service)
    answered = unlocked(tablet).post("/tablet/hand-over/", {"person": str(sent.appointment_id)})
    assert answered.status_code == 409
    assert "have already been sent" in answered.content.decode()


def test_a_service_without_a_pack_says_so(clock, db) -> None:
    bare = a_service("Bare", with_content=False)
    staff_with("receptionist", bare, pin="2468")
    appointment = an_appointment(bare)
    answered = unlocked(a_tablet(bare)).post("/tablet/hand-over/", {"person": str(appointment.pk)})
    assert answered.status_code == 409
    assert "no questionnaire pack in force" in answered.content.decode()


def test_large_text_that_was_asked_for_is_there_from_the_first_page(tablet, service) -> None:
    patient = a_patient("Zofia", "Reads-Large")
    patient.information_needs = {"large_text": True}
    patient.save()
    browser = handed_over(tablet, an_appointment(service, patient))
    assert 'class="size-larger' in browser.get("/tablet/language/").content.decode()
