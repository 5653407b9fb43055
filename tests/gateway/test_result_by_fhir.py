"""Results reach a FHIR server over a real socket: once, put right, withdrawn (hazards H2, H5)."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from imparts.gateway.fhir.sending import document_transaction, flag_transaction, transaction
from imparts.gateway.fhir_client import FhirClient
from imparts.gateway.outcomes import Outcome, Told
from imparts.gateway.written import as_text
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.in_words import section_of
from imparts.rules.record.result_facts import AlertFacts, IdentifierFacts, PlaceFacts, ResultFacts
from tests.gateway.conftest import RunningRecord
from tests.gateway.fhir.checkers import problems
from tests.gateway.pretend_record.talking import asked
from tests.gateway.samples import PATIENT, a_phq9, in_two_parts

Json = dict[str, Any]

AMARA = "demo-fern-fh204417"
TRUST = PlaceFacts("DEMO-FERN", "Fernhollow Hospitals")
KINDS = ("QuestionnaireResponse", "Observation", "Flag", "DocumentReference", "Provenance")
ALERT = AlertFacts(
    id="31", item="q9", words="Item 9: several days. Talk with the patient before they leave.",
    raised_at=datetime(2026, 7, 14, 8, 57, tzinfo=UTC), tier_words="A person must act now",
)  # fmt: skip


def of_amara(facts: ResultFacts, number: str = "FH204417") -> ResultFacts:
    """The same result of somebody whom the record knows."""
    known = (IdentifierFacts("local", number, verified=True, authority=TRUST.code),)
    return replace(facts, patient=replace(PATIENT, identifiers=known), organisation=TRUST)


RESULT = replace(of_amara(a_phq9()), alerts=(ALERT,))


@pytest.fixture
def client(record: RunningRecord) -> Iterator[FhirClient]:
    made = FhirClient(f"{record.page}/fhir", seconds_to_connect=2, seconds_to_answer=5)
    yield made
    made.close()


def sent(client: FhirClient, facts: ResultFacts) -> Told:
    return client.send(as_text(transaction(facts)).encode(), control_id="C1")


def held(record: RunningRecord, kind: str) -> list[Json]:
    found = asked(f"{record.page}/fhir/{kind}").json
    return [entry["resource"] for entry in found.get("entry", [])]


def numbers(record: RunningRecord) -> dict[str, int]:
    return {kind: len(held(record, kind)) for kind in KINDS}


def test_a_result_is_there_whole_and_of_the_right_patient(
    record: RunningRecord, client: FhirClient
) -> None:
    assert sent(client, RESULT).outcome is Outcome.TAKEN
    assert numbers(record) == dict.fromkeys(KINDS, 1)
    for kind in KINDS[:4]:
        (one,) = held(record, kind)
        assert one["subject"]["reference"] == f"Patient/{AMARA}"
    (observation,), (response,) = held(record, "Observation"), held(record, KINDS[0])
    assert observation["valueQuantity"]["value"] == 12
    assert observation["derivedFrom"] == [{"reference": f"{KINDS[0]}/{response['id']}"}]


def test_sent_twice_it_is_there_once(record: RunningRecord, client: FhirClient) -> None:
    for facts in (RESULT, RESULT, of_amara(in_two_parts()), of_amara(in_two_parts())):
        assert sent(client, facts).outcome is Outcome.TAKEN
    assert len({str(one["identifier"]) for one in held(record, "Observation")}) == len(
        held(record, "Observation")
    )


def test_a_correction_changes_what_is_there(record: RunningRecord, client: FhirClient) -> None:
    sent(client, RESULT)
    right = replace(RESULT, is_correction=True, score=replace(RESULT.score, band="mild"))
    for _ in range(2):
        assert sent(client, right).outcome is Outcome.TAKEN
    (observation,) = held(record, "Observation")
    assert observation["status"] == "corrected"
    assert "mild" in str(observation["interpretation"])
    assert held(record, KINDS[0])[0]["status"] == "amended"
    assert numbers(record) == dict.fromkeys(KINDS[:4], 1) | {"Provenance": 2}


def test_what_was_another_persons_is_in_error_and_empty(
    record: RunningRecord, client: FhirClient
) -> None:
    sent(client, RESULT)
    for _ in range(2):
        assert sent(client, replace(RESULT, is_withdrawn=True)).outcome is Outcome.TAKEN
    for kind in KINDS[:4]:
        (one,) = held(record, kind)
        assert one["status"] == "entered-in-error"
    assert "item" not in held(record, KINDS[0])[0]
    assert "valueQuantity" not in held(record, "Observation")[0]


def test_a_patient_whom_the_record_does_not_know_is_refused_with_its_words(
    record: RunningRecord, client: FhirClient
) -> None:
    told = sent(client, of_amara(a_phq9(), number="FH999999"))
    assert told.outcome is Outcome.REFUSED
    assert told.words[3:] not in ("", ": the record gave no reason")
    assert numbers(record) == dict.fromkeys(KINDS, 0), "nothing of it was kept"


def test_a_summary_is_there_once_and_in_error_when_withdrawn(
    record: RunningRecord, client: FhirClient
) -> None:
    document = DocumentFacts(
        "d1", "s1", RESULT.patient, RESULT.service, TRUST, RESULT.completed_at,
        (section_of(RESULT),),
    )  # fmt: skip
    gone = replace(document, document_id="d2", replaces="d1", sections=(), is_withdrawn=True)
    for facts in (document, document, gone):
        payload = as_text(document_transaction(facts, pdf=b"%PDF-1.7 invented")).encode()
        assert client.send(payload, control_id="C1").outcome is Outcome.TAKEN
    (one,) = held(record, "DocumentReference")
    assert one["status"] == "entered-in-error"
    words = base64.b64decode(one["content"][0]["attachment"]["data"]).decode()
    assert "PHQ-9" not in words


def test_a_flag_ends_when_the_alert_was_closed(record: RunningRecord, client: FhirClient) -> None:
    sent(client, RESULT)
    ended = replace(ALERT, closed_at=datetime(2026, 7, 14, 9, 20, tzinfo=UTC))
    bundle = flag_transaction(replace(RESULT, alerts=(ended,), items=()))
    assert problems(bundle) == []
    for _ in range(2):
        told = client.send(as_text(bundle).encode(), control_id="C1")
        assert told.outcome is Outcome.TAKEN
    (flag,) = held(record, "Flag")
    assert flag["status"] == "inactive"
    assert flag["period"]["end"].startswith("2026-07-14T09:20")
    assert held(record, "Observation")[0]["status"] == "final"
