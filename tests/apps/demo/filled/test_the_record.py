"""The pretend record and the trust fit: its day is taken whole, and it knows everyone there."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from imparts.demo.places.record_people import tell_the_record
from imparts.demo.places.senders import know_senders
from imparts.demo.places.trusted_record import trust_the_record
from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.inbound.actions import receive
from imparts.gateway.pretend_record.cast import FOLDER, OTHERS, patient_id, read_cast, resources
from imparts.gateway.pretend_record.day.messages import write
from imparts.gateway.pretend_record.day.script import day
from imparts.gateway.smart.queries.records import record_with
from imparts.informatics.clinics.models import Appointment, Stay
from imparts.informatics.results.models import Diagnosis, PhysicalMeasure
from imparts.people.models import Identifier, Patient
from tests.apps.demo.filled.conftest import MORNING

LATER = MORNING + timedelta(hours=2)
HERE = Peer("127.0.0.1")
CAST = read_cast()


def numbered(number: str) -> Patient:
    held = Identifier.objects.select_related("patient__merged_into").get(value=number)
    return held.patient.merged_into or held.patient


@pytest.fixture
def played(undone: None) -> list[tuple[str, str]]:
    """The day as the record sends it; what was answered to each message."""
    know_senders(at=MORNING)
    answers, raw, count = [], b"", 0
    for step in day(CAST, at=LATER):
        if not step.is_repeat:
            count += 1
            raw = write(step.said, control_id=f"D{count}").encode()
        answer = receive(raw, peer=HERE, at=LATER)
        answers.append((answer.code, f"{step.words}: {answer.words}"))
    return answers


def test_every_message_of_the_day_is_taken(played: list[tuple[str, str]]) -> None:
    assert [words for code, words in played if code != "AA"] == []
    assert len(played) == 24


def test_the_day_leaves_what_it_says(played: list[tuple[str, str]]) -> None:
    person = numbered("FH910001")
    assert person.name == "Percival Quillfeather"
    assert numbered("FH910002") == person
    states = {
        each.patient.family_name: each.moves.order_by("id").last().state
        for each in Appointment.objects.filter(record_number__gt="").select_related("patient")
    }
    assert states["Quillfeather"] == "booked"
    assert states["Pennywhistle"] == "cancelled"
    assert states["Mossington"] == "did_not_attend"


def test_a_message_that_came_late_undid_nothing(played: list[tuple[str, str]]) -> None:
    assert numbered("FH207412").postcode == "QF7 4AB"


def test_the_stay_the_diagnosis_and_the_measures_are_there(played: list[tuple[str, str]]) -> None:
    amara = numbered("FH204417")
    assert Stay.objects.filter(patient=amara).count() == 1
    assert Diagnosis.objects.filter(patient=amara, code="M05.9").exists()
    sent = PhysicalMeasure.objects.filter(patient=amara, source=PhysicalMeasure.Source.RECORD)
    assert {each.code for each in sent} == {"das28", "weight", "blood_pressure"}


def test_the_record_is_told_of_everyone_by_each_number(trust: None, tmp_path: Path) -> None:
    tell_the_record(tmp_path)
    cast = read_cast(tmp_path / FOLDER)
    numbers = Identifier.objects.filter(scheme=Identifier.Scheme.HOSPITAL)
    assert len(cast.others) == numbers.count()
    known = list(resources(cast, at=timezone.localtime(MORNING)))
    ids = [each["id"] for each in known if each["resourceType"] == "Patient"]
    assert len(ids) == len(set(ids))
    assert {patient_id(each) for each in cast.people} <= set(ids)
    first = json.loads((tmp_path / FOLDER / OTHERS).read_text().splitlines()[0])
    assert first["nhs_number"] == "" or first["nhs_number"].startswith("999")


def test_the_record_is_trusted_where_it_is_now_and_nowhere_else(undone: None) -> None:
    for port in (8081, 9092):
        trust_the_record(f"http://127.0.0.1:{port}/fhir", at=MORNING)
    assert record_with("http://127.0.0.1:8081/fhir") is None
    now = record_with("http://127.0.0.1:9092/fhir")
    assert now is not None
    assert now.origins == ["http://127.0.0.1:9092"]
    assert now.client_id == "imparts"
