"""The checkers catch what they are there to catch: faults planted in what is otherwise good."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from imparts.gateway.fhir.observation import observations_of
from imparts.gateway.fhir.questionnaire import questionnaire_of
from imparts.gateway.fhir.response import response_of
from imparts.rules.scoring.score import score
from tests.gateway.fhir.checkers import by_fhirkit, by_invariants, by_schema, problems
from tests.gateway.fhir.samples import ABOUT, TODAY, every_instrument

Json = dict[str, Any]
Fault = Callable[[Json], object]
NESTED = {"linkId": "x", "type": "boolean"}
ANSWERS = {"q1": 2, "q2": 1, "q3": 1}


def good(kind: str) -> Json:
    """A good resource of AUDIT-C."""
    auditc = every_instrument()["auditc"]
    if kind == "Questionnaire":
        return questionnaire_of(auditc, on=TODAY)
    if kind == "QuestionnaireResponse":
        return response_of(auditc, ANSWERS, {}, about=ABOUT, on=TODAY)
    return observations_of(auditc, score(auditc, ANSWERS), about=ABOUT)[0]


def spoilt(kind: str, fault: Fault) -> Json:
    """That resource with one fault."""
    made = copy.deepcopy(good(kind))
    fault(made)
    return made


SEEN_BY_BOTH: dict[str, tuple[str, Fault]] = {
    "wrong type": ("Questionnaire", lambda r: r.update(version=3)),
    "text for a boolean": ("Questionnaire", lambda r: r.update(experimental="true")),
    "unknown element": ("Questionnaire", lambda r: r.update(colour="red")),
    "unknown element, deep": ("Questionnaire", lambda r: r["item"][1].update(colour="red")),
    "date of no kind": ("Questionnaire", lambda r: r.update(approvalDate="22.11.2026")),
    "one for a list": ("Questionnaire", lambda r: r.update(item=r["item"][0])),
    "empty text": ("Questionnaire", lambda r: r.update(title="")),
    "space after a code": ("Questionnaire", lambda r: r.update(language="en-GB ")),
    "no code": ("Observation", lambda r: r.pop("code")),
    "number as text": ("Observation", lambda r: r["valueQuantity"].update(value="4")),
    "moment without zone": (
        "Observation",
        lambda r: r.update(effectiveDateTime="2026-11-22T09:00:00"),
    ),
    "element of another resource": ("QuestionnaireResponse", lambda r: r.update(url="urn:x")),
}
SEEN_BY_SCHEMA: dict[str, tuple[str, Fault]] = {
    "bad status": ("Questionnaire", lambda r: r.update(status="ready")),
    "bad type of item": ("Questionnaire", lambda r: r["item"][1].update(type="slider")),
    "bad operator": (
        "Questionnaire",
        lambda r: r["item"][2]["enableWhen"][0].update(operator="<>"),
    ),
    "bad status of an answer": ("QuestionnaireResponse", lambda r: r.update(status="done")),
    "bad status of a result": ("Observation", lambda r: r.update(status="complete")),
    "space in an id": ("Questionnaire", lambda r: r.update(id="a b")),
}
SEEN_BY_FHIRKIT: dict[str, tuple[str, Fault]] = {
    "no status": ("Questionnaire", lambda r: r.pop("status")),
    "no linkId": ("Questionnaire", lambda r: r["item"][1].pop("linkId")),
    "no type of item": ("Questionnaire", lambda r: r["item"][1].pop("type")),
    "no status of a response": ("QuestionnaireResponse", lambda r: r.pop("status")),
    "no status of a result": ("Observation", lambda r: r.pop("status")),
    "two values": ("Observation", lambda r: r.update(valueString="4")),
    "two answers": (
        "QuestionnaireResponse",
        lambda r: r["item"][0]["answer"][0].update(valueInteger=1),
    ),
    "empty list": ("Questionnaire", lambda r: r.update(code=[])),
    "extension without address": (
        "Questionnaire",
        lambda r: r["item"][1]["answerOption"][0]["extension"][0].pop("url"),
    ),
}
SEEN_BY_INVARIANTS: dict[str, tuple[str, Fault]] = {
    "que-0": ("Questionnaire", lambda r: r.update(name="1 name")),
    "que-1": ("Questionnaire", lambda r: r["item"][0].update(item=[NESTED])),
    "que-2": ("Questionnaire", lambda r: r["item"][2].update(linkId="q1")),
    "que-3": ("Questionnaire", lambda r: r["item"][0].update(code=[{"code": "x"}])),
    "que-4": ("Questionnaire", lambda r: r["item"][1].update(answerValueSet="urn:x")),
    "que-5": ("Questionnaire", lambda r: r["item"][1].update(type="boolean")),
    "que-6": ("Questionnaire", lambda r: r["item"][0].update(required=False)),
    "que-8": (
        "Questionnaire",
        lambda r: r["item"][0].update(initial=[{"valueInteger": 1}]),
    ),
    "que-9": ("Questionnaire", lambda r: r["item"][0].update(readOnly=True)),
    "que-11": (
        "Questionnaire",
        lambda r: r["item"][1].update(initial=[{"valueInteger": 1}]),
    ),
    "que-12": (
        "Questionnaire",
        lambda r: r["item"][2].update(enableWhen=r["item"][2]["enableWhen"] * 3),
    ),
    "qrs-1": ("QuestionnaireResponse", lambda r: r["item"][0].update(item=[{"linkId": "x"}])),
    "obs-3": ("Observation", lambda r: r.update(referenceRange=[{"age": {"low": {"value": 1}}}])),
    "obs-6": ("Observation", lambda r: r.update(dataAbsentReason={"text": "x"})),
    "obs-7": (
        "Observation",
        lambda r: r.update(component=[{"code": r["code"], "valueBoolean": True}]),
    ),
    "ele-1": ("QuestionnaireResponse", lambda r: r["item"][0].update(answer=[{}])),
}


@pytest.mark.parametrize("kind", ["Questionnaire", "QuestionnaireResponse", "Observation"])
def test_without_a_fault_nobody_complains(kind: str) -> None:
    assert problems(good(kind)) == []


@pytest.mark.parametrize("name", SEEN_BY_BOTH)
def test_a_fault_that_both_checkers_catch(name: str) -> None:
    made = spoilt(*SEEN_BY_BOTH[name])
    assert by_schema(made)
    assert by_fhirkit(made)


@pytest.mark.parametrize("name", SEEN_BY_SCHEMA)
def test_a_fault_that_only_the_schema_catches(name: str) -> None:
    made = spoilt(*SEEN_BY_SCHEMA[name])
    assert by_schema(made)
    assert not by_fhirkit(made), "fhirkit has learnt this: say so in checkers.py"


@pytest.mark.parametrize("name", SEEN_BY_FHIRKIT)
def test_a_fault_that_only_fhirkit_catches(name: str) -> None:
    made = spoilt(*SEEN_BY_FHIRKIT[name])
    assert by_fhirkit(made)
    assert not by_schema(made), "the schema has learnt this: say so in checkers.py"


@pytest.mark.parametrize("key", SEEN_BY_INVARIANTS)
def test_a_fault_that_only_an_invariant_catches(key: str) -> None:
    made = spoilt(*SEEN_BY_INVARIANTS[key])
    assert [said.split(": ")[1] for said in by_invariants(made)] == [key]
    assert not by_schema(made) + by_fhirkit(made)
