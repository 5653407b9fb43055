"""Every kind at once: right by both validators, found by its parameters, never anyone else's."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from imparts.gateway.fhir_server.registry import kinds_of, types
from imparts.informatics.questionnaires.actions.withdrawing import withdraw_response
from imparts.informatics.results.models import ResponseScore
from tests.builders import NOON, a_service
from tests.gateway.fhir.checkers import problems
from tests.gateway.fhir_server.asking import Asked, known_at, matches
from tests.gateway.fhir_server.clients import token_for
from tests.gateway.fhir_server.story import a_story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "in_the_demo")]

NOTHING_KEPT = {"Consent", "Goal"}
ABOUT_NOBODY = {"Questionnaire", "Organization", "HealthcareService", "Practitioner",
                "PractitionerRole", "Location", "Group"}  # fmt: skip
EVERYTHING = "system/*.cruds system/AuditEvent.rs"


@pytest.fixture
def story(db):
    return a_story(a_service())


@pytest.fixture
def ask(story):
    return Asked(token_for(scopes=EVERYTHING, services=[story.service]))


def clinical() -> list[str]:
    """Types about people."""
    return [one for one in types() if one not in ABOUT_NOBODY | NOTHING_KEPT]


def test_every_resource_passes_both_validators_and_every_type_is_there(story, ask) -> None:
    seen: Counter[str] = Counter()
    for type_name in types():
        for resource in matches(ask.json(f"{type_name}?_count=200")):
            assert problems(resource) == [], (type_name, resource["id"])
            assert type_name in ABOUT_NOBODY or resource["meta"]["lastUpdated"]
            seen[type_name] += 1
    missing = set(types()) - set(seen) - NOTHING_KEPT
    assert missing <= {"Practitioner", "PractitionerRole", "Group"}, missing


def test_everything_of_a_person_is_what_the_searches_find(story, ask) -> None:
    found = {f"{one['resourceType']}/{one['id']}" for one in
             matches(ask.json(f"Patient/{story.patient.pk}/$everything?_count=1000"))}  # fmt: skip
    for type_name in sorted(set(clinical()) - {"AuditEvent", "Patient"}):
        ids = ask.ids(f"{type_name}?patient={story.patient.pk}&_count=200")
        assert {f"{type_name}/{one}" for one in ids} <= found, type_name
    assert len(found) > 20 and not any(one.startswith("AuditEvent/") for one in found)


def test_everything_page_by_page_is_the_same_once(story, ask) -> None:
    whole = [one["id"] for one in
             matches(ask.json(f"Patient/{story.patient.pk}/$everything?_count=1000"))]  # fmt: skip
    path, paged = f"Patient/{story.patient.pk}/$everything?_count=7", []
    while path:
        bundle = ask.json(path)
        paged += [one["id"] for one in matches(bundle)]
        links = [one["url"] for one in bundle["link"] if one["relation"] == "next"]
        path = links[0].partition("/fhir/")[2] if links else ""
    assert paged == whole


@pytest.mark.parametrize("type_name", sorted(set(types()) - ABOUT_NOBODY - NOTHING_KEPT))
def test_nobody_elses_are_found_read_or_included(story, ask, type_name) -> None:
    """The same ids, asked by a machine of another clinic: not found, as if they did not exist."""
    theirs = Asked(token_for(scopes=EVERYTHING, services=[a_service("Dermatology")]))
    ids = ask.ids(f"{type_name}?_count=200")
    assert ids, type_name
    for one in ids[:5]:
        refused = theirs(f"{type_name}/{one}")
        assert refused.status_code == 404, (type_name, one)
        assert refused.content == theirs(f"{type_name}/{'0' * 8}").content
        assert theirs.ids(f"{type_name}?_id={one}") == []
    assert theirs.ids(f"{type_name}?_count=200") == []
    if "patient" in {name for kind in kinds_of(type_name) for name in kind.search}:
        assert theirs.ids(f"{type_name}?patient={story.patient.pk}") == []


def test_a_launch_for_one_patient_sees_that_one_alone(story, ask) -> None:
    """The kinds pass the patient in context too."""
    other = known_at(story.service, "Zed", "Otherman")
    found = matches(ask.json(f"Patient/{other.pk}/$everything"))
    assert {one["resourceType"] for one in found} <= {"Patient", "AuditEvent"}


def test_the_audit_needs_a_scope_that_names_it(story) -> None:
    general = Asked(token_for(scopes="system/*.cruds", services=[story.service]))
    assert general.ids("AuditEvent?_count=50") == []


def test_corrected_and_withdrawn_measures_are_never_silently_final(story, ask) -> None:
    found = matches(ask.json(f"Observation?patient={story.patient.pk}&category=exam&_count=50"))
    standing = {one["code"]["coding"][-1]["code"]: one["status"] for one in found}
    assert standing["weight"] == "amended" and standing["das28"] == "entered-in-error"
    assert standing["hba1c"] == "final"
    gone = next(one for one in found if one["status"] == "entered-in-error")
    assert "valueQuantity" not in gone
    assert ask.ids("Observation?code=das28&status=final") == []


def test_an_answer_that_was_declined_is_no_measurement(story, ask) -> None:
    found = matches(ask.json(f"Observation?patient={story.patient.pk}&code=gad7.total&_count=50"))
    assert {one["status"] for one in found} == {"preliminary", "final"}
    part = next(one for one in found if one["status"] == "preliminary")
    assert "estimated, 6 of 7 answered" in {one["text"] for one in part["note"]}


def test_flags_follow_the_story_of_their_alert(story, ask) -> None:
    standing = {one["status"] for one in matches(ask.json("Flag?_count=50"))}
    assert standing == {"active", "inactive"}
    assert len(ask.ids("Flag?status=inactive")) == 1
    assert "risk" not in json.dumps(ask.json("Flag?_count=50")).lower()


def test_steps_and_referrals_lead_to_each_other(story, ask) -> None:
    done = matches(ask.json("Task?status=completed"))
    focus = [one["focus"]["reference"] for one in done if "focus" in one]
    assert focus and all(ask(one).status_code == 200 for one in focus)
    (plan,) = {one["basedOn"][0]["reference"] for one in done}
    assert {one["reference"]["reference"].partition("/")[0]
            for one in ask.json(plan)["activity"]} == {"Task"}  # fmt: skip
    waiting = matches(ask.json("Task?status=on-hold"))
    assert waiting and all(one["statusReason"]["text"] for one in waiting)


def test_every_reference_leads_to_something_that_is_here(story, ask) -> None:
    """No resource names one that this reader cannot read."""
    for type_name in clinical():
        for resource in matches(ask.json(f"{type_name}?_count=200")):
            for reference in _references(resource):
                assert ask(reference).status_code == 200, (type_name, reference)


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["reference"]] if isinstance(part.get("reference"), str) else []
        return own + [one for inner in part.values() for one in _references(inner)]
    return [one for inner in part for one in _references(inner)] if isinstance(part, list) else []


def test_of_what_is_not_kept_nothing_is_found(story, ask) -> None:
    for type_name in sorted(NOTHING_KEPT):
        bundle = ask.json(f"{type_name}?patient={story.patient.pk}")
        assert bundle["type"] == "searchset" and "entry" not in bundle


def test_answers_of_the_wrong_person_are_in_error_everywhere(story, ask) -> None:
    """Nothing that was another person's stands as final, active or completed."""
    withdraw_response(sitting=story.sitting.pk, why="The tablet was swapped.", by="test", at=NOON)
    at_visit = f"encounter=Encounter/{story.sitting.appointment_id}"
    found = matches(ask.json(f"QuestionnaireResponse?{at_visit}"))
    responses = {one["id"]: one["status"] for one in found}
    assert set(responses.values()) == {"entered-in-error"}
    for one in responses:
        found = matches(ask.json(f"Observation?derived-from=QuestionnaireResponse/{one}"))
        assert found and {each["status"] for each in found} == {"entered-in-error"}
        assert all(problems(each) == [] for each in found)
    flags = matches(ask.json(f"Flag?{at_visit}"))
    assert flags and {one["status"] for one in flags} == {"entered-in-error"}
    assert ask.ids(f"Flag?{at_visit}&status=active") == []
    plans = matches(ask.json("CarePlan?status=entered-in-error"))
    assert len(plans) == 1
    tasks = matches(ask.json(f"Task?based-on=CarePlan/{plans[0]['id']}"))
    assert tasks and {one["status"] for one in tasks} == {"entered-in-error"}


def test_a_score_that_was_put_right_is_amended(story, ask) -> None:
    response = story.sitting.responses.get(instrument="phq9")
    before = ResponseScore.objects.get(response=response.pk)
    before.pk, before.corrects_id = None, before.pk
    before.save(force_insert=True)
    (score,) = matches(ask.json(f"Observation?derived-from=QuestionnaireResponse/{response.pk}"))
    assert score["status"] == "amended" and score["meta"]["versionId"] == "2"
    answers = ask.json(f"QuestionnaireResponse/{response.pk}")
    assert answers["status"] == "amended"


def test_pages_in_any_order_hold_everything_once(story, ask) -> None:
    for type_name in types():
        every = set(ask.ids(f"{type_name}?_count=200"))
        shared = set.intersection(*(set(kind.sort) for kind in kinds_of(type_name)))
        for name in ("_id", "_lastUpdated", *sorted(shared)):
            for sort in (name, f"-{name}"):
                found = list(_paged(ask, f"{type_name}?_sort={sort}&_count=4"))
                assert every <= set(found), sort  # each asking is an AuditEvent more
                assert len(found) == len(set(found)), sort


def _paged(ask: Asked, path: str) -> Iterator[str]:
    while path:
        bundle = ask.json(path)
        yield from (one["id"] for one in matches(bundle))
        links = {one["relation"]: one["url"] for one in bundle["link"]}
        path = links.get("next", "").partition("/fhir/")[2]
