"""What the pathways are told of a person at a sending, what it costs, and how it is replayed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imparts.informatics.questionnaires.queries.past import visits_of
from imparts.informatics.questionnaires.queries.past_scores import history_before
from imparts.library import actions as library
from imparts.library.models import ContentVersion, InForce
from imparts.pathways import actions as pathways
from imparts.pathways.models import PathwayEntry, TreatmentStep
from imparts.rules.pathways.definition import OnlyWhen, Repeated
from imparts.rules.pathways.draft import with_step
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.simulation import run
from imparts.rules.pathways.writing import to_toml
from tests.builders import NOON, TODAY, a_patient, a_sent_sitting, a_service
from tests.rules.invented_pathways import changed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
MODERATE = {"q1": 3, "q2": 3, "q3": 3, "q4": 1, "q9": 0}
A_WEEK = timedelta(days=7)


def entry_of(sitting) -> PathwayEntry:
    return PathwayEntry.objects.get(about=sitting.pk)


def in_force(service, text: str) -> None:
    """Follow another version of a pathway at a service."""
    made = library.load_file(kind="pathway", text=text, at=NOON, is_shipped=False, by="lead")
    assert made is not None
    InForce.objects.create(
        service=service, content=made, kind="pathway", from_on=TODAY - 10 * A_WEEK, at=NOON, by="x"
    )


def shipped(key: str):
    body = ContentVersion.objects.filter(kind="pathway", key=key).latest("id").body
    return read_pathway(body)


def test_what_was_known_is_kept_with_what_was_suggested() -> None:
    service = a_service()
    found = entry_of(a_sent_sitting(service, phq9=MODERATE)).context
    assert set(found) == {"age", "service", "pregnant", "in_treatment", "taken_before"}
    assert found["service"] == service.code
    assert found["pregnant"] is None
    assert found["in_treatment"] == [] and found["taken_before"] is None
    assert isinstance(found["age"], int)


def test_who_is_in_treatment_goes_on_with_it() -> None:
    service, patient = a_service(), a_patient()
    TreatmentStep.objects.create(
        patient=patient, service=service, option="talking_therapies", what="Talking Therapies",
        kind="course", began_on=TODAY - A_WEEK, at=NOON, by="psychologist",
    )  # fmt: skip
    entry = entry_of(a_sent_sitting(service, patient=patient, phq9=MODERATE))
    assert entry.context["in_treatment"] == ["talking_therapies"]
    step = next(one for one in entry.steps if one["step_id"] == "talking_therapies")
    assert step["verb_first"] == "Continue with Talking Therapies"
    assert step["kind"] == "review"


def test_earlier_scores_are_asked_for_only_when_a_pathway_looks_back_on_them() -> None:
    service = a_service()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        a_sent_sitting(service, phq9=MODERATE)
    assert not [one for one in asked if "string_agg" in one["sql"] or "concat_ws" in one["sql"]]


def test_what_is_repeated_is_followed_live_and_the_same_when_it_is_replayed() -> None:
    service, patient = a_service(), a_patient()
    mood = shipped("depression_in_outpatients")
    trigger = replace(mood.levels[2].triggers[0], repeated=Repeated(2, 90))
    levels = (
        *mood.levels[:2],
        replace(mood.levels[2], triggers=(trigger, mood.levels[2].triggers[2])),
        mood.levels[3],
    )
    twice = replace(mood, version="twice", levels=levels)
    in_force(service, to_toml(twice))
    first = a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON - A_WEEK)
    second = a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON)
    assert [one["step_id"] for one in _of(entry_of(first), mood.id)] == [
        "ask_how_they_are", "self_help_guide",
    ]  # fmt: skip
    assert [one["step_id"] for one in _of(entry_of(second), mood.id)] == [
        "talk_about_mood", "talking_therapies",
    ]  # fmt: skip
    visits = visits_of(
        [service.pk], NOON - 9 * A_WEEK, NOON + A_WEEK, looks_back_on=twice.looks_back_on
    )
    found = run(twice, visits)
    assert found.steps == {
        entry.about: tuple(one["step_id"] for one in _of(entry, mood.id))
        for entry in PathwayEntry.objects.all()
    }


def test_a_window_looks_back_behind_its_beginning() -> None:
    service, patient = a_service(), a_patient()
    a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON - 5 * A_WEEK)
    a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON)
    (visit,) = visits_of([service.pk], NOON - A_WEEK, NOON + A_WEEK, looks_back_on=["phq9"])
    assert [one.seen.score for one in visit.context.history["phq9"]] == [Decimal(10)]
    live = history_before(patient.pk, service.pk, ["phq9"], at=NOON)
    assert visit.context.history == live


def test_a_run_asks_one_question_however_many_visits_there_are(
    django_assert_num_queries,
) -> None:
    service = a_service()
    for week in range(1, 4):
        a_sent_sitting(service, patient=a_patient(), phq9=MODERATE, at=NOON - week * A_WEEK)
    visits_of([service.pk], NOON - 9 * A_WEEK, NOON)  # the versions that were asked are read once
    with django_assert_num_queries(1):
        assert len(visits_of([service.pk], NOON - 9 * A_WEEK, NOON)) == 3


def test_test_patients_are_nobody() -> None:
    service = a_service()
    sent = a_sent_sitting(service, patient=a_patient(), phq9=MODERATE)
    type(sent.patient).objects.filter(pk=sent.patient_id).update(is_test=True)
    assert visits_of([service.pk], NOON - A_WEEK, NOON + A_WEEK) == []


def test_the_full_audit_can_be_asked_on_demand() -> None:
    alcohol = shipped_after_loading("alcohol")
    step = alcohol.step("finish_audit_5")
    assert step is not None and (step.kind, step.asks) == ("repeat", ("audit",))


def test_a_pathway_whose_reason_is_missing_is_not_kept() -> None:
    from imparts.rules.content import ContentRefused

    mood = shipped_after_loading("depression_in_outpatients")
    old = mood.step("liaison_psychiatry")
    assert old is not None
    text = to_toml(with_step(mood, "severe", replace(old, options=("wizard",))))
    with pytest.raises(ContentRefused, match="step liaison_psychiatry: wizard is not an option"):
        library.load_file(kind="pathway", text=text, at=NOON, is_shipped=False, by="lead")


def shipped_after_loading(key: str):
    a_service()
    return shipped(key)


def _of(entry: PathwayEntry, pathway: str) -> list[dict]:
    return [one for one in entry.steps if one["pathway_id"] == pathway]


def test_what_was_done_before_is_known_live_and_the_same_when_it_is_replayed() -> None:
    service, patient = a_service(), a_patient()
    mood = shipped("depression_in_outpatients")
    after = changed(mood, "moderate", only_when=OnlyWhen(after_step="ask_how_they_are"))
    after = replace(after, version="after")
    in_force(service, to_toml(after))
    first = entry_of(a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON - A_WEEK))
    assert [one["step_id"] for one in _of(first, mood.id)] == [
        "ask_how_they_are",
        "self_help_guide",
    ]
    pathways.decide_step(
        entry=first, step="ask_how_they_are", decision="done", why="", by="x", at=NOON
    )
    second = entry_of(a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON + A_WEEK))
    assert second.context["taken_before"] == [["ask_how_they_are", "done"]]
    assert [one["step_id"] for one in _of(second, mood.id)] == [
        "talk_about_mood", "talking_therapies",
    ]  # fmt: skip
    visits = visits_of([service.pk], NOON - 9 * A_WEEK, NOON + 2 * A_WEEK, looks_at_steps=True)
    unknown = [replace(one, context=replace(one.context, taken_before=None)) for one in visits]
    assert run(after, visits).steps[second.about] == ("talk_about_mood", "talking_therapies")
    assert run(after, unknown).steps[second.about][0] != "talking_therapies"


def test_what_nobody_asked_for_live_is_found_again_for_a_draft_that_looks_at_it() -> None:
    service, patient = a_service(), a_patient()
    first = entry_of(a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON - A_WEEK))
    pathways.decide_step(
        entry=first, step="talk_about_mood", decision="done", why="", by="x", at=NOON
    )
    a_sent_sitting(service, patient=patient, phq9=MODERATE, at=NOON + A_WEEK)
    before, after = visits_of(
        [service.pk], NOON - 9 * A_WEEK, NOON + 2 * A_WEEK, looks_at_steps=True
    )
    assert before.context.taken_before == frozenset()
    assert after.context.taken_before == frozenset({("talk_about_mood", "done")})
