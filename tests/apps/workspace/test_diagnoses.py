"""Diagnoses beside what was answered: typed, sent, taken back; and where somebody lies."""

from datetime import timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.results import actions as results
from imparts.informatics.results.models import Diagnosis
from imparts.informatics.results.queries import diagnoses_of
from imparts.people import actions as people
from tests.apps.workspace.given import A_MORNING, page_for, signed_in, someone, text_of
from tests.builders import a_patient, a_sent_sitting, a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


def address(patient):
    """Where diagnoses are typed."""
    return reverse("workspace:diagnoses", args=[patient.pk])


def typed(at_service, **instead):
    """What the form sends."""
    return {"words": "Rheumatoid arthritis", "system": "ICD-10", "code": "M05.9",
            "diagnosed_on": "2020-02-03", "service": at_service.pk, **instead}  # fmt: skip


def sent_by_record(patient, organisation, words="Type 2 diabetes", code="E11.9"):
    """One diagnosis from the hospital's record."""
    return results.record_diagnosis(
        patient=patient, organisation=organisation, system="ICD-10", code=code, words=words,
        source=Diagnosis.Source.RECORD, by="hospital record", at=A_MORNING,
    )  # fmt: skip


def standing(patient):
    """The words that are shown."""
    return [line.words for line in diagnoses_of([patient.pk]).get(patient.pk, ())]


def admitted(patient, organisation, ward="Ashdown"):
    """The record says that they lie on a ward."""
    clinics.say_of_stay(
        patient=patient, organisation=organisation, visit_number="V1", what="admitted",
        place=(ward, "", "4"), happened_at=A_MORNING, said_at=A_MORNING, by="hospital record",
        at=A_MORNING,
    )  # fmt: skip


def test_a_diagnosis_is_typed_noted_and_shown(client):
    service, patient = someone()
    nurse = signed_in(client, "nurse", service)
    page = text_of(nurse.post(address(patient), typed(service), follow=True))
    assert '<th scope="row">Rheumatoid arthritis</th><td>ICD-10 M05.9</td>' in page
    assert "<td>3 February 2020</td>" in page
    assert AuditEntry.objects.get(did="recorded diagnosis").patient == patient.pk
    assert AuditEntry.objects.filter(did="saw diagnoses", patient=patient.pk).exists()


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ({"words": " "}, "Write what the diagnosis is"),
        ({"words": "x" * 251}, "at most 250"),
        ({"system": ""}, "Choose which kind of code"),
        ({"code": ""}, "Type the code, or choose no code"),
        ({"diagnosed_on": "2027-01-01"}, "still to come"),
        ({"diagnosed_on": "1950-01-01"}, "before this person was born"),
        ({"diagnosed_on": "some day"}, "Write the day like"),
        ({"service": "999999"}, "Choose a service"),
    ],
)
def test_what_cannot_be_is_refused_and_stands_in_the_form(client, instead, says):
    service, patient = someone()
    answered = signed_in(client, "nurse", service).post(address(patient), typed(service, **instead))
    assert answered.status_code == 422
    assert says in text_of(answered)
    assert "M05.9" in answered.content.decode() or "code" in instead
    assert standing(patient) == []


def test_what_was_typed_is_taken_out_and_put_back(client):
    service, patient = someone()
    nurse = signed_in(client, "nurse", service)
    nurse.post(address(patient), typed(service))
    made = Diagnosis.objects.get()
    out = reverse("workspace:change_diagnosis", args=[patient.pk, made.pk, "withdraw"])
    page = text_of(nurse.post(out, follow=True))
    assert "Taken out. It was entered in error." in page
    assert standing(patient) == []
    back = reverse(
        "workspace:change_diagnosis",
        args=[patient.pk, Diagnosis.objects.latest("pk").pk, "restore"],
    )
    nurse.post(back)
    assert standing(patient) == ["Rheumatoid arthritis"]
    assert Diagnosis.objects.count() == 3, "each step is a row"


def test_from_an_old_page_nothing_is_taken_out_twice(client):
    service, patient = someone()
    nurse = signed_in(client, "nurse", service)
    nurse.post(address(patient), typed(service))
    out = reverse(
        "workspace:change_diagnosis", args=[patient.pk, Diagnosis.objects.get().pk, "withdraw"]
    )
    nurse.post(out)
    page = text_of(nurse.post(out, follow=True))
    assert "has been changed since you opened the page" in page


def test_what_the_record_sent_is_shown_with_its_source_and_no_button(client):
    service, patient = someone()
    made = sent_by_record(patient, service.organisation)
    nurse = signed_in(client, "nurse", service)
    answered = nurse.get(address(patient))
    assert '<th scope="row">Type 2 diabetes</th><td>ICD-10 E11.9</td>' in text_of(answered)
    assert "from the hospital record" in text_of(answered)
    assert "Entered in error" not in text_of(answered)
    out = reverse("workspace:change_diagnosis", args=[patient.pk, made.pk, "withdraw"])
    assert nurse.post(out).status_code == 404


def test_what_another_trusts_record_sent_is_not_seen_here(client):
    service, patient = someone()
    other = a_service("Diabetes")
    sent_by_record(patient, other.organisation)
    page = text_of(signed_in(client, "nurse", service).get(address(patient)))
    assert "Type 2 diabetes" not in page


def test_the_patients_page_says_diagnoses_and_where_they_lie(client):
    service, patient = someone()
    sent_by_record(patient, service.organisation)
    admitted(patient, service.organisation)
    page = page_for(client, "nurse", service, reverse("workspace:patient", args=[patient.pk]))
    assert "Type 2 diabetes" in page
    assert "Ashdown, bed 4" in page
    assert "as the hospital record says" in page


def test_of_somebody_who_is_not_in_hospital_the_page_does_not_say_so(client):
    service, patient = someone()
    page = page_for(client, "nurse", service, reverse("workspace:patient", args=[patient.pk]))
    assert "In hospital" not in page


def test_the_summary_shows_diagnoses_beside_the_measures(client):
    service, patient = someone()
    sent_by_record(patient, service.organisation)
    sent = a_sent_sitting(service, patient, at=A_MORNING)
    visit = reverse("workspace:visit", args=[patient.pk, sent.pk])
    page = page_for(client, "consultant", service, visit)
    assert "Type 2 diabetes" in page
    assert "ICD-10 E11.9, from the hospital record" in page


def test_diagnoses_of_a_merged_record_are_the_persons():
    service, patient = someone()
    earlier = a_patient("Ann")
    sent_by_record(earlier, service.organisation)
    people.merge(loser=earlier, survivor=patient, by="test", at=A_MORNING, why="same person")
    assert standing(patient) == ["Type 2 diabetes"]


def test_an_alert_says_the_ward_and_that_they_can_be_reached(client):
    service, patient = someone()
    yesterday = A_MORNING - timedelta(days=1)
    a_sent_sitting(service, patient, at=yesterday, phq9={"q9": 2})
    nurse = signed_in(client, "nurse", service)
    before = text_of(nurse.get(reverse("workspace:alerts")))
    assert "In hospital" not in before
    admitted(patient, service.organisation)
    after = text_of(nurse.get(reverse("workspace:alerts")))
    assert "In hospital: Ashdown, bed 4" in after


def test_a_diagnosis_day_may_be_left_out():
    service, patient = someone()
    made = results.record_diagnosis(
        patient=patient, service=service, words="Psoriasis", by="nurse", at=A_MORNING
    )
    assert made.diagnosed_on is None
