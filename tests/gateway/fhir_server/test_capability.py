"""What the server says of itself is what it does: every declared thing works, no other does."""

import json

import pytest
from django.test import Client

from imparts.gateway.fhir_server.registry import kinds_of, parameters_of, types
from imparts.informatics.clinics import actions as clinics
from tests.builders import NOON, an_appointment, staff_with
from tests.gateway.fhir.checkers import by_fhirkit, by_schema
from tests.gateway.fhir_server.asking import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(db):
    """The CapabilityStatement, as anybody gets it."""
    answer = Client().get("/fhir/metadata")
    assert answer.status_code == 200
    return json.loads(answer.content)


@pytest.fixture
def declared(statement):
    """What is declared of each type."""
    return {each["type"]: each for each in statement["rest"][0]["resource"]}


def codes(resource) -> set[str]:
    """The interactions of a type."""
    return {each["code"] for each in resource["interaction"]}


def test_it_is_fhir_and_names_every_type_that_is_registered(statement, declared) -> None:
    assert by_schema(statement) == [] and by_fhirkit(statement) == []
    assert set(declared) == set(types()) >= {"Patient", "Appointment", "Encounter"}
    assert statement["fhirVersion"] == "4.0.1"


def test_every_declared_parameter_is_understood(declared, ask) -> None:
    for type_name, resource in declared.items():
        for param in resource["searchParam"]:
            value = _value(type_name, param)
            answer = ask(f"{type_name}?{param['name']}={value}", Prefer="handling=strict")
            assert answer.status_code == 200, (type_name, param, answer.content)


def _value(type_name: str, param) -> str:
    known = parameters_of(type_name).get(param["name"])
    if known is not None and known.example:
        return known.example.replace("…", "00000000-0000-4000-8000-000000000000")
    return {
        "token": "17", "string": "x", "date": "2026", "uri": "https://x.example/a", "number": "1",
        "reference": "00000000-0000-4000-8000-000000000000", "quantity": "1",
    }[param["type"]]  # fmt: skip


def test_every_undeclared_parameter_is_refused_under_strict(declared, ask) -> None:
    every = {each["name"] for one in declared.values() for each in one["searchParam"]}
    for type_name, resource in declared.items():
        own = {each["name"] for each in resource["searchParam"]}
        for name in sorted((every | {"shoesize", "_has", "_text", "_content"}) - own):
            answer = ask(f"{type_name}?{name}=2026", Prefer="handling=strict")
            assert answer.status_code == 400, (type_name, name)
            assert words_of(answer)


def test_every_declared_include_is_understood_and_no_other(declared, ask) -> None:
    every = {each for one in declared.values() for each in one.get("searchInclude", ())}
    for type_name, resource in declared.items():
        for way, own in (("_include", resource.get("searchInclude", ())),
                         ("_revinclude", resource.get("searchRevInclude", ()))):  # fmt: skip
            for name in every:
                answer = ask(f"{type_name}?{way}={name}", Prefer="handling=strict")
                assert answer.status_code == (200 if name in own else 400), (type_name, way, name)


def test_every_interaction_is_answered_as_declared(clinic, declared, ask) -> None:
    booked = an_appointment(clinic, is_covered=False)
    clinics.check_in(appointment=booked, by="test", at=NOON)
    staff_with("nurse", clinic)
    for type_name, resource in declared.items():
        does = codes(resource)
        assert {"read", "search-type"} <= does
        bundle = ask.json(f"{type_name}?_count=1")
        found = [each["resource"]["id"] for each in bundle.get("entry", ())]
        for logical_id in found:
            assert ask(f"{type_name}/{logical_id}").status_code == 200
            history = ask(f"{type_name}/{logical_id}/_history")
            assert history.status_code == (200 if "history-instance" in does else 404)
        of_type = ask(f"{type_name}/_history")
        assert of_type.status_code == (200 if "history-type" in does else 404)


def test_what_is_not_declared_is_not_written(declared, ask) -> None:
    for type_name, resource in declared.items():
        does, body = codes(resource), {"resourceType": type_name, "id": "1"}
        created = ask(type_name, verb="POST", body=body)
        assert (created.status_code == 405) == ("create" not in does), (type_name, created.content)
        changed = ask(f"{type_name}/1", verb="PUT", body=body, If_Match='W/"1"')
        assert (changed.status_code == 405) == ("update" not in does), (type_name, changed.content)
        for verb in ("DELETE", "PATCH"):
            assert ask(f"{type_name}/1", verb=verb, body=body).status_code == 405


def test_a_type_that_is_not_declared_is_not_there(ask) -> None:
    for path in ("Basic", "Basic/1", "Medication?code=1", "Patient/1/2", "nonsense", "$nonsense",
                 "Patient/$nonsense", "Patient/1/$nonsense"):  # fmt: skip
        answer = ask(path)
        assert answer.status_code == 404, path
        assert json.loads(answer.content)["resourceType"] == "OperationOutcome"


def test_every_declared_operation_is_answered(statement, declared, ask) -> None:
    for type_name, resource in declared.items():
        for operation in resource.get("operation", ()):
            on_type = ask(f"{type_name}/${operation['name']}")
            on_one = ask(f"{type_name}/1/${operation['name']}")
            said = [words_of(each) if each.status_code == 404 else "" for each in (on_type, on_one)]
            assert not all("no operation" in each for each in said), (type_name, operation)


def test_what_is_sorted_by_is_known_to_every_kind_of_a_type() -> None:
    for type_name in types():
        for kind in kinds_of(type_name):
            assert set(kind.sort) & {"_id", "_lastUpdated"} == set()
