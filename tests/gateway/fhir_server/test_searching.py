"""Searching: what each parameter means, what is not understood, and pages that hold still."""

import json
from datetime import date

import pytest

from imparts.people import actions as people
from tests.builders import NOON
from tests.gateway.fhir_server.asking import Asked, known_at, matches, words_of
from tests.gateway.fhir_server.clients import token_for

pytestmark = pytest.mark.django_db
NHS = "https://fhir.nhs.uk/Id/nhs-number"


@pytest.fixture
def four(clinic, in_the_demo):
    """Four people of the clinic, by given name."""
    born = {"Ada": date(1950, 1, 2), "Ben": date(1961, 3, 14), "Cas": date(1961, 3, 15),
            "Dot": date(1990, 12, 31)}  # fmt: skip
    made = {name: known_at(clinic, name, f"{name}wick", born_on=day) for name, day in born.items()}
    people.correct(patient=made["Dot"], sex="female", by="test", at=NOON, why="asked")
    people.add_identifier(
        patient=made["Ada"], scheme="nhs", value="9990000018", by="test", at=NOON,
        verified_at=NOON,
    )  # fmt: skip
    return made


def given(bundle) -> list[str]:
    """The given names of the patients found, by name."""
    return sorted(each["name"][0]["given"][0] for each in matches(bundle))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ada", "Ben", "Cas", "Dot"]),
        ("name=ben", ["Ben"]),
        ("family=ADAW", ["Ada"]),
        ("family:exact=adawick", []),
        ("family:exact=Adawick", ["Ada"]),
        ("family:contains=aswi", ["Cas"]),
        ("given=Ada,Ben", ["Ada", "Ben"]),
        ("given=Ada&family=Ben", []),
        (f"identifier={NHS}|9990000018", ["Ada"]),
        ("identifier=9990000018", ["Ada"]),
        ("identifier=|9990000018", []),
        (f"identifier={NHS}|", ["Ada"]),
        ("identifier=https://else.example|9990000018", []),
        (f"identifier:not={NHS}|9990000018", ["Ben", "Cas", "Dot"]),
        ("gender=female", ["Dot"]),
        ("gender:not=female", ["Ada", "Ben", "Cas"]),
        ("gender=http://hl7.org/fhir/administrative-gender|unknown", ["Ada", "Ben", "Cas"]),
        ("birthdate=1961-03-14", ["Ben"]),
        ("birthdate=1961-03", ["Ben", "Cas"]),
        ("birthdate=eq1961", ["Ben", "Cas"]),
        ("birthdate=ne1961", ["Ada", "Dot"]),
        ("birthdate=gt1961-03-14", ["Cas", "Dot"]),
        ("birthdate=ge1961-03-15", ["Cas", "Dot"]),
        ("birthdate=lt1961", ["Ada"]),
        ("birthdate=le1961-03-14", ["Ada", "Ben"]),
        ("birthdate=sa1961", ["Dot"]),
        ("birthdate=eb1961", ["Ada"]),
        ("birthdate=ap1961", ["Ben", "Cas"]),
        ("birthdate=ge1961-01-01&birthdate=lt1970", ["Ben", "Cas"]),
        ("active=false", []),
        ("deceased=true", []),
    ],
)
def test_each_kind_of_parameter_finds_what_it_means(four, ask, query, found) -> None:
    assert given(ask.json(f"Patient?{query}")) == found


def test_two_ways_of_writing_one_id_find_one_patient(four, ask) -> None:
    ada, ben = four["Ada"].pk, four["Ben"].pk
    assert set(ask.ids(f"Patient?_id={ada},{ben}")) == {str(ada), str(ben)}
    assert ask.ids(f"Patient?_id=Patient/{ada}") == [str(ada)]
    assert ask.ids("Patient?_id=17") == []


def test_when_it_was_stored_is_searched(four, ask) -> None:
    assert len(ask.ids("Patient?_lastUpdated=ge2026-11-17")) == 4
    assert ask.ids("Patient?_lastUpdated=gt2026-11-17") == []


def test_sorting_goes_up_and_down(four, ask) -> None:
    up = ask.ids("Patient?_sort=birthdate,-family")
    assert up == list(reversed(ask.ids("Patient?_sort=-birthdate,family")))
    assert up[0] == str(four["Ada"].pk)


@pytest.mark.parametrize("sort", ["", "&_sort=family", "&_sort=-birthdate", "&_sort=-_lastUpdated"])
def test_pages_hold_everybody_once_while_people_come_and_go(four, clinic, ask, sort) -> None:
    first = ask.json(f"Patient?_count=2{sort}")
    for name in ("Aaa", "Zzz"):
        known_at(clinic, name, f"{name}wick")
    seen = [each["id"] for each in matches(first)]
    page = first
    while following := [link["url"] for link in page["link"] if link["relation"] == "next"]:
        page = ask.json(following[0].partition("/fhir/")[2])
        seen += [each["id"] for each in matches(page)]
    assert len(seen) == len(set(seen))
    assert set(seen) >= {str(each.pk) for each in four.values()}


def test_a_link_to_a_page_holds_no_name_and_is_no_other_clients(four, clinic, ask) -> None:
    bundle = ask.json("Patient?_count=1&name=wick,Ada,Ben")
    link = next(each["url"] for each in bundle["link"] if each["relation"] == "next")
    assert "Ada" not in link and "wick" not in link
    path = link.partition("/fhir/")[2]
    another = Asked(token_for(scopes="system/*.rs", services=[clinic]))
    assert another(path).status_code == 400
    assert ask(path[:-4] + "AAAA").status_code == 400
    assert ask(path).status_code == 200


def test_counts_are_given_when_they_are_asked_for(four, ask) -> None:
    assert "total" not in ask.json("Patient?_count=1")
    assert ask.json("Patient?_count=1&_total=accurate")["total"] == 4
    assert ask.json("Patient?_total=estimate")["total"] == 4
    alone = ask.json("Patient?_summary=count")
    assert alone["total"] == 4 and "entry" not in alone
    assert "entry" not in ask.json("Patient?_count=0")


def test_some_elements_alone_are_marked_as_not_whole(four, ask) -> None:
    [found] = matches(ask.json("Patient?given=Ada&_elements=birthDate"))
    assert set(found) == {"resourceType", "id", "meta", "birthDate"}
    assert found["meta"]["tag"][0]["code"] == "SUBSETTED"


def test_what_is_not_understood_is_said_and_under_strict_refused(four, ask) -> None:
    bundle = ask.json("Patient?shoesize=44&given=Ada")
    said = matches(bundle, "outcome")[0]["issue"][0]
    assert said["severity"] == "warning" and "shoesize" in said["diagnostics"]
    assert "shoesize" not in bundle["link"][0]["url"] and len(matches(bundle)) == 1
    refused = ask("Patient?shoesize=44", Prefer="handling=strict")
    assert refused.status_code == 400 and "identifier" in words_of(refused)


@pytest.mark.parametrize(
    "query",
    ["birthdate=soon", "birthdate=1961-13", "birthdate=xx1961", "birthdate=ap0001",
     "gender:above=x", "name:missing=true", "_count=many", "_total=all", "deceased=perhaps",
     "name=%00", "general-practitioner.shoesize=3", "birthdate=9999"],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_words(four, ask, query) -> None:
    answer = ask(f"Patient?{query}")
    assert answer.status_code == 400, answer.content
    assert words_of(answer)


def test_a_search_may_be_posted(four, ask) -> None:
    found = ask.json(
        "Patient/_search", verb="POST", body="given=Ada&_count=5",
        Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert given(found) == ["Ada"]


def test_nobody_elses_patients_are_found_in_any_way(four, elsewhere, ask) -> None:
    other = known_at(elsewhere, "Eve", "Elsewick")
    for query in (f"_id={other.pk}", "name=Eve", "_summary=count&name=Eve", "family=Elsewick"):
        bundle = ask.json(f"Patient?{query}")
        assert matches(bundle) == [] and bundle.get("total", 0) == 0


def test_a_merged_record_names_the_one_that_replaced_it(four, ask) -> None:
    people.merge(loser=four["Ada"], survivor=four["Ben"], by="test", at=NOON, why="one person")
    loser = ask.json(f"Patient/{four['Ada'].pk}")
    assert loser["active"] is False
    assert loser["link"] == [
        {"other": {"reference": f"Patient/{four['Ben'].pk}"}, "type": "replaced-by"}
    ]
    # Whoever looks for the number finds one person, and it is the record that counts.
    assert ask.ids("Patient?identifier=9990000018") == [str(four["Ben"].pk)]
    survivor = ask.json(f"Patient/{four['Ben'].pk}")
    assert survivor["identifier"][0]["value"] == "9990000018"
    assert survivor["link"][0]["type"] == "replaces"


def test_head_says_what_get_says_without_saying_it(four, ask) -> None:
    path = f"Patient/{four['Ada'].pk}"
    full, head = ask(path), ask(path, verb="HEAD")
    assert head.status_code == 200 and head.content == b""
    assert head["ETag"] == full["ETag"]
    assert int(head["Content-Length"]) == len(full.content)


def test_xml_is_refused_in_json(four, ask) -> None:
    for answer in (ask("Patient", Accept="application/fhir+xml"), ask("Patient?_format=xml")):
        assert answer.status_code == 406
        assert json.loads(answer.content)["resourceType"] == "OperationOutcome"
    posted = ask("Patient", verb="POST", body="<Patient/>", Content_Type="application/fhir+xml")
    assert posted.status_code == 415
    assert ask("Patient?_format=json", Accept="text/html").status_code == 200
