"""Pathways on their pages: who reads and changes them, what a save keeps, what a run says."""

import pytest
from django.test import Client

from imparts.access.actions import give_role
from imparts.access.models import Staff
from imparts.authoring.actions import pathway_drafting
from imparts.authoring.models import PathwayComment, PathwayDraft, PathwayRun
from imparts.authoring.queries.pathway_drafts import live_of, pathway_in
from imparts.informatics.clinics import actions as clinics
from imparts.library.models import ContentVersion
from imparts.library.queries import pathway_of
from imparts.pathways.models import PathwayEntry
from imparts.pathways.queries.capacity import capacities_of
from imparts.rules.pathways.draft import with_because
from imparts.rules.pathways.self_harm import SELF_HARM
from imparts.workspace.queries.pathway_run import RunAsked, comparison_of
from tests.apps.workspace.pathway_staff import (
    KEY,
    TODAY_TYPED,
    Desks,
    begun,
    browser,
    desks,
    handed_in,
    liaison_from_15,
    row_of,
    sign,
    signed_by_all_but_the_second,
    text_of,
)
from tests.builders import NOON, TODAY, a_patient, a_sent_sitting, a_service, an_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
AT_17 = {"phq9": {"q1": 3, "q2": 3, "q3": 3, "q4": 3, "q5": 3, "q6": 2}}


@pytest.fixture
def at() -> Desks:
    """Everyone at one service."""
    return desks()


def step_typed(**changed: object) -> dict[str, object]:
    return {
        "revision": 1, "do": "save", "options": ["liaison_psychiatry"],
        "verb_first": "Liaison psychiatry", "text": ": refer; letter to the GP.",
        "responsible": "registrar", "within": "2 days", "source": "local choice",
    } | changed  # fmt: skip


# Who may read and change


def test_the_list_says_since_when_and_what_waits_for_whom(at) -> None:
    handed_in(at)
    page = text_of(at.liaison.get("/pathways/"))
    assert "Low mood and worry in outpatients" in page and "Version 1 since" in page
    assert "1 draft waits for your signature." in page
    assert "Nothing waits for your signature." in text_of(at.lead.get("/pathways/"))


@pytest.mark.parametrize("role", ["manager", "receptionist", "researcher", "admin"])
def test_whoever_has_no_part_in_pathways_is_refused(at, role) -> None:
    draft = begun(at)
    other = browser(role, at.service)
    for where in ("/pathways/", at.where, draft, f"{draft}scores/severe/"):
        assert other.get(where).status_code == 403


def test_a_patient_representative_reads_and_comments_and_changes_nothing(at) -> None:
    draft = begun(at)
    rep = at.patient_rep
    assert rep.get(draft).status_code == 200
    assert rep.post(f"{draft}comment/", {"text": "Say why, please."}).status_code == 302
    assert "Say why, please." in text_of(at.lead.get(draft))
    for refused in (f"{draft}scores/severe/", f"{draft}hand-in/", f"{at.where}change/"):
        assert rep.post(refused).status_code == 403
    assert rep.get("/patients/").status_code == 403


def test_an_empty_comment_is_not_kept(at) -> None:
    draft = begun(at)
    assert at.patient_rep.post(f"{draft}comment/", {"text": " "}).status_code == 422
    assert not PathwayComment.objects.exists()


def test_another_service_finds_nothing(at) -> None:
    draft = begun(at)
    stranger = browser("consultant", a_service("Renal"), username="consultant.two")
    for where in (at.where, draft, f"{draft}scores/severe/", f"{draft}steps/liaison_psychiatry/"):
        answer = stranger.get(where)
        assert answer.status_code == 404 and "Low mood" not in answer.content.decode()


def test_someone_who_leads_elsewhere_cannot_change_what_they_may_only_read_here(at) -> None:
    draft = begun(at)
    lead = browser("consultant", a_service("Renal"), username="consultant.two")
    give_role(
        staff=Staff.objects.get(username="consultant.two"), service=at.service, role="nurse",
        from_on=TODAY, by="test", at=NOON,
    )  # fmt: skip
    assert lead.get(draft).status_code == 200
    assert lead.post(f"{draft}scores/severe/", {"revision": 1}).status_code == 404


def test_signed_out_every_page_leads_to_signing_in(at) -> None:
    for where in ("/pathways/", at.where, begun(at)):
        assert Client().get(where)["Location"].startswith("/sign-in/login/")


# Changing


def test_a_threshold_is_set_in_a_form_and_the_difference_is_said_in_words(at) -> None:
    draft = begun(at)
    assert "Low mood runs from 0 to 27." in text_of(at.lead.get(f"{draft}scores/severe/"))
    saved = at.lead.post(
        f"{draft}scores/severe/", {"revision": 1, "from-1": "15", "because-1": "low mood is 15"},
        follow=True,
    )  # fmt: skip
    page = text_of(saved)
    assert "from 15 instead of from 20" in page and "20 to 27 15 to 27" in page
    level = pathway_in(row_of(draft)).level("severe")
    assert {one.score_from for one in level.triggers} == {15}  # PHQ-9 and PHQ-8 together


@pytest.mark.parametrize("typed", ["", "28", "-1", "high", "1e99"])
def test_a_threshold_outside_the_scale_is_refused_with_what_was_typed(at, typed) -> None:
    draft = begun(at)
    said = at.lead.post(
        f"{draft}scores/severe/", {"revision": 1, "from-1": typed, "because-1": "of our own"}
    )
    assert said.status_code == 422 and "write a score from 0 to 27" in text_of(said)
    assert 'value="of our own"' in said.content.decode() and row_of(draft).revision == 1


def test_a_threshold_that_leaves_another_level_unreached_says_so_or_takes_it_out(at) -> None:
    draft = begun(at)
    said = at.lead.post(
        f"{draft}scores/severe/",
        {"revision": 1, "from-1": "0", "because-1": "low mood is 0 or more"},
    )
    assert said.status_code == 409 and "It was not saved" in text_of(said)
    assert row_of(draft).revision == 1


def test_a_step_is_changed_in_a_form(at) -> None:
    draft = begun(at)
    saved = at.lead.post(f"{draft}steps/liaison_psychiatry/", step_typed())
    assert saved.status_code == 302
    step = pathway_in(row_of(draft)).step("liaison_psychiatry")
    assert (step.responsible, step.within) == ("registrar", "2 days")
    assert "registrar" in text_of(at.lead.get(draft))


def test_a_referral_without_an_option_is_refused_and_kept_on_the_page(at) -> None:
    draft = begun(at)
    said = at.lead.post(f"{draft}steps/liaison_psychiatry/", step_typed(options=[]))
    assert said.status_code == 409 and "Choose what is offered" in text_of(said)
    assert 'value="registrar"' in said.content.decode()


def test_a_grade_of_risk_is_refused(at) -> None:
    draft = begun(at)
    said = at.lead.post(f"{draft}steps/liaison_psychiatry/", step_typed(text=": high risk"))
    assert said.status_code == 409 and "never grade that risk" in text_of(said)


def test_a_step_is_added_and_another_taken_out(at) -> None:
    draft = begun(at)
    added = at.lead.post(
        f"{draft}add/mild/", step_typed(options=["talking_therapies"], verb_first="Talk of it")
    )
    assert added.status_code == 302
    gone = at.lead.post(f"{draft}steps/self_help_guide/", {"revision": 2, "do": "remove"})
    assert gone.status_code == 302
    pathway = pathway_in(row_of(draft))
    assert pathway.step("self_help_guide") is None
    assert pathway.level("mild").steps[-1].options == ("talking_therapies",)
    page = text_of(at.lead.get(draft))
    assert "Talk of it" in page or "Talking Therapies" in page
    assert "Self-help guide removed" in page


def test_one_draft_of_a_pathway_at_a_time(at) -> None:
    first = begun(at)
    again = at.second.post(f"{at.where}change/")
    assert again["Location"] == first and PathwayDraft.objects.count() == 1


def test_a_save_on_a_stale_revision_says_what_the_other_changed_and_keeps_what_was_typed(
    at,
) -> None:
    draft = begun(at)
    liaison_from_15(at, draft)
    said = at.second.post(f"{draft}steps/self_help_guide/", step_typed(
        options=["self_help_guide"], verb_first="Self-help guide", text=" on paper.",
        within="this visit"))  # fmt: skip
    page = text_of(said)
    assert said.status_code == 409 and "saved this draft while you were changing it" in page
    assert "from 15 instead of from 20" in page
    shown = said.content.decode()
    assert 'value=" on paper."' in shown and 'name="revision" value="2"' in shown
    assert row_of(draft).revision == 2
    again = at.second.post(f"{draft}steps/self_help_guide/", step_typed(
        revision=2, options=["self_help_guide"], text=" on paper."))  # fmt: skip
    assert again.status_code == 302 and row_of(draft).revision == 3


def test_what_another_took_out_meanwhile_is_said_to_be_gone(at) -> None:
    draft = begun(at)
    at.lead.post(f"{draft}steps/self_help_guide/", {"revision": 1, "do": "remove"})
    said = at.second.post(f"{draft}steps/self_help_guide/", step_typed(), follow=True)
    assert "It was not saved. This is not in the draft any more." in text_of(said)


def test_what_waits_for_signatures_is_not_changed(at) -> None:
    draft = handed_in(at)
    said = liaison_from_15(at, draft, revision=2)
    assert said.status_code == 409 and "waits for signatures" in text_of(said)


def test_nothing_changed_cannot_be_handed_in(at) -> None:
    draft = begun(at)
    said = at.lead.post(f"{draft}hand-in/", {"revision": 1, "reason": "Because."})
    assert said.status_code == 409 and "Nothing is changed yet" in text_of(said)


def test_without_a_reason_nothing_is_handed_in(at) -> None:
    draft = begun(at)
    liaison_from_15(at, draft)
    said = at.lead.post(f"{draft}hand-in/", {"revision": 2, "reason": ""})
    assert said.status_code == 422 and row_of(draft).made_id is None


def test_a_draft_that_was_thrown_away_is_found_no_more(at) -> None:
    draft = begun(at)
    assert at.lead.post(f"{draft}throw-away/").status_code == 302
    assert at.lead.get(draft).status_code == 404


# Item 9


def test_item_9_has_no_edit_and_stands_on_every_pathway(at) -> None:
    page = text_of(at.lead.get(begun(at)))
    assert "Item 9" in page and "cannot be weakened" in page
    said = at.lead.post(f"/pathways/{at.service.pk}/{SELF_HARM}/change/")
    assert said.status_code == 409 and "cannot be weakened" in text_of(said)
    assert not PathwayDraft.objects.filter(key=SELF_HARM).exists()


@pytest.mark.parametrize("what", ["words", "removed", "later"])
def test_item_9_weakened_by_a_crafted_post_is_refused(at, what) -> None:
    live = live_of(at.service.pk, SELF_HARM, on=TODAY)
    row = pathway_drafting.start(service=at.service, content=live, by="lead.one", at=NOON)
    where = f"/pathways/drafts/{row.pk}/steps/talk_before_they_leave/"
    typed = {
        "words": step_typed(options=[], verb_first="Think of talking", within="same visit"),
        "later": step_typed(options=[], within="2 weeks"),
        "removed": {"revision": 1, "do": "remove"},
    }[what]
    said = at.lead.post(where, typed)
    assert said.status_code == 409, text_of(said)
    row.refresh_from_db()
    assert row.revision == 1 and row.text == live.body


# The run


def given_a_year(at: Desks) -> None:
    """Two people at 17 and one at 0, last week."""
    for name, given in (("Ada", AT_17), ("Bea", AT_17), ("Cleo", {})):
        a_sent_sitting(at.service, a_patient(name, "Example"), at=NOON.replace(day=10), **given)


def test_the_run_on_the_page_is_what_the_rules_say(at) -> None:
    given_a_year(at)
    draft = begun(at)
    liaison_from_15(at, draft)
    row = row_of(draft)
    found = comparison_of(
        RunAsked(at.service.pk, pathway_of(row.based_on_id), pathway_in(row), on=TODAY)
    )
    line = next(one for one in found.lines if one.option == "liaison_psychiatry")
    assert (line.live, line.draft, line.change) == (0, 2, "+2")
    page = text_of(at.lead.get(draft))
    assert found.heading in page and "of 3 people" in found.heading
    assert f"{line.name} {line.live} {line.draft} {line.change}" in page
    assert "Item 9 conversations 0 0 same" in page
    assert found.too_few and found.too_few in page


def test_opening_the_page_again_does_not_run_it_again(at) -> None:
    given_a_year(at)
    draft = begun(at)
    liaison_from_15(at, draft)
    at.lead.get(draft)  # what was saved is said once
    assert PathwayRun.objects.count() == 1
    first = text_of(at.lead.get(draft))
    assert text_of(at.lead.get(draft)) == first and PathwayRun.objects.count() == 1
    at.lead.post(
        f"{at.where}capacity/liaison_psychiatry/",
        {"limit": "limit", "a_week": "4", "stated_by": "Team leader"},
    )
    assert "4.0" in text_of(at.lead.get(draft)) and PathwayRun.objects.count() == 2


def test_who_came_and_was_never_asked_is_said(at) -> None:
    given_a_year(at)
    missed = an_appointment(at.service, a_patient("Dot", "Example"), at=NOON.replace(day=11))
    clinics.check_in(appointment=missed, by="test", at=NOON.replace(day=11))
    draft = begun(at)
    liaison_from_15(at, draft)
    assert "1 person who attended was never asked" in text_of(at.lead.get(draft))


# Capacity


def test_a_partner_or_the_lead_says_what_an_option_can_take(at) -> None:
    where = f"{at.where}capacity/liaison_psychiatry/"
    typed = {"limit": "limit", "a_week": "3.5", "stated_by": "Dr Example, team leader"}
    assert at.liaison.post(where, typed).status_code == 302
    assert at.lead.post(where, typed | {"a_week": "4"}).status_code == 302
    assert capacities_of(at.service.pk)["liaison_psychiatry"].a_week == 4
    assert "4.0 a week, stated by Dr Example, team leader" in text_of(at.lead.get(at.where))
    assert at.psychologist.post(where, typed).status_code == 403
    no_limit = {"limit": "no_limit", "stated_by": "Dr Example"}
    assert at.liaison.post(where, no_limit).status_code == 302
    assert capacities_of(at.service.pk)["liaison_psychiatry"].a_week is None


@pytest.mark.parametrize(
    "typed", [{"limit": "limit", "a_week": ""}, {"limit": "limit", "a_week": "-1"},
              {"limit": "limit", "a_week": "many"}, {"a_week": "4"}, {"limit": "no_limit",
              "stated_by": ""}]
)  # fmt: skip
def test_a_capacity_that_says_nothing_is_refused(at, typed) -> None:
    said = at.liaison.post(
        f"{at.where}capacity/liaison_psychiatry/", {"stated_by": "Dr Example"} | typed
    )
    assert said.status_code == 422 and not capacities_of(at.service.pk)


# What was answered before


def test_old_entries_keep_the_old_version_and_new_ones_have_the_new(at) -> None:
    before = a_sent_sitting(
        at.service, a_patient("Ada", "Example"), at=NOON.replace(day=10), **AT_17
    )
    sign(at.second, signed_by_all_but_the_second(at), live_from=TODAY_TYPED)
    after = a_sent_sitting(at.service, a_patient("Bea", "Example"), **AT_17)
    shipped = ContentVersion.objects.get(key=KEY, is_shipped=True)
    made = ContentVersion.objects.get(key=KEY, is_shipped=False)
    old, new = (PathwayEntry.objects.get(about=one.pk) for one in (before, after))
    assert f"{KEY} {shipped.version}" in old.pathways and f"{KEY} {made.version}" in new.pathways
    assert "liaison_psychiatry" not in {step["step_id"] for step in old.steps}
    assert "liaison_psychiatry" in {step["step_id"] for step in new.steps}


def test_words_of_a_reason_can_be_changed_alone(at) -> None:
    draft = begun(at)
    row = row_of(draft)
    pathway_drafting.change(
        row=row, revision=1, by="lead.one", at=NOON,
        step=lambda now: with_because(now, "severe", 1, "low mood is severe"),
    )  # fmt: skip
    assert "low mood is severe" in at.lead.get(f"{draft}scores/severe/").content.decode()
