"""Reading one resource: who may, what it says, and that a refusal tells nothing."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from imparts.audit.queries import entries_about
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.asking import Asked, known_at, words_of
from tests.gateway.fhir_server.clients import token_for

pytestmark = pytest.mark.django_db


def test_a_patient_of_the_service_is_read(clinic, ask) -> None:
    amara = known_at(clinic)
    found = ask.json(f"Patient/{amara.pk}")
    assert found["name"][0] == {"use": "official", "family": "Thimblewick", "given": ["Amara"]}
    assert found["birthDate"] == "1961-03-14" and found["active"] is True
    assert problems(found) == []


def test_somebody_elses_patient_and_nobody_are_refused_with_the_same_bytes(
    clinic, elsewhere, ask
) -> None:
    theirs = ask(f"Patient/{known_at(elsewhere).pk}")
    nobodys = ask(f"Patient/{uuid4()}")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content
    assert theirs.headers == nobodys.headers


def test_without_a_token_nothing_is_read(clinic) -> None:
    answer = Client().get(f"/fhir/Patient/{known_at(clinic).pk}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert json.loads(answer.content)["resourceType"] == "OperationOutcome"


def test_a_scope_for_another_type_opens_nothing(clinic) -> None:
    amara = known_at(clinic)
    ask = Asked(token_for(scopes="system/Observation.rs", services=[clinic]))
    answer = ask(f"Patient/{amara.pk}")
    assert answer.status_code == 403 and "system/Patient.r" in words_of(answer)


def test_each_read_of_a_person_is_in_the_audit(clinic, ask) -> None:
    amara = known_at(clinic)
    ask(f"Patient/{amara.pk}")
    assert entries_about(amara.pk)[0].did == "read Patient"
