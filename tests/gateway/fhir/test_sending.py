"""The transaction: valid by every checker, harmless when sent twice, silent where it was wrong."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.gateway.fhir.sending import document_transaction, transaction
from imparts.rules.record.applying import apply
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.in_words import section_of
from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.mapping_reading import read_mapping
from imparts.rules.record.result_facts import (
    AlertFacts,
    IdentifierFacts,
    InstrumentFacts,
    ItemFacts,
    ResultFacts,
)
from tests.gateway.fhir.checkers import problems
from tests.gateway.samples import (
    PATIENT,
    a_pain_score,
    a_phq9,
    a_profile,
    a_smoking_status,
    an_estimate,
    an_incomplete,
    in_two_parts,
)

Json = dict[str, Any]

ALERT = AlertFacts(
    id="31", item="q9", words="Item 9: several days. Needs a conversation before they leave.",
    raised_at=datetime(2026, 7, 14, 8, 57, tzinfo=UTC), tier="A",
    tier_words="A person must act now",
)  # fmt: skip


def a_form() -> ResultFacts:
    """A form of somebody else's, with one number that it works out."""
    whole = a_phq9()
    return replace(
        whole,
        instrument=InstrumentFacts("kettle", "Kettle form", "Kettle", "1", is_form=True),
        items=(
            ItemFacts("sum", "Kettle sum", number=Decimal("3.5"), unit="points"),
            ItemFacts("one", "How is the kettle?", words="warm"),
        ),
        notes=("Worked out by the formula of the form's author; not checked by imparts.",),
    )


EVERY = {
    "complete": a_phq9(),
    "alert": replace(a_phq9(), alerts=(ALERT,)),
    "estimate": an_estimate(),
    "incomplete": an_incomplete(),
    "category": a_smoking_status(),
    "number": a_pain_score(),
    "profile": a_profile(),
    "parts": in_two_parts(),
    "form": a_form(),
}


def entries(facts: ResultFacts, kind: str) -> list[Json]:
    return [one for one in transaction(facts)["entry"] if one["resource"]["resourceType"] == kind]


def resources(facts: ResultFacts, kind: str) -> list[Json]:
    return [one["resource"] for one in entries(facts, kind)]


def every_problem(bundle: Json) -> list[str]:
    """In the bundle, and in each of its resources by itself."""
    found = problems(bundle)
    for one in bundle["entry"]:
        found += problems(one["resource"])
    return found


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("change", ["none", "is_correction", "is_withdrawn"])
def test_every_transaction_is_valid_by_every_checker(name: str, change: str) -> None:
    facts = EVERY[name] if change == "none" else replace(EVERY[name], **{change: True})
    bundle = transaction(facts)
    assert every_problem(bundle) == []
    assert bundle["type"] == "transaction"
    urls = [one["fullUrl"] for one in bundle["entry"]]
    assert len(set(urls)) == len(urls)


def test_it_holds_the_answers_the_result_the_alert_the_words_and_where_they_come_from() -> None:
    kinds = [one["resource"]["resourceType"] for one in transaction(EVERY["alert"])["entry"]]
    assert kinds == [
        "QuestionnaireResponse",
        "Observation",
        "Flag",
        "DocumentReference",
        "Provenance",
    ]


def test_made_twice_it_is_the_same_and_creates_nothing_that_is_there() -> None:
    facts = EVERY["alert"]
    assert transaction(facts) == transaction(facts)
    for one in transaction(facts)["entry"]:
        assert one["request"]["method"] == "POST"
        search, value = one["request"]["ifNoneExist"].split("=", 1)
        assert search in ("identifier", "_tag")
        assert value.startswith("https://imparts.example/fhir/Id/")
        assert "id" not in one["resource"]


def test_the_patient_is_asked_for_by_the_number_of_the_hospital_that_asked() -> None:
    (response,) = resources(a_phq9(), "QuestionnaireResponse")
    assert response["subject"]["reference"] == (
        "Patient?identifier=https://imparts.example/fhir/Id/hospital-number/X001|F104432"
    )


def test_a_patient_without_a_number_of_this_hospital_is_never_guessed() -> None:
    for numbers in (
        (IdentifierFacts("nhs", "9990000018", verified=True),),
        (IdentifierFacts("local", "F104432", authority="Y002"),),
    ):
        facts = replace(a_phq9(), patient=replace(PATIENT, identifiers=numbers))
        with pytest.raises(FactsRefused, match="no hospital number") as refused:
            transaction(facts)
        assert "F104432" not in str(refused.value)


def test_a_number_with_odd_signs_cannot_change_the_search() -> None:
    numbers = (IdentifierFacts("local", "A&_id=1|2 ?", authority="X001"),)
    facts = replace(a_phq9(), patient=replace(PATIENT, identifiers=numbers))
    (response,) = resources(facts, "QuestionnaireResponse")
    assert response["subject"]["reference"].endswith("|A%26_id%3D1%7C2%20%3F")


def test_only_a_complete_result_is_final() -> None:
    assert resources(a_phq9(), "Observation")[0]["status"] == "final"
    (estimate,) = resources(an_estimate(), "Observation")
    assert estimate["status"] == "preliminary"
    assert estimate["valueQuantity"]["value"] == 9
    assert "Estimated" in estimate["note"][0]["text"]
    (incomplete,) = resources(an_incomplete(), "Observation")
    assert "valueQuantity" not in incomplete
    assert incomplete["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def test_declined_and_not_reached_never_look_alike() -> None:
    (declined,) = resources(an_estimate(), "QuestionnaireResponse")
    assert declined["item"][8]["answer"][0]["extension"][0]["valueCode"] == "asked-declined"
    (open_one,) = resources(an_incomplete(), "QuestionnaireResponse")
    assert "answer" not in open_one["item"][8]


def test_the_parts_hang_under_the_whole() -> None:
    whole, *parts = entries(in_two_parts(), "Observation")
    listed = [one["reference"] for one in whole["resource"]["hasMember"]]
    assert listed == [one["fullUrl"] for one in parts]
    assert len(parts) == 2


def test_a_correction_takes_the_place_of_what_was_sent() -> None:
    bundle = transaction(replace(a_phq9(), is_correction=True))
    by_kind = {one["resource"]["resourceType"]: one for one in bundle["entry"]}
    response, observation = by_kind["QuestionnaireResponse"], by_kind["Observation"]
    assert response["request"]["method"] == "PUT"
    assert response["request"]["url"].startswith("QuestionnaireResponse?identifier=")
    assert (response["resource"]["status"], observation["resource"]["status"]) == (
        "amended",
        "corrected",
    )
    assert by_kind["Provenance"]["resource"]["activity"]["text"] == "Corrected"


@pytest.mark.parametrize("name", EVERY)
def test_what_was_another_persons_is_in_error_and_says_nothing_any_more(name: str) -> None:
    bundle = transaction(replace(EVERY[name], is_withdrawn=True))
    for one in bundle["entry"]:
        resource = one["resource"]
        if resource["resourceType"] == "Provenance":
            continue
        assert resource["status"] == "entered-in-error"
        assert one["request"]["method"] == "PUT"
        assert not any(part.startswith("value") for part in resource)
        assert "item" not in resource
        assert "component" not in resource
        for content in resource.get("content", ()):
            words = base64.b64decode(content["attachment"]["data"]).decode()
            assert words == "Filed to the wrong person: these were not this patient's answers."


def test_the_destinations_own_codes_stand_first_and_need_an_address() -> None:
    code = {"code": "MH1", "system": "https://record.example/codes", "text": "Mood"}
    mapping = read_mapping({"codes": {"phq9": {"total": code}}})
    (found,) = resources(apply(a_phq9(), mapping), "Observation")
    assert found["code"]["coding"][0] == {
        "system": "https://record.example/codes", "code": "MH1", "display": "Mood",
    }  # fmt: skip
    local = read_mapping({"codes": {"phq9": {"total": code | {"system": "RXXLAB"}}}})
    with pytest.raises(FactsRefused, match="no address as its system"):
        transaction(apply(a_phq9(), local))


def test_a_mapping_leaves_resources_out_and_names_the_patients_system() -> None:
    mapping = read_mapping(
        {
            "leave_out": ["Flag", "DocumentReference", "Provenance"],
            "authorities": {"X001": {"system": "https://record.example/mrn"}},
        }
    )
    bundle = transaction(apply(EVERY["alert"], mapping))
    assert [one["resource"]["resourceType"] for one in bundle["entry"]] == [
        "QuestionnaireResponse",
        "Observation",
    ]
    subject = bundle["entry"][0]["resource"]["subject"]["reference"]
    assert subject == "Patient?identifier=https://record.example/mrn|F104432"


def a_document(**change: Any) -> DocumentFacts:
    whole = a_phq9()
    facts = DocumentFacts(
        "d1", "s1", whole.patient, whole.service, whole.organisation, whole.completed_at,
        (section_of(whole),),
    )  # fmt: skip
    return replace(facts, **change)


def test_a_document_is_sent_as_text_and_pdf() -> None:
    bundle = document_transaction(a_document(), pdf=b"%PDF-1.7 invented")
    assert every_problem(bundle) == []
    (entry,) = bundle["entry"]
    kinds = [one["attachment"]["contentType"] for one in entry["resource"]["content"]]
    assert kinds == ["text/plain; charset=utf-8", "application/pdf"]
    text = base64.b64decode(entry["resource"]["content"][0]["attachment"]["data"]).decode()
    assert "PHQ-9: 12 of 27. Moderate." in text


def test_a_document_that_was_put_right_names_the_one_before() -> None:
    bundle = document_transaction(a_document(document_id="d2", replaces="d1"))
    assert every_problem(bundle) == []
    (related,) = bundle["entry"][0]["resource"]["relatesTo"]
    assert related["code"] == "replaces"
    assert related["target"]["identifier"]["value"] == "d1"


def test_a_document_of_another_person_is_marked_where_it_stands() -> None:
    gone = a_document(document_id="d2", replaces="d1", is_withdrawn=True, sections=())
    bundle = document_transaction(gone)
    assert every_problem(bundle) == []
    (entry,) = bundle["entry"]
    assert entry["request"]["url"].endswith("Id/document|d1")
    assert entry["resource"]["status"] == "entered-in-error"
    text = base64.b64decode(entry["resource"]["content"][0]["attachment"]["data"]).decode()
    assert "PHQ-9" not in text


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_whatever_was_typed_the_transaction_is_valid_and_can_be_sent(words: str, odd: str) -> None:
    items = (ItemFacts("one", f"Q{odd}", words=f"A{words}"), ItemFacts("two", "Second?", value=1))
    facts = replace(a_form(), items=items, notes=(f"N{odd}",))
    bundle = transaction(facts)
    assert every_problem(bundle) == []
    json.dumps(bundle, ensure_ascii=False).encode()
    (response,) = [
        one["resource"]
        for one in bundle["entry"]
        if one["resource"]["resourceType"] == "QuestionnaireResponse"
    ]
    assert len(response["item"]) == 2
