"""Measures of the body and diagnoses that a client sends: exactly as sent, or refused in words."""

import json
from typing import Any

import pytest

from imparts.informatics.results.models import Diagnosis, PhysicalMeasure
from imparts.people.models import Patient
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.asking import Asked, known_at, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

OURS = "https://imparts.example/fhir/CodeSystem/measures"
LOINC, UCUM, SNOMED = "http://loinc.org", "http://unitsofmeasure.org", "http://snomed.info/sct"


def quantity(value: Any, code: str = "mmol/mol") -> dict[str, Any]:
    return {"value": value, "unit": code, "system": UCUM, "code": code}


def hba1c(patient: Patient, **more: Any) -> dict[str, Any]:
    """An HbA1c as a laboratory sends it."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": "59261-8"}]},
        "subject": {"reference": f"Patient/{patient.pk}"},
        "effectiveDateTime": "2026-11-16",
        "valueQuantity": quantity(52),
        **more,
    }


def pressure(patient: Patient, *numbers: tuple[str, int]) -> dict[str, Any]:
    """Blood pressure with its two numbers."""
    parts = [
        {
            "code": {"coding": [{"system": LOINC, "code": code}]},
            "valueQuantity": quantity(value, "mm[Hg]"),
        }
        for code, value in numbers
    ]
    made = hba1c(patient, code={"coding": [{"system": OURS, "code": "blood_pressure"}]})
    del made["valueQuantity"]
    return made | ({"component": parts} if parts else {})


def post(ask: Asked, body: Any) -> Any:
    return ask(body["resourceType"], verb="POST", body=body)


def test_a_measure_is_stored_as_it_was_sent_and_read_back(clinic, ask) -> None:
    amara = known_at(clinic)
    answer = post(ask, hba1c(amara))
    assert answer.status_code == 201, answer.content
    row = PhysicalMeasure.objects.get()
    assert (row.code, row.value, row.source) == ("hba1c", 52, "record")
    assert row.measured_on.isoformat() == "2026-11-16" and row.by.startswith("client:")
    made = json.loads(answer.content)
    assert problems(made) == []
    assert made["valueQuantity"]["value"] == 52 and made["valueQuantity"]["code"] == "mmol/mol"
    assert ask.ids(f"Observation?patient={amara.pk}&code=http://loinc.org|59261-8") == [made["id"]]


def test_a_pair_is_taken_from_its_components(clinic, ask) -> None:
    amara = known_at(clinic)
    answer = post(ask, pressure(amara, ("8480-6", 120), ("8462-4", 80)))
    assert answer.status_code == 201, answer.content
    row = PhysicalMeasure.objects.get()
    assert (row.value, row.second_value) == (120, 80)


WRONG = {
    "another unit": ({"valueQuantity": quantity(6.9, "%")}, "valueQuantity"),
    "no unit": ({"valueQuantity": {"value": 52}}, "valueQuantity"),
    "no number": ({"valueQuantity": {"unit": "mmol/mol"}}, "valueQuantity"),
    "words for a number": ({"valueString": "high", "valueQuantity": None}, ""),
    "less than": ({"valueQuantity": quantity(20) | {"comparator": "<"}}, "valueQuantity"),
    "not plausible": ({"valueQuantity": quantity(4000)}, "value"),
    "still to come": ({"effectiveDateTime": "2027-01-01"}, "effectiveDateTime"),
    "before birth": ({"effectiveDateTime": "1950-01-01"}, "value"),
    "not final": ({"status": "preliminary"}, "status"),
    "not a measure of ours": (
        {"code": {"coding": [{"system": LOINC, "code": "718-7"}]}},
        "code",
    ),
    "a score": ({"code": {"coding": [{"system": LOINC, "code": "44261-6"}]}}, "code"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_and_not_stored(clinic, ask, name) -> None:
    change, where = WRONG[name]
    body = {key: part for key, part in hba1c(known_at(clinic), **change).items() if part}
    answer = post(ask, body)
    assert answer.status_code == 422, answer.content
    said = json.loads(answer.content)["issue"][0]["expression"][0]
    assert said.startswith(f"Observation.{where}".rstrip("."))
    assert PhysicalMeasure.objects.count() == 0


def test_half_a_pair_is_refused(clinic, ask) -> None:
    answer = post(ask, pressure(known_at(clinic), ("8480-6", 120)))
    assert answer.status_code == 422 and "diastolic" in words_of(answer)


def test_for_somebody_elses_patient_nothing_is_stored(clinic, elsewhere, ask) -> None:
    theirs = known_at(elsewhere)
    assert post(ask, hba1c(theirs)).status_code == 422
    assert post(ask, diagnosis(theirs)).status_code == 422
    assert PhysicalMeasure.objects.count() == Diagnosis.objects.count() == 0


def diagnosis(patient: Patient, **more: Any) -> dict[str, Any]:
    """A diagnosis with its code."""
    return {
        "resourceType": "Condition",
        "code": {
            "coding": [{"system": SNOMED, "code": "69896004"}],
            "text": "Rheumatoid arthritis",
        },
        "subject": {"reference": f"Patient/{patient.pk}"},
        "onsetDateTime": "2020-05-01",
        **more,
    }


def test_a_diagnosis_is_stored_with_its_words_and_code(clinic, ask) -> None:
    amara = known_at(clinic)
    answer = post(ask, diagnosis(amara))
    assert answer.status_code == 201, answer.content
    row = Diagnosis.objects.get()
    assert (row.words, row.system, row.code) == ("Rheumatoid arthritis", "SNOMED CT", "69896004")
    made = json.loads(answer.content)
    assert problems(made) == [] and made["onsetDateTime"] == "2020-05-01"
    assert ask.ids(f"Condition?patient={amara.pk}&code={SNOMED}|69896004") == [made["id"]]


def test_a_diagnosis_without_words_is_refused(clinic, ask) -> None:
    answer = post(ask, diagnosis(known_at(clinic), code={"coding": [{"code": "69896004"}]}))
    assert answer.status_code == 422 and Diagnosis.objects.count() == 0
