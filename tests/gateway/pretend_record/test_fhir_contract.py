"""Our FHIR client has the same conversation with the pretend record and with another FHIR server.

The other one is @medplum/fhir-router 5.0.10 with its repository in memory. That repository leaves a
conditional reference (Patient?identifier=...) as it was sent, where the standard asks servers to
resolve it; a hospital's server has to be tried for that before results go to it.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from imparts.gateway.fhir.sending import transaction
from imparts.gateway.fhir_client import Credentials, FhirClient
from imparts.gateway.outcomes import Outcome
from imparts.gateway.pretend_record.fhir.moods import FhirMood
from imparts.rules.record.result_facts import ResultFacts
from tests.gateway.conftest import RunningRecord
from tests.gateway.peers import NodePeer
from tests.gateway.pretend_record.talking import Json, asked, posted
from tests.gateway.samples import PATIENT, a_phq9

SERVERS = ("pretend record", "@medplum/fhir-router")
HOSPITAL = "https://imparts.example/fhir/Id/hospital-number/X001"


@pytest.fixture(scope="module")
def medplum() -> Iterator[NodePeer]:
    peer = NodePeer("fhir_server.mjs")
    yield peer
    peer.stop()


@pytest.fixture
def base(request: pytest.FixtureRequest, record: RunningRecord) -> str:
    """The server that the test asks for by name; it has our patient, and nothing of ours."""
    at = record.page
    if request.param != "pretend record":
        at = f"http://127.0.0.1:{request.getfixturevalue('medplum').port}"
    patient = {
        "resourceType": "Patient",
        "identifier": [{"system": HOSPITAL, "value": "F104432"}],
        "name": [{"family": "Dapple"}],
    }
    found = posted(f"{at}/fhir/Patient", patient, If_None_Exist=f"identifier={HOSPITAL}|F104432")
    assert found.status in (200, 201)
    return f"{at}/fhir"


def sent(base: str, facts: ResultFacts) -> Outcome:
    client = FhirClient(base)
    told = client.send(json.dumps(transaction(facts)).encode(), control_id="M1")
    client.close()
    return told.outcome


def held(base: str, kind: str, number: str) -> list[Json]:
    """What the server holds of a kind, with our identifier."""
    found = asked(f"{base}/{kind}?identifier={number}").json
    return [entry["resource"] for entry in found.get("entry", [])]


def a_result(number: int) -> ResultFacts:
    """A result of its own, as servers stay for all tests of this file."""
    return replace(a_phq9(), response_id=f"2f0c8f5e-6f65-4f2e-9d3e-{number:012}")


@pytest.mark.parametrize("base", SERVERS, indirect=True)
def test_a_result_sent_twice_is_there_once(base: str) -> None:
    facts = a_result(1)
    assert sent(base, facts) is Outcome.TAKEN
    assert sent(base, facts) is Outcome.TAKEN
    (response,) = held(base, "QuestionnaireResponse", facts.response_id)
    assert response["status"] == "completed"


@pytest.mark.parametrize("base", SERVERS[:1], indirect=True)
def test_a_result_is_filed_under_the_patient_with_that_hospital_number(base: str) -> None:
    facts = a_result(7)
    sent(base, facts)
    (response,) = held(base, "QuestionnaireResponse", facts.response_id)
    patient = asked(f"{base}/{response['subject']['reference']}").json
    assert patient["identifier"][0]["value"] == "F104432"


@pytest.mark.parametrize("base", SERVERS[1:], indirect=True)
def test_a_server_that_resolves_no_references_is_found_out_by_reading_back(base: str) -> None:
    facts = a_result(7)
    sent(base, facts)
    (response,) = held(base, "QuestionnaireResponse", facts.response_id)
    assert response["subject"]["reference"].startswith("Patient?identifier=")


@pytest.mark.parametrize("base", SERVERS, indirect=True)
def test_a_correction_takes_the_place_of_what_was_there(base: str) -> None:
    facts = a_result(2)
    assert sent(base, facts) is Outcome.TAKEN
    assert sent(base, replace(facts, is_correction=True)) is Outcome.TAKEN
    assert sent(base, replace(facts, is_correction=True)) is Outcome.TAKEN
    (response,) = held(base, "QuestionnaireResponse", facts.response_id)
    assert response["status"] == "amended"


@pytest.mark.parametrize("base", SERVERS[:1], indirect=True)
def test_a_patient_whom_the_server_does_not_have_is_refused_whole(base: str) -> None:
    numbers = tuple(
        replace(each, value="F000000") if each.scheme == "local" else each
        for each in PATIENT.identifiers
    )
    facts = replace(a_result(3), patient=replace(PATIENT, identifiers=numbers))
    assert sent(base, facts) is Outcome.REFUSED
    assert held(base, "QuestionnaireResponse", facts.response_id) == []


@pytest.mark.parametrize("base", SERVERS, indirect=True)
def test_what_is_read_back_is_what_was_sent(base: str) -> None:
    facts = a_result(4)
    assert sent(base, facts) is Outcome.TAKEN
    (response,) = held(base, "QuestionnaireResponse", facts.response_id)
    ours = transaction(facts)["entry"][0]["resource"]
    for name in ("item", "authored", "questionnaire", "identifier"):
        assert response[name] == ours[name]


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [
        (FhirMood.BUSY, Outcome.NOT_THIS_TIME), (FhirMood.TOO_MANY, Outcome.NOT_THIS_TIME),
        (FhirMood.BROKEN, Outcome.NOT_THIS_TIME), (FhirMood.REFUSES, Outcome.REFUSED),
        (FhirMood.CLOSED_DOOR, Outcome.NO_ANSWER), (FhirMood.PROXY, Outcome.NOT_THIS_TIME),
        (FhirMood.HANGS_UP, Outcome.NO_ANSWER), (FhirMood.SILENT, Outcome.NO_ANSWER),
        (FhirMood.CUT_SHORT, Outcome.NO_ANSWER), (FhirMood.GARBAGE, Outcome.NO_ANSWER),
    ],
)  # fmt: skip
@pytest.mark.parametrize("base", SERVERS[:1], indirect=True)
def test_whatever_the_record_does_the_result_is_there_once_in_the_end(
    base: str, mood: FhirMood, outcome: Outcome, record: RunningRecord
) -> None:
    record.become_fhir(mood, times=1)
    facts = a_result(5)
    assert sent(base, facts) is outcome
    assert sent(base, facts) is Outcome.TAKEN
    assert len(held(base, "QuestionnaireResponse", facts.response_id)) == 1


@pytest.mark.parametrize("base", SERVERS[:1], indirect=True)
def test_our_client_asks_for_a_token_where_one_is_wanted(base: str, record: RunningRecord) -> None:
    record.become_fhir(FhirMood.CLOSED_DOOR)
    machine = record.parts.launcher.clients.find("imparts-machine")
    assert machine is not None
    told = Credentials(f"{record.page}/token", machine.id, machine.secret)
    client = FhirClient(base, credentials=told)
    payload = json.dumps(transaction(a_result(6))).encode()
    assert client.send(payload, control_id="M1").outcome is Outcome.TAKEN
    client.close()
