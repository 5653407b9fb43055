"""Transactions: all or nothing, in the standard's order; batches: each by itself."""

import json
from uuid import uuid4

import pytest

from imparts.audit.models import AuditEntry
from imparts.people.models import Patient
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.asking import Asked, known_at, words_of
from tests.gateway.fhir_server.clients import token_for
from tests.gateway.fhir_server.test_writing import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


def named(family: str, **more):
    """An invented Patient without numbers."""
    body = somebody(name=[{"use": "official", "family": family, "given": ["Ivo"]}], **more)
    del body["identifier"]
    return body


def entry(method: str, url: str, resource=None, full_url: str = "", **conditions):
    """One entry."""
    made = {"request": {"method": method, "url": url, **conditions}}
    if resource is not None:
        made["resource"] = resource
    return made | ({"fullUrl": full_url} if full_url else {})


def sent(ask, kind: str, *entries, **headers):
    """What a Bundle was answered with."""
    body = {"resourceType": "Bundle", "type": kind, "entry": list(entries)}
    return ask("", verb="POST", body=body, **headers)


def statuses(answer) -> list[str]:
    """The status of each entry."""
    bundle = json.loads(answer.content)
    assert bundle["type"].endswith("-response"), bundle
    return [each["response"]["status"][:3] for each in bundle["entry"]]


def test_a_transaction_stores_all_and_answers_in_order(clinic, ask) -> None:
    amara = known_at(clinic)
    answer = sent(
        ask, "transaction", entry("GET", f"Patient/{amara.pk}"),
        entry("GET", "Patient?family=Onewick"), entry("POST", "Patient", named("Onewick")),
        entry("POST", "Patient", named("Twowick"), ifNoneExist="family=Twowick"),
        entry("POST", "Patient", named("Thimblewick"), ifNoneExist="family=Thimblewick"),
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    assert statuses(answer) == ["200", "200", "201", "201", "200"]
    bundle = json.loads(answer.content)
    assert problems(bundle) == []
    # Reading comes after writing, as the standard says, so the search finds what was just stored.
    assert len(bundle["entry"][1]["resource"]["entry"]) == 1
    assert bundle["entry"][2]["response"]["location"].endswith("/_history/1")
    assert Patient.objects.count() == 3


def test_one_fault_takes_back_everything_and_says_where(clinic, ask) -> None:
    before = AuditEntry.objects.count()
    answer = sent(
        ask, "transaction", entry("POST", "Patient", named("Onewick")),
        entry("POST", "Patient", named("Twowick", birthDate="soon")),
    )  # fmt: skip
    assert answer.status_code == 422
    [issue] = json.loads(answer.content)["issue"]
    assert issue["expression"] == ["Bundle.entry[1].resource.birthDate"]
    assert not Patient.objects.exists() and AuditEntry.objects.count() == before


def test_a_batch_stores_what_it_can(clinic, ask) -> None:
    answer = sent(
        ask, "batch", entry("POST", "Patient", named("Onewick")),
        entry("POST", "Patient", named("Twowick", birthDate="soon")),
        entry("GET", f"Patient/{uuid4()}"), entry("DELETE", "Patient/1"), entry("GET", "Basic/1"),
    )  # fmt: skip
    assert statuses(answer) == ["201", "422", "404", "405", "404"]
    bundle = json.loads(answer.content)
    assert bundle["entry"][1]["response"]["outcome"]["resourceType"] == "OperationOutcome"
    assert problems(bundle) == [] and Patient.objects.count() == 1


def test_what_is_named_by_urn_is_stored_first_and_called_by_its_name(clinic, ask) -> None:
    one = f"urn:uuid:{uuid4()}"
    from imparts.gateway.fhir_server.writing.references import in_order, resolved

    flag = {"subject": {"reference": one}, "note": [{"valueUri": one}], "also": [one]}
    assert in_order([(0, "urn:uuid:other", flag), (1, one, named("Onewick"))]) == [1, 0]
    made = resolved(flag, {one: "Patient/17"}, lambda asked: asked)
    assert made == {"subject": {"reference": "Patient/17"}, "note": [{"valueUri": "Patient/17"}],
                    "also": ["Patient/17"]}  # fmt: skip


def test_entries_that_need_each_other_are_refused(ask) -> None:
    one, two = (f"urn:uuid:{uuid4()}" for _ in range(2))
    answer = sent(
        ask, "transaction",
        entry("POST", "Patient", named("A", link=[{"other": {"reference": two}}]), one),
        entry("POST", "Patient", named("B", link=[{"other": {"reference": one}}]), two),
    )  # fmt: skip
    assert answer.status_code == 422 and "circle" in words_of(answer)


def test_a_conditional_reference_finds_exactly_one(clinic, ask) -> None:
    known_at(clinic)
    link = [{"type": "seealso", "other": {"reference": "Patient?family=Thimblewick"}}]
    assert sent(
        ask, "transaction", entry("POST", "Patient", named("Onewick", link=link))
    ).status_code == 200  # fmt: skip
    none = [{"type": "seealso", "other": {"reference": "Patient?family=Nobodywick"}}]
    assert sent(
        ask, "transaction", entry("POST", "Patient", named("Twowick", link=none))
    ).status_code == 412  # fmt: skip


def test_a_put_in_a_transaction_needs_its_version(clinic, ask) -> None:
    amara = known_at(clinic)
    body = ask.json(f"Patient/{amara.pk}") | {"gender": "female"}
    url = f"Patient/{amara.pk}"
    assert sent(ask, "transaction", entry("PUT", url, body)).status_code == 428
    answer = sent(ask, "transaction", entry("PUT", url, body, ifMatch='W/"1"'))
    assert statuses(answer) == ["200"]


@pytest.mark.parametrize(
    "bundle",
    [
        {"resourceType": "Bundle"},
        {"resourceType": "Bundle", "type": "searchset"},
        {"resourceType": "Patient"},
        {"resourceType": "Bundle", "type": "transaction", "entry": [17]},
        {"resourceType": "Bundle", "type": "transaction", "entry": {}},
        {"resourceType": "Bundle", "type": "transaction", "entry": [{}]},
        {"resourceType": "Bundle", "type": "transaction",
         "entry": [{"request": {"method": "FETCH", "url": "Patient"}}]},
        {"resourceType": "Bundle", "type": "transaction",
         "entry": [{"request": {"method": "GET", "url": ""}}]},
        {"resourceType": "Bundle", "type": "transaction",
         "entry": [{"request": {"method": "GET", "url": "https://else.example/Patient"}}]},
        {"resourceType": "Bundle", "type": "transaction",
         "entry": [{"request": {"method": "POST", "url": "/"}, "resource": {}}]},
    ],
)  # fmt: skip
def test_a_bundle_that_cannot_be_meant_is_refused_in_words(ask, bundle) -> None:
    answer = ask("", verb="POST", body=bundle)
    assert answer.status_code == 400 and words_of(answer)


def test_too_many_entries_are_refused(ask) -> None:
    many = [entry("GET", "Patient") for _ in range(501)]
    assert sent(ask, "batch", *many).status_code == 413


def test_a_bundle_opens_nothing_that_its_parts_do_not(clinic, elsewhere, ask) -> None:
    other = known_at(elsewhere, "Eve", "Elsewick")
    for kind in ("batch", "transaction"):
        answer = sent(ask, kind, entry("GET", f"Patient/{other.pk}"))
        assert b"Elsewick" not in answer.content
    narrow = Asked(token_for(scopes="system/Patient.r", services=[clinic]))
    answer = sent(narrow, "batch", entry("POST", "Patient", named("Onewick")))
    assert statuses(answer) == ["403"] and not Patient.objects.exclude(pk=other.pk).exists()
