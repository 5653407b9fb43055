"""Writing: created once, changed only by whoever read what stands there, and kept as it was."""

import json
from datetime import date
from urllib.parse import urlsplit

import pytest

from imparts.people import actions as people
from imparts.people.models import Patient
from tests.builders import NOON, staff_with
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.asking import Asked, known_at, matches, words_of
from tests.gateway.fhir_server.clients import token_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
NHS = "https://fhir.nhs.uk/Id/nhs-number"
VERIFIED = {
    "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
    "valueCodeableConcept": {"coding": [{
        "system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland",
        "code": "01"}]},
}  # fmt: skip


def somebody(**more):
    """An invented Patient."""
    return {
        "resourceType": "Patient",
        "name": [{"use": "official", "family": "Netherwick", "given": ["Ivo"]}],
        "birthDate": "1972-02-29",
        "gender": "male",
        "identifier": [{"extension": [VERIFIED], "system": NHS, "value": "9990000026"}],
    } | more


def created(ask, body=None, **headers):
    """The resource that was made."""
    answer = ask("Patient", verb="POST", body=body or somebody(), **headers)
    assert answer.status_code == 201, answer.content
    return answer


def test_what_is_created_is_read_again_as_it_was_sent(ask) -> None:
    answer = created(ask)
    made = json.loads(answer.content)
    assert problems(made) == []
    place = urlsplit(answer["Location"]).path.removeprefix("/fhir/")
    assert place == f"Patient/{made['id']}/_history/1" and answer["ETag"] == 'W/"1"'
    assert ask.json(place) == made == ask.json(f"Patient/{made['id']}")
    assert made["name"][0]["family"] == "Netherwick" and made["birthDate"] == "1972-02-29"
    assert made["identifier"][0]["extension"][0]["valueCodeableConcept"]["coding"][0][
        "code"] == "01"  # fmt: skip


def test_created_only_where_none_exists(ask) -> None:
    condition = {"If_None_Exist": f"identifier={NHS}|9990000026"}
    first = json.loads(created(ask, **condition).content)
    again = ask("Patient", verb="POST", body=somebody(), **condition)
    assert again.status_code == 200 and json.loads(again.content)["id"] == first["id"]
    assert Patient.objects.count() == 1


def test_a_condition_that_fits_several_is_refused(clinic, ask) -> None:
    for name in ("Ada", "Ben"):
        known_at(clinic, name)
    answer = ask("Patient", verb="POST", body=somebody(), If_None_Exist="family=Thimblewick")
    assert answer.status_code == 412 and Patient.objects.count() == 2


def test_a_condition_that_is_not_understood_creates_nothing(ask) -> None:
    answer = ask("Patient", verb="POST", body=somebody(), If_None_Exist="shoesize=44")
    assert answer.status_code == 400 and not Patient.objects.exists()


def test_somebody_elses_number_is_refused_and_tells_no_name(elsewhere, ask) -> None:
    other = known_at(elsewhere, "Eve", "Elsewick")
    people.add_identifier(
        patient=other, scheme="nhs", value="9990000026", by="test", at=NOON, verified_at=NOON
    )
    answer = ask("Patient", verb="POST", body=somebody())
    assert answer.status_code == 409 and b"Elsewick" not in answer.content


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"birthDate": "1972"}, "Patient.birthDate"),
        ({"birthDate": "1972-02-30"}, "Patient.birthDate"),
        ({"name": [{"family": "Only"}]}, "Patient.name"),
        ({"gender": "purple"}, "Patient.gender"),
        ({"shoeSize": 44}, "Patient"),
        ({"telecom": [{"value": "1"}]}, "Patient.telecom"),
        ({"deceasedBoolean": True}, "Patient.deceasedBoolean"),
        ({"identifier": [{"system": "https://else.example", "value": "1"}]},
         "Patient.identifier[0]"),
        ({"identifier": [{"value": 17}]}, "Patient.identifier[0].value"),
        ({"address": [{"line": ["1 High Street"]}]}, "Patient.address[0]"),
        ({"extension": [{"url": "https://else.example", "valueCode": "x"}]},
         "Patient.extension[0]"),
        ({"generalPractitioner": [{"reference": "Organization/999999"}]},
         "Patient.generalPractitioner[0]"),
        ({"deceasedDateTime": "1970-01-01"}, ""),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place_and_nothing_is_stored(ask, change, where) -> None:
    answer = ask("Patient", verb="POST", body=somebody(**change))
    assert answer.status_code in (422, 409), answer.content
    issues = json.loads(answer.content)["issue"]
    assert not where or where in [each for one in issues for each in one.get("expression", ())]
    assert not Patient.objects.exists()


def test_all_faults_are_said_at_once(ask) -> None:
    answer = ask("Patient", verb="POST", body=somebody(birthDate="1972", telecom=[{"value": "1"}]))
    assert len(json.loads(answer.content)["issue"]) == 2


def test_a_change_needs_the_version_that_was_read(ask) -> None:
    made = json.loads(created(ask).content)
    path, changed = f"Patient/{made['id']}", made | {"gender": "unknown"}
    assert ask(path, verb="PUT", body=changed).status_code == 428
    assert ask(path, verb="PUT", body=changed, If_Match='W/"7"').status_code == 412
    answer = ask(path, verb="PUT", body=changed, If_Match='W/"1"')
    assert answer.status_code == 200 and answer["ETag"] == 'W/"2"'
    assert ask(path, verb="PUT", body=changed, If_Match='W/"1"').status_code == 412
    assert ask.json(path)["gender"] == "unknown"


def test_what_is_sent_back_unchanged_changes_nothing(ask) -> None:
    made = json.loads(created(ask).content)
    answer = ask(f"Patient/{made['id']}", verb="PUT", body=made, If_Match='W/"1"')
    assert answer.status_code == 200 and json.loads(answer.content) == made


def test_every_version_stays(ask) -> None:
    made = json.loads(created(ask).content)
    path = f"Patient/{made['id']}"
    name = [{"use": "official", "family": "Otherwick", "given": ["Ivo"]}]
    ask(path, verb="PUT", body=made | {"name": name}, If_Match='W/"1"')
    history = ask.json(f"{path}/_history")
    assert [each["resource"]["name"][0]["family"] for each in history["entry"]] == [
        "Otherwick", "Netherwick",
    ]  # fmt: skip
    assert [each["request"]["method"] for each in history["entry"]] == ["PUT", "POST"]
    assert ask.json(f"{path}/_history/1") == made
    assert ask(f"{path}/_history/3").status_code == 404
    assert history["entry"] == ask.json("Patient/_history")["entry"]
    assert problems(history) == []


def test_a_long_history_comes_in_pages(ask) -> None:
    made = json.loads(created(ask).content)
    path = f"Patient/{made['id']}"
    for number in range(1, 5):
        name = [{"use": "official", "family": f"Wick{number}", "given": ["Ivo"]}]
        ask(path, verb="PUT", body=made | {"name": name}, If_Match=f'W/"{number}"')
    page, seen = ask.json(f"{path}/_history?_count=2"), []
    while True:
        seen += [each["resource"]["meta"]["versionId"] for each in page["entry"]]
        following = [link["url"] for link in page["link"] if link["relation"] == "next"]
        if not following:
            break
        page = ask.json(following[0].partition("/fhir/")[2])
    assert seen == ["5", "4", "3", "2", "1"]


def test_an_unchanged_resource_is_not_sent_again(ask) -> None:
    made = json.loads(created(ask).content)
    path = f"Patient/{made['id']}"
    unchanged = ask(path, If_None_Match='W/"1"')
    assert unchanged.status_code == 304 and unchanged.content == b""
    assert ask(path, If_None_Match='W/"2"').status_code == 200
    modified = ask(path)["Last-Modified"]
    assert ask(path, If_Modified_Since=modified).status_code == 304
    assert ask(path, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status_code == 200


def test_nothing_is_deleted_and_it_says_why(clinic, ask) -> None:
    amara = known_at(clinic)
    answer = ask(f"Patient/{amara.pk}", verb="DELETE")
    assert answer.status_code == 405 and "kept" in words_of(answer)
    assert answer["Allow"] == "GET, PUT"
    assert (
        ask("Organization", verb="POST", body={"resourceType": "Organization"}).status_code == 405
    )


def test_what_is_answered_to_a_write_is_what_was_preferred(ask) -> None:
    assert created(ask, Prefer="return=minimal").content == b""
    second = somebody(identifier=[{"system": NHS, "value": "9990000034"}])
    said = json.loads(created(ask, second, Prefer="return=OperationOutcome").content)
    assert said["resourceType"] == "OperationOutcome"


def test_an_app_of_a_member_of_staff_registers_nobody(clinic) -> None:
    ask = Asked(token_for(scopes="user/*.cruds", staff=staff_with("consultant", clinic)))
    assert ask("Patient", verb="POST", body=somebody()).status_code == 403
    assert not Patient.objects.exists()


def test_somebody_elses_patient_is_not_changed_and_not_told_of(elsewhere, ask) -> None:
    other = known_at(elsewhere, "Eve", "Elsewick")
    body = somebody(id=str(other.pk))
    answer = ask(f"Patient/{other.pk}", verb="PUT", body=body, If_Match='W/"1"')
    nobody = ask(
        "Patient/00000000-0000-4000-8000-000000000000", verb="PUT", If_Match='W/"1"',
        body=somebody(id="00000000-0000-4000-8000-000000000000"),
    )  # fmt: skip
    assert answer.status_code == 404 and answer.content == nobody.content
    other.refresh_from_db()
    assert other.born_on == date(1961, 3, 14)


def test_a_body_that_is_too_large_is_refused(ask) -> None:
    answer = ask("Patient", verb="POST", body=somebody(text={"div": "x" * 5_100_000}))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '"x"', "17", '{"resourceType": "Flag"}', '{"a": 1, "a": 2}',
     '{"resourceType": "Patient", "id": "\\ud800"}', '{"resourceType": "Patient", "x": NaN}',
     "[" * 100_000, '{"resourceType": "Patient", "name": [{"family": "a\\u0000"}]}'],
)  # fmt: skip
def test_what_is_no_resource_is_refused_in_words(ask, body) -> None:
    answer = ask("Patient", verb="POST", body=body)
    assert answer.status_code in (400, 422), answer.content
    assert words_of(answer)


def test_a_found_match_stands_in_the_bundle_once(ask) -> None:
    created(ask)
    assert len(matches(ask.json(f"Patient?identifier={NHS}|9990000026"))) == 1


def test_a_machine_of_several_services_says_whose_patient_it_is(clinic, elsewhere) -> None:
    ask = Asked(token_for(scopes="system/*.cruds", services=[clinic, elsewhere]))
    answer = ask("Patient", verb="POST", body=somebody())
    assert answer.status_code == 422 and not Patient.objects.exists()
    service = ask.json(f"HealthcareService/{clinic.pk}")["identifier"][0]
    tag = {"system": service["system"], "code": service["value"]}
    created(ask, somebody(meta={"tag": [tag]}))
    assert list(Patient.objects.get().relationships.values_list("service", flat=True)) == [
        clinic.pk
    ]
