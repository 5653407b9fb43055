"""Typing a physical measure: who may, what is refused, how a slip is taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.results import actions as results
from imparts.informatics.results.models import PhysicalMeasure
from imparts.informatics.results.queries import physical_measures_of
from imparts.people import actions as people
from imparts.workspace.queries.physical import physical_rows
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, someone, text_of
from tests.builders import a_patient, a_service, staff_with, who

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
JUNE = A_MORNING - timedelta(days=154)


def address(patient):
    """Where measures are typed."""
    return reverse("workspace:physical", args=[patient.pk])


def typed(at_service, **instead):
    """What the form sends."""
    return {"code": "das28", "value": "4.6", "second": "", "measured_on": "2026-11-17",
            "service": at_service.pk, **instead}  # fmt: skip


def measured(patient, service, value, at=A_MORNING, code="das28", second=None):
    """One stored measure."""
    return results.record_physical_measure(
        patient=patient, service=service, code=code, value=Decimal(value), second_value=second,
        measured_on=at.date(), by="nurse", at=at,
    )  # fmt: skip


def standing(patient, code="das28"):
    """The numbers that are shown."""
    found = physical_measures_of([patient.pk]).get(patient.pk, {})
    return [point.value for point in found.get(code, ())]


def test_a_measure_is_typed_and_noted(client):
    service, patient = someone()
    answered = signed_in(client, "nurse", service).post(
        address(patient), typed(service), follow=True
    )
    assert "Saved: DAS28." in text_of(answered)
    assert standing(patient) == [Decimal("4.6")]
    assert AuditEntry.objects.get(did="recorded physical measure").patient == patient.pk


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ({"value": "46"}, "DAS28 lies between 0 and 9.4."),
        ({"value": "many"}, "Type a number with digits"),
        ({"value": ""}, "Type the number."),
        ({"measured_on": "2026-11-18"}, "still to come"),
        ({"measured_on": "yesterday"}, "Write the day like 24/11/2026."),
        ({"code": "mood"}, "Choose a measure."),
        ({"service": "0"}, "Choose a service."),
        ({"second": "3"}, "DAS28 is one number."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(client, instead, says):
    service, patient = someone()
    data = typed(service, **instead)
    answered = signed_in(client, "nurse", service).post(address(patient), data)
    assert answered.status_code == 422
    page = text_of(answered)
    assert says in page
    assert data["value"] in page and standing(patient) == []


def test_a_slip_is_taken_out_and_put_back(client):
    service, patient = someone()
    made = measured(patient, service, "4.6")
    reader = signed_in(client, "nurse", service)
    out = reader.post(
        reverse("workspace:change_physical", args=[patient.pk, made.pk, "withdraw"]), follow=True
    )
    assert standing(patient) == [] and "Put it back" in text_of(out)
    row = PhysicalMeasure.objects.get(is_withdrawn=True)
    reader.post(reverse("workspace:change_physical", args=[patient.pk, row.pk, "restore"]))
    assert standing(patient) == [Decimal("4.6")] and PhysicalMeasure.objects.count() == 3


def test_a_measure_that_was_changed_meanwhile_is_not_changed_again(client):
    service, patient = someone()
    made = measured(patient, service, "4.6")
    reader = signed_in(client, "nurse", service)
    twice = reverse("workspace:change_physical", args=[patient.pk, made.pk, "withdraw"])
    reader.post(twice)
    assert "changed since you opened the page" in text_of(reader.post(twice, follow=True))


def test_a_correction_takes_the_place_of_the_first_number():
    service, patient = someone()
    made = measured(patient, service, "6.4")
    results.correct_physical_measure(
        measure=made, value=Decimal("4.6"), measured_on=made.measured_on, by="nurse", at=A_MORNING
    )
    assert standing(patient) == [Decimal("4.6")]


@pytest.mark.parametrize("role", ["receptionist", "manager", "admin"])
def test_who_sees_no_results_types_none(client, role):
    service, patient = someone()
    reader = signed_in(client, role, service)
    assert reader.get(address(patient)).status_code == 403
    assert reader.post(address(patient), typed(service)).status_code == 403
    assert standing(patient) == []


def test_another_services_patient_is_not_measured(client):
    _, patient = someone()
    elsewhere = a_service("Dermatology")
    reader = signed_in(client, "nurse", elsewhere)
    assert reader.get(address(patient)).status_code == 404
    assert reader.post(address(patient), typed(elsewhere)).status_code == 404


def test_signed_out_nothing_is_typed(client):
    service, patient = someone()
    assert client.post(address(patient), typed(service)).status_code == 302
    assert standing(patient) == []


def test_measures_of_a_merged_record_are_the_persons():
    service, patient = someone()
    double = a_patient()
    measured(double, service, "4.6")
    people.merge(survivor=patient, loser=double, by="clerk", at=A_MORNING, why="same person")
    assert standing(patient) == [Decimal("4.6")]


def test_the_summary_gets_a_row_with_the_change_the_course_and_the_mark():
    service, patient = someone()
    measured(patient, service, "2.9", at=JUNE)
    measured(patient, service, "4.6")
    nurse = who(staff_with("nurse", service))
    (row,) = physical_rows(nurse, patient, on=A_MORNING.date())
    assert (row.name, row.short, row.score, row.out_of) == (
        "Joint disease",
        "DAS28",
        "4.6",
        "of 9.4",
    )
    assert row.in_words == "moderate" and row.moved.in_words == "worse by 1.7"
    assert [point.score for point in row.points] == [Decimal("2.9"), Decimal("4.6")]
    assert "not verified here" in row.marks[0]


def test_a_row_of_another_day_says_the_day():
    service, patient = someone()
    measured(patient, service, "128", code="blood_pressure", second=Decimal(82), at=JUNE)
    nurse = who(staff_with("nurse", service))
    (row,) = physical_rows(nurse, patient, on=A_MORNING.date())
    assert (row.score, row.out_of, row.in_words) == ("128/82", "mmHg", "on 16 Jun 2026")
    assert physical_rows(nurse, patient, on=JUNE.date() - timedelta(days=1)) == ()


def test_a_number_that_was_typed_stands_with_its_scale_and_its_band(client):
    service, patient = someone()
    measured(patient, service, "4.6")
    measured(patient, service, "128", code="blood_pressure", second=Decimal(82))
    page = page_for(client, "nurse", service, address(patient))
    assert "4.6 of 9.4, moderate" in page
    assert "DAS28: bands and change: from general knowledge, not verified here." in page
    assert "128/82 mmHg" in page


def test_the_trend_of_a_measure_stands_on_a_scale_of_its_own(client):
    service, patient = someone()
    measured(patient, service, "2.9", at=JUNE)
    measured(patient, service, "4.6")
    where = reverse("workspace:trend", args=[patient.pk, "das28"])
    page = page_for(client, "nurse", service, where)
    assert "Joint disease: worse by 1.7 since June (more than chance change)" in page
    assert "Bands and change: from general knowledge, not verified here." in page
    table = text_of(client.get(reverse("workspace:trend_table", args=[patient.pk, "das28"])))
    assert "1.7 worse, more than chance" in table
