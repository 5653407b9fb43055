"""Treatments and events: who may add one, what is refused, when someone counts as in treatment."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from imparts.audit.models import AuditEntry
from imparts.pathways import actions as pathways
from imparts.pathways.models import TreatmentStep
from imparts.pathways.queries import in_treatment, treatments_of
from imparts.people import actions as people
from tests.apps.workspace.given import A_MORNING, signed_in, someone, text_of
from tests.builders import a_patient, a_service, an_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
TODAY = A_MORNING.date()


def address(patient):
    """Where treatments are added."""
    return reverse("workspace:treatments", args=[patient.pk])


def change(client, patient, step, what, **data):
    """Press one of the buttons of a row."""
    name = reverse("workspace:change_treatment", args=[patient.pk, step.pk, what])
    return client.post(name, data, follow=True)


def typed(service, **instead):
    """What the form sends."""
    return {"what": "Talking Therapies, 8 sessions", "option": "talking_therapies",
            "kind": "course", "began_on": "2026-02-10", "ended_on": "", "service": service.pk,
            **instead}  # fmt: skip


def begun(patient, service, **instead):
    """A course that goes on."""
    said = {"option": "talking_therapies", "what": "Talking Therapies", "kind": "course",
            "began_on": date(2026, 2, 10), **instead}  # fmt: skip
    return pathways.begin_treatment(
        patient=patient, service=service, by="nurse", at=A_MORNING, **said
    )


def shown(patient):
    """What stands of a person."""
    return treatments_of([patient.pk]).get(patient.pk, ())


def test_a_course_is_added_and_the_person_is_in_treatment_until_it_ends(client):
    service, patient = someone()
    reader = signed_in(client, "consultant", service)
    assert "Saved." in text_of(reader.post(address(patient), typed(service), follow=True))
    (one,) = shown(patient)
    assert (one.what, one.ended_on) == ("Talking Therapies, 8 sessions", None)
    assert in_treatment(patient.pk, TODAY) == {"talking_therapies"}
    assert in_treatment(patient.pk, date(2026, 2, 9)) == frozenset()
    change(reader, patient, TreatmentStep.objects.get(), "end", ended_on="2026-05-12")
    assert in_treatment(patient.pk, TODAY) == frozenset()
    assert in_treatment(patient.pk, date(2026, 5, 12)) == {"talking_therapies"}
    assert AuditEntry.objects.filter(did="ended treatment", patient=patient.pk).count() == 1


def test_a_course_with_its_end_is_added_in_one_go(client):
    service, patient = someone()
    reader = signed_in(client, "consultant", service)
    reader.post(address(patient), typed(service, ended_on="2026-05-12"))
    assert shown(patient)[0].ended_on == date(2026, 5, 12)


def test_an_event_is_no_treatment_that_one_is_in(client):
    service, patient = someone()
    begun(patient, service, kind="event", what="Biologic stopped", option="")
    assert shown(patient)[0].is_event and in_treatment(patient.pk, TODAY) == frozenset()


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ({"what": " "}, "Write what it is"),
        ({"what": "x" * 121}, "This is too long."),
        ({"kind": ""}, "Choose a course or an event."),
        ({"began_on": ""}, "Choose the day that it began or was on."),
        ({"began_on": "2026-11-18"}, "still to come"),
        ({"began_on": "1950-01-01"}, "before this person was born"),
        ({"ended_on": "2026-02-09"}, "This is before it began."),
        ({"kind": "event", "ended_on": "2026-05-12"}, "An event is on one day."),
        ({"option": "magic"}, "Choose one that is listed"),
        ({"ended_on": "2026-11-18"}, "still to come"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(client, instead, says):
    service, patient = someone()
    reader = signed_in(client, "consultant", service)
    answered = reader.post(address(patient), typed(service, **instead))
    assert answered.status_code == 422 and says in text_of(answered)
    assert not TreatmentStep.objects.exists()


def test_an_end_is_taken_back_and_the_course_goes_on(client):
    service, patient = someone()
    step = begun(patient, service)
    reader = signed_in(client, "consultant", service)
    change(reader, patient, step, "end", ended_on="2026-05-12")
    change(reader, patient, step, "go-on")
    assert shown(patient)[0].ended_on is None


def test_what_was_entered_in_error_is_shown_nowhere_and_comes_back_as_it_was(client):
    service, patient = someone()
    step = begun(patient, service)
    reader = signed_in(client, "consultant", service)
    change(reader, patient, step, "end", ended_on="2026-05-12")
    assert "Put it back" in text_of(change(reader, patient, step, "take-out"))
    assert shown(patient) == ()
    change(reader, patient, step, "go-on")
    assert shown(patient)[0].ended_on == date(2026, 5, 12)


@pytest.mark.parametrize("ended_on", ["", "soon", "2026-02-09", "2026-11-18"])
def test_an_end_that_cannot_be_is_said_in_a_sentence(client, ended_on):
    service, patient = someone()
    step = begun(patient, service)
    reader = signed_in(client, "consultant", service)
    page = text_of(change(reader, patient, step, "end", ended_on=ended_on))
    assert any(word in page for word in ("Choose the day", "Write the day", "later one", "to come"))
    assert shown(patient)[0].ended_on is None


def test_an_event_does_not_end():
    service, patient = someone()
    step = begun(patient, service, kind="event")
    with pytest.raises(pathways.NotDone, match="does not end"):
        pathways.end_treatment(step=step, ended_on=TODAY, why="", by="nurse", at=A_MORNING)


@pytest.mark.parametrize("role", ["receptionist", "manager"])
def test_who_decides_on_no_steps_adds_no_treatment(client, role):
    service, patient = someone()
    reader = signed_in(client, role, service)
    assert reader.post(address(patient), typed(service)).status_code == 403
    assert not TreatmentStep.objects.exists()


def test_another_services_patient_gets_no_treatment(client):
    service, patient = someone()
    step = begun(patient, service)
    reader = signed_in(client, "consultant", a_service("Dermatology"))
    assert reader.get(address(patient)).status_code == 404
    assert change(reader, patient, step, "take-out").status_code == 404
    assert len(shown(patient)) == 1


def test_signed_out_nothing_is_added(client):
    service, patient = someone()
    assert client.post(address(patient), typed(service)).status_code == 302
    assert not TreatmentStep.objects.exists()


def test_treatments_of_a_merged_record_are_the_persons(client):
    service, patient = someone()
    double = a_patient()
    begun(double, service)
    people.merge(survivor=patient, loser=double, by="clerk", at=A_MORNING, why="same person")
    assert [one.what for one in shown(patient)] == ["Talking Therapies"]
    assert in_treatment(patient.pk, TODAY - timedelta(days=1)) == {"talking_therapies"}


def test_a_treatment_at_a_service_that_one_may_not_see_stays_unseen(client):
    here, patient = someone()
    there = a_service("Dermatology")
    an_appointment(there, patient, at=A_MORNING)
    step = begun(patient, there, what="Light therapy")
    reader = signed_in(client, "consultant", here)
    assert "Light therapy" not in text_of(reader.get(address(patient)))
    trend = reverse("workspace:trend", args=[patient.pk, "phq9"])
    assert "Light therapy" not in text_of(reader.get(trend))
    assert change(reader, patient, step, "take-out").status_code == 404
