"""Organisations, services, staff, appointments, visits and stays: what is told, and to whom."""

from datetime import timedelta

import pytest

from imparts.informatics.clinics import actions as clinics
from imparts.people import actions as people
from tests.builders import NOON, an_appointment, staff_with
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.asking import known_at, matches

pytestmark = pytest.mark.django_db


def stayed(patient, service, *said: tuple[str, int]):
    """What was said of a stay: what, and how many hours after noon."""
    from imparts.informatics.clinics.actions.stays import say_of_stay

    for what, hours in said:
        say_of_stay(
            patient=patient, organisation=service.organisation, visit_number="V1", what=what,
            place=("Ashdown ward", "2", "4"), happened_at=NOON + timedelta(hours=hours),
            said_at=NOON + timedelta(hours=hours), by="test", at=NOON,
        )  # fmt: skip
    return patient.stays.get()


def test_an_organisation_and_its_services_are_told(clinic, ask) -> None:
    service = ask.json(f"HealthcareService/{clinic.pk}")
    assert service["name"] == "Rheumatology"
    organisation = ask.json(service["providedBy"]["reference"])
    assert organisation["name"] == "Fernhollow Hospitals"
    assert problems(service) == [] and problems(organisation) == []
    assert str(clinic.pk) in ask.ids("HealthcareService?name=rheum&active=true")
    [included] = matches(
        ask.json(f"HealthcareService?_id={clinic.pk}&_include=HealthcareService:organization"),
        "include",
    )
    assert included == organisation
    value = organisation["identifier"][0]
    assert ask.ids(f"Organization?identifier={value['system']}|{value['value']}") == [
        organisation["id"]
    ]


def test_staff_are_told_by_name_and_role_and_never_how_to_reach_them(clinic, elsewhere, ask):
    nurse, other = staff_with("nurse", clinic), staff_with("nurse", elsewhere)
    nurse.email, nurse.mobile = "robin@example.test", "+447700900123"
    nurse.save()
    answer = ask(f"Practitioner/{nurse.pk}")
    assert b"example.test" not in answer.content and b"7700" not in answer.content
    assert problems(answer.json()) == []
    assert ask(f"Practitioner/{other.pk}").status_code == 404
    roles = ask.json(f"PractitionerRole?practitioner=Practitioner/{nurse.pk}")
    [role] = matches(roles)
    assert role["code"][0]["text"] == "Clinic nurse" and problems(role) == []
    assert ask.ids(f"PractitionerRole?practitioner={other.pk}") == []


def test_an_appointment_is_told_by_its_last_move(clinic, ask) -> None:
    booked = an_appointment(clinic, is_covered=False)
    found = ask.json(f"Appointment/{booked.pk}")
    assert found["status"] == "booked" and problems(found) == []
    assert "end" not in found and "_end" in found
    clinics.check_in(appointment=booked, by="test", at=NOON)
    here = ask.json(f"Appointment/{booked.pk}")
    assert here["status"] == "arrived" and here["meta"]["versionId"] == "2"
    assert ask.ids("Appointment?status=arrived") == [str(booked.pk)]
    assert ask.ids("Appointment?status=booked") == []
    for query in (f"patient=Patient/{booked.patient_id}", f"actor=Patient/{booked.patient_id}",
                  f"actor=HealthcareService/{clinic.pk}", "date=2026-11-17",
                  f"patient:Patient={booked.patient_id}"):  # fmt: skip
        assert ask.ids(f"Appointment?{query}") == [str(booked.pk)], query


def test_a_visit_is_an_encounter_once_somebody_came(clinic, ask) -> None:
    booked = an_appointment(clinic, is_covered=False)
    assert ask(f"Encounter/{booked.pk}").status_code == 404
    clinics.check_in(appointment=booked, by="test", at=NOON)
    clinics.check_out(appointment=booked, by="test", at=NOON + timedelta(hours=1))
    found = ask.json(f"Encounter/{booked.pk}")
    assert found["status"] == "finished" and problems(found) == []
    assert found["period"]["end"].startswith("2026-11-17T13:00")
    bundle = ask.json(f"Encounter?appointment={booked.pk}&_include=Encounter:appointment")
    assert [each["resourceType"] for each in matches(bundle, "include")] == ["Appointment"]


def test_an_appointment_that_was_moved_does_not_say_its_old_time_wrongly(clinic, ask) -> None:
    booked = an_appointment(clinic, is_covered=False)
    session = clinics.open_session(
        service=clinic, held_on=NOON.date() + timedelta(days=7), part="morning"
    )
    clinics.clinic_day.move_to(
        appointment=booked, session=session, appointment_at=NOON + timedelta(days=7), by="test",
        at=NOON,
    )  # fmt: skip
    now = ask.json(f"Appointment/{booked.pk}")
    assert now["start"].startswith("2026-11-24") and now["meta"]["versionId"] == "2"
    assert ask(f"Appointment/{booked.pk}/_history/1").status_code == 410
    assert ask.json(f"Appointment/{booked.pk}/_history/2") == now


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([("expected", 0)], "planned"),
        ([("expected", 0), ("admitted", 1)], "in-progress"),
        ([("admitted", 1), ("discharged", 5)], "finished"),
        ([("admitted", 1), ("discharged", 5), ("discharge_cancelled", 6)], "in-progress"),
        ([("admitted", 1), ("admission_cancelled", 2)], "cancelled"),
        ([("admitted", 1), ("admission_cancelled", 2), ("expected", 3)], "planned"),
        ([("admitted", 1), ("discharged", 5), ("updated", 7)], "finished"),
    ],
)
def test_a_stay_stands_and_is_searched_as_the_hospital_told_it(clinic, ask, said, status) -> None:
    stay = stayed(known_at(clinic), clinic, *said)
    found = ask.json(f"Encounter/{stay.pk}")
    assert found["status"] == status and problems(found) == []
    assert ask.ids(f"Encounter?status={status}") == [str(stay.pk)]
    assert ask.ids("Encounter?class=IMP") == [str(stay.pk)]
    assert ask.ids("Encounter?class=AMB") == []


def test_visits_and_stays_stand_in_one_list_by_time(clinic, ask) -> None:
    booked = an_appointment(clinic, is_covered=False)
    clinics.check_in(appointment=booked, by="test", at=NOON)
    before = stayed(booked.patient, clinic, ("admitted", -48), ("discharged", -40))
    both = [str(before.pk), str(booked.pk)]
    assert ask.ids("Encounter?_sort=date") == both
    assert ask.ids("Encounter?_sort=-date") == both[::-1]
    first = ask.json("Encounter?_sort=date&_count=1&_total=accurate")
    assert first["total"] == 2
    following = next(each["url"] for each in first["link"] if each["relation"] == "next")
    assert ask.ids(following.partition("/fhir/")[2]) == both[1:]


def test_what_was_written_for_a_merged_record_is_found_by_either(clinic, ask) -> None:
    booked = an_appointment(clinic, is_covered=False)
    other = known_at(clinic, "Ada")
    people.merge(loser=booked.patient, survivor=other, by="test", at=NOON, why="one person")
    for patient in (booked.patient, other):
        assert ask.ids(f"Appointment?patient={patient.pk}") == [str(booked.pk)]


def test_another_services_appointments_are_not_told(clinic, elsewhere, ask) -> None:
    booked = an_appointment(elsewhere, patient=known_at(clinic), is_covered=False)
    assert ask(f"Appointment/{booked.pk}").status_code == 404
    assert ask.ids(f"Appointment?patient={booked.patient_id}") == []
    assert ask.ids("Appointment?date=ge2026") == []
