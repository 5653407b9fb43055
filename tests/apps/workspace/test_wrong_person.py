"""The page for answers that were filed to the wrong person: two looks, once (hazards H1 and H2)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.models import Invitation, Refiling, WithdrawnSitting
from imparts.organisations.models import Service
from imparts.pathways.models import Alert, AlertEvent
from tests.builders import (
    NOON,
    a_hand_over,
    a_patient,
    a_sent_sitting,
    a_service,
    an_appointment,
    staff_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]

WHY = "The tablet was handed to the next patient."


@pytest.fixture
def a_clinic_noon() -> Iterator[None]:
    """Two hours after the answers were sent; the clock does not move."""
    # Rules never ask for the time; frozen days are of a class that they do not know.
    with freeze_time(NOON + timedelta(hours=2), ignore=["imparts.rules"]):
        yield


@pytest.fixture
def service(a_clinic_noon: None) -> Service:
    return a_service()


@pytest.fixture
def sent(service: Service) -> Invitation:
    """Answers with a positive item 9 under Amara Thimblewick."""
    return a_sent_sitting(service, phq9={"q1": 3, "q9": 1})


@pytest.fixture
def right(service: Service) -> Appointment:
    """Bertrand Quillfeather, who really answered."""
    person = a_patient("Bertrand", "Quillfeather")
    return an_appointment(service, patient=person)


@pytest.fixture
def browser(service: Service) -> Client:
    made = Client()
    made.force_login(staff_with("nurse", service, username="nurse.test"))
    return made


def page_of(sent: Invitation) -> str:
    return reverse("workspace:wrong_person", args=[sent.patient_id, sent.pk])


def visit_of(sent: Invitation) -> str:
    return reverse("workspace:visit", args=[sent.patient_id, sent.pk])


def test_the_summary_leads_to_it_and_it_names_everybody_else_of_the_day(
    browser: Client, sent: Invitation, right: Appointment
) -> None:
    assert page_of(sent) == f"{visit_of(sent)}wrong-person/"
    assert 'href="wrong-person/"' in browser.get(visit_of(sent)).content.decode()
    shown = browser.get(page_of(sent)).content.decode()
    assert "QUILLFEATHER" in shown
    assert str(right.pk) in shown
    assert str(sent.appointment_id) not in shown


def test_looking_for_a_name_is_posted_and_narrows_the_list(
    browser: Client, sent: Invitation, right: Appointment, service: Service
) -> None:
    an_appointment(service, patient=a_patient("Cornelia", "Marlpit"))
    said = {"do": "find", "looked_for": "quill bert", "why": WHY}
    answer = browser.post(page_of(sent), said)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "QUILLFEATHER" in shown
    assert "MARLPIT" not in shown
    assert WHY in shown
    nobody = browser.post(page_of(sent), said | {"looked_for": "Zebedee"}).content.decode()
    assert "Nobody of that day" in nobody


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"why": WHY}, "Choose whose answers these are"),
        ({"whose": "not an id", "why": WHY}, "Choose whose answers these are"),
        ({"whose": "unknown", "why": "  "}, "Say how it came about"),
    ],
)
@pytest.mark.parametrize("do", ["look", "withdraw"])
def test_what_is_missing_is_said_and_what_was_typed_stays(
    browser: Client, sent: Invitation, right: Appointment, said: dict[str, str], problem: str,
    do: str,
) -> None:  # fmt: skip
    answer = browser.post(page_of(sent), said | {"do": do})
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert said["why"].strip() in answer.content.decode()
    assert not WithdrawnSitting.objects.exists()


def test_the_second_look_shows_both_people_and_changes_nothing(
    browser: Client, sent: Invitation, right: Appointment
) -> None:
    answer = browser.post(page_of(sent), {"do": "look", "whose": str(right.pk), "why": WHY})
    shown = answer.content.decode()
    assert answer.status_code == 200
    for words in ("THIMBLEWICK", "QUILLFEATHER", "cannot be undone", "clocks begin now", WHY):
        assert words in shown
    assert not WithdrawnSitting.objects.exists()


def test_withdrawing_shows_what_is_left_and_the_alert_to_close(
    browser: Client, sent: Invitation, right: Appointment
) -> None:
    said = {"do": "withdraw", "whose": str(right.pk), "why": WHY}
    answer = browser.post(page_of(sent), said, follow=True)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "another person&#39;s answers" in shown
    assert WHY in shown
    assert "QUILLFEATHER" not in shown, "the other person is not named on this record"
    assert Refiling.objects.get().invitation.patient_id == right.patient_id
    old = Alert.objects.get(about=sent.pk)
    closing = reverse("workspace:close_wrongly_filed", args=[old.pk])
    assert closing in shown
    closed = browser.post(closing, follow=True).content.decode()
    assert "Closed by" in closed
    assert AlertEvent.objects.filter(alert=old, name="closed").count() == 1
    assert not AlertEvent.objects.filter(
        alert__about=Refiling.objects.get().invitation_id, name="closed"
    ).exists()


def test_the_second_time_is_409_and_changes_nothing(
    browser: Client, sent: Invitation, right: Appointment
) -> None:
    said = {"do": "withdraw", "whose": str(right.pk), "why": WHY}
    browser.post(page_of(sent), said)
    again = browser.post(page_of(sent), said)
    assert again.status_code == 409
    assert "already" in again.content.decode()
    assert WithdrawnSitting.objects.count() == Refiling.objects.count() == 1


def test_not_known_yet_is_filed_later_and_only_then_is_the_old_alert_closed(
    browser: Client, sent: Invitation, right: Appointment
) -> None:
    browser.post(page_of(sent), {"do": "withdraw", "whose": "unknown", "why": WHY})
    old = Alert.objects.get(about=sent.pk)
    shown = browser.get(visit_of(sent)).content.decode()
    closing = reverse("workspace:close_wrongly_filed", args=[old.pk])
    assert "Nobody has said yet" in shown
    alert = browser.get(reverse("workspace:alert", args=[old.pk])).content.decode()
    assert "filed to the wrong person" in alert
    assert "Another person&#39;s answers" in alert
    assert closing not in shown
    refused = browser.post(closing, follow=True).content.decode()
    assert "Say first whose answers these were" in refused
    assert "I do not know yet" not in browser.get(page_of(sent)).content.decode()
    browser.post(page_of(sent), {"do": "withdraw", "whose": str(right.pk)})
    assert Refiling.objects.get().invitation.patient_id == right.patient_id
    assert closing in browser.get(visit_of(sent)).content.decode()


def test_everything_is_noted_and_no_address_holds_a_name(
    browser: Client, sent: Invitation, right: Appointment
) -> None:
    browser.get(page_of(sent))
    browser.post(page_of(sent), {"do": "withdraw", "whose": str(right.pk), "why": WHY})
    browser.get(visit_of(sent))
    noted = set(AuditEntry.objects.filter(who="nurse.test").values_list("did", flat=True))
    assert {
        "opened wrong person",
        "withdrew answers of another person",
        "filed answers again",
        "saw withdrawn visit",
    } <= noted


def test_letters_fhir_and_the_patients_page_know_nothing_of_it_any_more(
    browser: Client, sent: Invitation, right: Appointment
) -> None:
    browser.post(page_of(sent), {"do": "withdraw", "whose": str(right.pk), "why": WHY})
    as_fhir = reverse("workspace:visit_as_fhir", args=[sent.patient_id, sent.pk])
    letter = reverse("workspace:gp_letter", args=[sent.patient_id, sent.pk])
    assert browser.get(as_fhir).status_code == 404
    assert browser.get(letter).status_code == 404
    record = browser.get(reverse("workspace:patient", args=[sent.patient_id])).content.decode()
    assert visit_of(sent) not in record


def test_staff_of_another_service_find_nothing(sent: Invitation) -> None:
    stranger = Client()
    stranger.force_login(staff_with("nurse", a_service("Dermatology")))
    assert stranger.get(page_of(sent)).status_code == 404


def test_answers_that_were_not_sent_are_not_withdrawn_here(
    browser: Client, service: Service
) -> None:
    unsent = a_hand_over(an_appointment(service, patient=a_patient("Dora", "Fenwick"))).invitation
    answer = browser.get(page_of(unsent))
    assert answer.status_code == 400
    assert "have not been sent yet" in answer.content.decode()
