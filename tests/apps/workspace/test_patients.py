"""Finding a patient: only those one may see, and nothing in the address (hazards H2 and H8)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.people import actions as people
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import a_hand_over, a_patient, a_sent_sitting, a_service, an_appointment, answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
SEARCH = "/patients/"


@pytest.mark.parametrize("text", ["thimb", "Thimblewick, Amara", "14/03/1961", "14-Mar-1961"])
def test_a_patient_is_found_by_name_or_birth_date(client, text: str) -> None:
    service = a_service()
    an_appointment(service, at=A_MORNING)
    answered = signed_in(client, "nurse", service).post(SEARCH, {"looked_for": text})
    page = text_of(answered)
    assert "THIMBLEWICK" in page
    assert "1 person found." in page
    assert AuditEntry.objects.get(did="searched patients").about == "1 found"


def test_a_number_is_shown_in_groups_and_says_when_it_is_not_verified(client) -> None:
    service, patient = a_service(), a_patient()
    appointment = an_appointment(service, patient, at=A_MORNING)
    people.add_identifier(
        patient=patient, scheme="nhs", value="9990000018", by="clerk", at=A_MORNING
    )
    page = page_for(
        client, "nurse", service, reverse("workspace:patient", args=[appointment.patient_id])
    )
    assert "999 000 0018" in page
    assert "(not verified)" in page


def test_what_was_typed_is_not_written_back(client) -> None:
    service = a_service()
    page = text_of(signed_in(client, "nurse", service).post(SEARCH, {"looked_for": "Zebedee"}))
    assert "Nobody whom you may see here" in page
    assert "Zebedee" not in page


@pytest.mark.parametrize("text", ["", "x", "a\0b", "x" * 61])
def test_a_search_that_cannot_be_made_says_why(client, text: str) -> None:
    answered = signed_in(client, "nurse", a_service()).post(SEARCH, {"looked_for": text})
    assert answered.status_code == 422
    assert "nhsuk-error-message" in text_of(answered)


def test_another_services_patient_is_never_found(client) -> None:
    here, there = a_service(), a_service("Dermatology")
    appointment = an_appointment(there, at=A_MORNING)
    reader = signed_in(client, "nurse", here)
    assert "THIMBLEWICK" not in text_of(reader.post(SEARCH, {"looked_for": "thimb"}))
    answered = reader.get(reverse("workspace:patient", args=[appointment.patient_id]))
    assert (answered.status_code, answered.content) == (404, b"")


def test_a_patient_page_shows_visits_newest_first_and_open_alerts(client) -> None:
    service, patient = a_service(), a_patient()
    sent = a_sent_sitting(service, patient, at=A_MORNING - timedelta(days=150), phq9={"q1": 3})
    hand_over = a_hand_over(an_appointment(service, patient, at=A_MORNING), at=A_MORNING)
    answer(hand_over, "phq9", "q9", 1, at=A_MORNING)
    page = page_for(client, "consultant", service, reverse("workspace:patient", args=[patient.pk]))
    assert "Item 9: several days" in page
    assert "Not finished: 1 answer given" in page
    assert "Low mood and worry are both minimal." in page
    assert page.index(str(hand_over.invitation_id)) < page.index(str(sent.pk))
    assert AuditEntry.objects.filter(did="saw patient", patient=patient.pk).count() == 1


def test_a_patient_without_answers_has_a_sentence(client) -> None:
    service = a_service()
    appointment = an_appointment(service, at=A_MORNING)
    address = reverse("workspace:patient", args=[appointment.patient_id])
    assert "Nothing has been answered" in page_for(client, "nurse", service, address)


def test_the_age_of_someone_who_has_died_stops_at_that_day(client) -> None:
    service, patient = a_service(), a_patient()
    an_appointment(service, patient, at=A_MORNING)
    people.correct(
        patient=patient, died_on=date(2026, 3, 1), by="clerk", at=A_MORNING, why="record"
    )
    page = page_for(client, "nurse", service, reverse("workspace:patient", args=[patient.pk]))
    assert "Died 01-Mar-2026" in page
    assert "(64y)" in page


def test_the_address_of_a_merged_record_leads_to_the_one_it_became(client) -> None:
    service = a_service()
    old, kept = a_patient("Old", "Record"), a_patient()
    an_appointment(service, old, at=A_MORNING)
    people.merge(loser=old, survivor=kept, by="clerk", at=A_MORNING, why="one person")
    address = reverse("workspace:patient", args=[old.pk])
    assert "THIMBLEWICK" in page_for(client, "nurse", service, address)


@pytest.mark.parametrize("role", ["receptionist", "manager", "commissioner"])
def test_roles_that_look_up_nobody_are_told_who_may(client, role: str) -> None:
    service = a_service()
    appointment = an_appointment(service, at=A_MORNING)
    reader = signed_in(client, role, service)
    for address in (SEARCH, reverse("workspace:patient", args=[appointment.patient_id])):
        answered = reader.get(address)
        assert answered.status_code == 403
        assert "These roles may: clinic nurse" in text_of(answered)


def test_signed_out_patients_lead_to_signing_in(client) -> None:
    appointment = an_appointment(a_service(), at=A_MORNING)
    address = reverse("workspace:patient", args=[appointment.patient_id])
    for answered in (client.get(SEARCH), client.get(address)):
        assert answered["Location"].startswith("/sign-in/login/")
