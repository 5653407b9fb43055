"""The pretend record's FHIR server: reads, searches, writes once, refuses with place and words."""

from pathlib import Path

import pytest

from imparts.gateway.pretend_record.fhir.store import Key, Store
from tests.gateway.conftest import RECEIVED_AT, RunningRecord
from tests.gateway.fhir.checkers import by_fhirkit, by_schema
from tests.gateway.pretend_record.talking import Json, asked, posted

AMARA = "demo-fern-fh204417"
HOSPITAL = "https://imparts.example/fhir/Id/hospital-number/DEMO-FERN"
OURS = "https://imparts.example/fhir/Id/response"


def a_response(number: str = "r1", **changed: object) -> Json:
    return {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": OURS, "value": number},
        "status": "completed",
        "questionnaire": "https://imparts.example/fhir/Questionnaire/phq9",
        "subject": {"reference": f"Patient?identifier={HOSPITAL}|FH204417"},
        **changed,
    }


def an_observation(value: int = 12) -> Json:
    return {
        "resourceType": "Observation",
        "identifier": [{"system": OURS, "value": "r1-total"}],
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "44261-6"}]},
        "subject": {"reference": f"Patient/{AMARA}"},
        "derivedFrom": [{"reference": "urn:uuid:6f1b2a53-0000-4000-8000-000000000001"}],
        "valueInteger": value,
    }


def a_transaction(*entries: Json) -> Json:
    return {"resourceType": "Bundle", "type": "transaction", "entry": list(entries)}


def created(resource: Json, condition: str, url: str = "") -> Json:
    request = {"method": "POST", "url": resource["resourceType"], "ifNoneExist": condition}
    return {"resource": resource, "request": request} | ({"fullUrl": url} if url else {})


def both() -> Json:
    return a_transaction(
        created(
            a_response(), f"identifier={OURS}|r1", "urn:uuid:6f1b2a53-0000-4000-8000-000000000001"
        ),
        created(an_observation(), f"identifier={OURS}|r1-total"),
    )


@pytest.fixture
def fhir(record: RunningRecord) -> str:
    return record.page + "/fhir"


def test_it_says_what_it_can_do_in_valid_fhir(fhir: str) -> None:
    told = asked(fhir + "/metadata")
    assert told.headers["Content-Type"].startswith("application/fhir+json")
    assert told.json["fhirVersion"] == "4.0.1"
    assert by_fhirkit(told.json) == []
    assert by_schema(told.json) == []


@pytest.mark.parametrize("kind", ["Patient", "Practitioner", "Encounter", "Organization"])
def test_what_it_begins_with_is_valid_fhir(kind: str, fhir: str) -> None:
    found = asked(f"{fhir}/{kind}?_count=3").json
    assert found["entry"]
    for entry in found["entry"]:
        assert by_fhirkit(entry["resource"]) == []
        assert by_schema(entry["resource"]) == []
    assert by_fhirkit(found) == []


@pytest.mark.parametrize(
    ("question", "how_many"),
    [
        (f"identifier={HOSPITAL}%7CFH204417", 1),
        ("identifier=FH204417", 1),
        (f"identifier={HOSPITAL}%7CFH999999", 0),
        ("identifier=https://elsewhere.example%7CFH204417", 0),
        ("family=thimble", 1),
        ("family=pennywhistle,inkwell", 2),
        ("family=inkwell&given=amara", 0),
        ("birthdate=1961-03-14", 2),
        ("birthdate=lt1942", 0),
        ("birthdate=ge1997&birthdate=le1997-12-31", 1),
        ("gender=female&family=saltmarsh", 0),
        (f"_id={AMARA}", 1),
    ],
)
def test_patients_are_found_by_what_records_ask(question: str, how_many: int, fhir: str) -> None:
    found = asked(f"{fhir}/Patient?{question}").json
    assert found["total"] == how_many
    assert len(found.get("entry", [])) == how_many


def test_pages_lead_on_until_everyone_was_seen(fhir: str) -> None:
    seen, page = [], f"{fhir}/Patient?_count=8"
    while page:
        found = asked(page).json
        seen += [entry["resource"]["id"] for entry in found["entry"]]
        page = next((one["url"] for one in found["link"] if one["relation"] == "next"), "")
    assert len(seen) == len(set(seen)) == found["total"]


@pytest.mark.parametrize("question", ["colour=blue", "family:exact=Inkwell", "birthdate=xx1961"])
def test_a_question_that_it_does_not_know_is_refused_and_not_answered_in_full(
    question: str, fhir: str
) -> None:
    told = asked(f"{fhir}/Patient?{question}")
    assert told.status == 400
    assert told.json["resourceType"] == "OperationOutcome"
    assert by_fhirkit(told.json) == []


def test_a_transaction_is_written_whole_with_its_references(fhir: str) -> None:
    told = posted(fhir, both())
    assert told.status == 200
    assert by_fhirkit(told.json) == []
    assert [one["response"]["status"] for one in told.json["entry"]] == ["201 Created"] * 2
    response, observation = (
        asked(f"{fhir}/{one['response']['location']}").json for one in told.json["entry"]
    )
    assert response["subject"] == {"reference": f"Patient/{AMARA}"}
    assert observation["derivedFrom"] == [{"reference": f"QuestionnaireResponse/{response['id']}"}]


def test_the_same_transaction_again_changes_nothing(fhir: str) -> None:
    first, again = posted(fhir, both()).json, posted(fhir, both()).json
    places = [[one["response"]["location"] for one in told["entry"]] for told in (first, again)]
    assert places[0] == places[1]
    assert [one["response"]["status"] for one in again["entry"]] == ["200 OK"] * 2
    assert asked(f"{fhir}/Observation").json["total"] == 1


def test_a_correction_by_search_makes_a_new_version(fhir: str) -> None:
    posted(fhir, both())
    request = {"method": "PUT", "url": f"QuestionnaireResponse?identifier={OURS}|r1"}
    changed = {"resource": a_response(status="entered-in-error"), "request": request}
    assert posted(fhir, a_transaction(changed)).status == 200
    found = asked(f"{fhir}/QuestionnaireResponse?identifier={OURS}%7Cr1").json
    (entry,) = found["entry"]
    assert entry["resource"]["status"] == "entered-in-error"
    assert entry["resource"]["meta"]["versionId"] == "2"
    first = asked(f"{fhir}/QuestionnaireResponse/{entry['resource']['id']}/_history/1").json
    assert first["status"] == "completed"


@pytest.mark.parametrize(
    ("broken", "status", "words", "where"),
    [
        (a_response(subject={"reference": "Patient/nobody"}), 422, "no such patient", "subject"),
        (a_response(subject={"reference": f"Patient?identifier={HOSPITAL}|FH0"}), 412, "0 res", ""),
        (a_response(subject={"reference": "urn:uuid:nowhere"}), 400, "no entry has", ""),
        (a_response(subject="Amara"), 400, "no reference", "subject"),
        ({"resourceType": "Observation"}, 400, "not a QuestionnaireResponse", ""),
        (a_response(meta=7), 400, "no object", "meta"),
    ],
)
def test_one_wrong_entry_refuses_all_and_says_where(
    broken: Json, status: int, words: str, where: str, fhir: str
) -> None:
    wrong = created(broken, f"identifier={OURS}|r2")
    wrong["request"]["url"] = "QuestionnaireResponse"
    told = posted(fhir, a_transaction(*both()["entry"], wrong))
    assert told.status == status
    assert words in told.words
    place = told.json["issue"][0]["expression"][0]
    assert place.startswith("Bundle.entry[2]")
    assert where in place
    assert asked(f"{fhir}/QuestionnaireResponse").json["total"] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"7", b"null", b'"text"', b"\xff\xfe", b"[" * 100_000,
        b'{"resourceType": "Bundle", "type": "transaction", "entry": 7}',
        b'{"resourceType": "Bundle", "type": "transaction", "entry": [7]}',
        b'{"resourceType": "Bundle", "type": "transaction", "entry": [{"request": 7}]}',
        b'{"resourceType": "Bundle", "type": "batch", "entry": [{"request": {"method": []}}]}',
        b'{"resourceType": "Bundle", "type": "history"}',
        b'{"resourceType": "Patient"}',
    ],
)  # fmt: skip
def test_what_is_no_transaction_is_refused_in_words(body: bytes, fhir: str) -> None:
    told = asked(fhir, method="POST", data=body, Content_Type="application/fhir+json")
    if told.status == 200:  # a batch answers each entry by itself
        assert told.json["entry"][0]["response"]["status"] == "400"
    else:
        assert told.status == 400
        assert told.words
    assert asked(fhir + "/metadata").status == 200


def test_another_format_than_json_is_refused(fhir: str) -> None:
    told = asked(fhir, method="POST", data=b"<Bundle/>", Content_Type="application/fhir+xml")
    assert told.status == 415


def test_a_resource_alone_is_created_once_and_updated_by_version(fhir: str) -> None:
    first = posted(f"{fhir}/QuestionnaireResponse", a_response(), If_None_Exist="identifier=r1")
    again = posted(f"{fhir}/QuestionnaireResponse", a_response(), If_None_Exist="identifier=r1")
    assert (first.status, again.status) == (201, 200)
    assert first.json["id"] == again.json["id"]
    address = f"{fhir}/QuestionnaireResponse/{first.json['id']}"
    changed = {**first.json, "status": "amended"}
    assert posted(address, changed, method="PUT", If_Match='W/"9"').status == 412
    done = posted(address, changed, method="PUT", If_Match='W/"1"')
    assert (done.status, done.headers["ETag"]) == (200, 'W/"2"')


def test_a_batch_does_what_it_can(fhir: str) -> None:
    batch = {"resourceType": "Bundle", "type": "batch", "entry": [
        {"request": {"method": "GET", "url": f"Patient/{AMARA}"}},
        {"request": {"method": "GET", "url": "Patient/nobody"}},
        {"resource": a_response(), "request": {"method": "POST", "url": "QuestionnaireResponse"}},
    ]}  # fmt: skip
    told = posted(fhir, batch).json
    assert [one["response"]["status"] for one in told["entry"]] == ["200", "404", "201"]


def test_what_was_written_outlives_the_process_and_a_line_cut_off_by_a_kill(
    tmp_path: Path,
) -> None:
    at = RECEIVED_AT.isoformat()
    store = Store(tmp_path, at=at)
    store.write([{"resourceType": "Flag", "id": "1", "status": "active"}], at=at)
    store.write([{"resourceType": "Flag", "id": "1", "status": "inactive"}], at=at)
    store.close()
    kept = tmp_path / "fhir.jsonl"
    kept.write_bytes(kept.read_bytes() + b'{"at": "2026-07-14", "wrote": [{"resourceT')
    again = Store(tmp_path, at=at)
    held = again.read(Key("Flag", "1"))
    again.close()
    assert held is not None
    assert (held["status"], held["meta"]["versionId"]) == ("inactive", "2")
    assert kept.read_bytes().endswith(b"}\n")


def test_what_came_by_fhir_stands_on_the_page(record: RunningRecord, fhir: str) -> None:
    posted(fhir, both())
    page = asked(record.page + "/?still").text
    assert "FHIR transaction" in page
    assert "THIMBLEWICK, Amara" in page
    assert "QuestionnaireResponse, Observation" in page
    assert "Stored, answered 200" in page
    assert "44261-6" in asked(record.page + "/message/1").text


@pytest.mark.parametrize("name", [7, "Thimblewick", [], [7], [{"given": "Amara"}], {"family": 1}])
def test_a_patient_whose_name_has_another_shape_is_kept_and_named_nowhere(
    name: object, record: RunningRecord, fhir: str
) -> None:
    assert posted(f"{fhir}/Patient", {"resourceType": "Patient", "name": name}).status == 201
    assert "POST Patient" in asked(record.page + "/?still").text
    assert asked(f"{fhir}/Patient?family=thimble").json["total"] == 1
