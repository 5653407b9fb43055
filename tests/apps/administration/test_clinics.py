"""Clinic days without names, and a test patient in one step."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from imparts.informatics.clinics.models import Appointment, ClinicSession
from imparts.outbox.models import Message
from imparts.people import actions as people
from imparts.people.models import Identifier, Patient
from imparts.rules.identifiers import scheme
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import TODAY, a_sent_sitting, a_service, an_appointment

pytestmark = pytest.mark.django_db
CLINICS = "/set-up/clinics/"


def plans(where, **other: object) -> dict[str, object]:
    """A form that is filled in rightly."""
    return {
        "service": where.pk, "held_on": TODAY.isoformat(), "part": "morning", "starts_at": "09:00",
        "place": "Area B",
    } | other  # fmt: skip


def test_a_clinic_is_planned_with_its_start_and_room(client, service) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(CLINICS, plans(service))
    made = ClinicSession.objects.get()
    assert (made.held_on, made.part, made.starts_at, made.place) == (
        TODAY, "morning", time(9), "Area B",
    )  # fmt: skip
    page = text_of(reader.get(CLINICS))
    assert "Today, Tuesday 17 November" in page
    assert "Nobody yet" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"held_on": ""}, "Choose the day"),
        ({"held_on": "soon"}, "Write the day like 24/11/2026."),
        ({"held_on": "16/11/2026"}, "This day is past."),
        ({"held_on": "2062-11-17"}, "Check the year."),
        ({"part": "night"}, "Choose morning or afternoon."),
        ({"starts_at": "late"}, "like 09:00 or 13:30"),
        ({"starts_at": "14:00"}, "A morning clinic starts before 13:00"),
        ({"part": "afternoon"}, "A morning clinic starts before 13:00"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(client, service, wrong, said: str) -> None:
    answered = signed_in(client, "admin", service).post(CLINICS, plans(service, **wrong))
    assert answered.status_code == 422
    assert said in text_of(answered)
    assert not ClinicSession.objects.exists()


def test_a_second_clinic_of_the_same_half_day_is_refused(client, service) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(CLINICS, plans(service))
    answered = reader.post(CLINICS, plans(service))
    assert answered.status_code == 422
    assert "There is a clinic that morning already." in text_of(answered)


def test_start_and_room_can_be_changed_and_appointments_stay(client, service) -> None:
    appointment = an_appointment(service, at=A_MORNING)
    signed_in(client, "admin", service).post(
        reverse("administration:clinic", args=[appointment.session_id]),
        {"starts_at": "08:30", "place": "Area C"},
    )
    session = ClinicSession.objects.get()
    assert (session.starts_at, session.place) == (time(8, 30), "Area C")
    assert Appointment.objects.get().at == A_MORNING


def test_a_clinic_is_removed_only_while_nobody_was_ever_booked(client, service) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(CLINICS, plans(service, held_on=str(TODAY + timedelta(days=1))))
    empty = ClinicSession.objects.get()
    booked = an_appointment(service, at=A_MORNING).session
    for session in (empty, booked):
        reader.post(reverse("administration:remove_clinic", args=[session.pk]))
    assert list(ClinicSession.objects.all()) == [booked]
    assert "so it stays" in text_of(reader.get(CLINICS))


def test_an_administrator_sees_how_many_and_never_who(client, service) -> None:
    an_appointment(service, at=A_MORNING)
    page = page_for(client, "admin", service, CLINICS)
    assert "1 patient" in page
    assert "Thimblewick" not in page


def test_a_test_patient_is_booked_in_one_step_at_a_free_time(client, service) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(CLINICS, plans(service))
    session = ClinicSession.objects.get()
    for _ in range(2):
        reader.post(reverse("administration:test_patient", args=[session.pk]))
    made = Patient.objects.order_by("pk")
    assert all(patient.is_test and patient.family_name.startswith("Test") for patient in made)
    numbers = set(Identifier.objects.values_list("value", flat=True))
    assert len(numbers) == 2
    assert all(number.startswith("999") for number in numbers)
    assert all(scheme.problem_with("nhs", n, allow_test_range=True) is None for n in numbers)
    times = {f"{a.at:%H:%M}" for a in Appointment.objects.all()}
    assert times == {"09:30", "09:35"}
    assert "2 test patients" in text_of(reader.get(CLINICS))


def test_a_test_patient_is_marked_and_counted_nowhere(client, service) -> None:
    reader = signed_in(client, "admin", service)
    reader.post(CLINICS, plans(service))
    session = ClinicSession.objects.get()
    reader.post(reverse("administration:test_patient", args=[session.pk]))
    an_appointment(service, at=A_MORNING)
    for role, mark in (("receptionist", "Test patient</b>"), ("consultant", "Test</b>")):
        page = page_for(type(client)(), role, service, "/clinic/")
        assert mark in page
        assert "1 test patient not counted." in page
        assert "<b>1</b> not here yet" in page


def test_nothing_of_a_test_patient_goes_to_the_hospital_record(settings) -> None:
    settings.IMPARTS_DEMO = True
    service = a_service()
    patient = people.register_test_patient(by="test", at=A_MORNING)
    a_sent_sitting(service, patient, at=A_MORNING)
    assert not Message.objects.exists()
    a_sent_sitting(service, at=A_MORNING + timedelta(hours=1))
    assert Message.objects.exists()


def test_another_services_clinic_is_not_found(client, service) -> None:
    other = an_appointment(a_service("Dermatology", with_content=False), at=A_MORNING).session
    reader = signed_in(client, "admin", service)
    for name in ("clinic", "remove_clinic", "test_patient"):
        answered = reader.post(reverse(f"administration:{name}", args=[other.pk]))
        assert answered.status_code == 404
    assert reader.post(CLINICS, plans(other.service)).status_code == 422
