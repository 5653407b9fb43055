"""Changing a pathway in forms: what a save keeps, refuses and says; item 9 stays (hazard H7)."""

import pytest

from imparts.authoring.actions import pathway_drafting
from imparts.authoring.models import PathwayDraft
from imparts.authoring.queries.pathway_drafts import live_of, pathway_in
from imparts.rules.pathways.draft import with_because
from imparts.rules.pathways.self_harm import SELF_HARM
from tests.apps.workspace.pathway_staff import (
    begun,
    handed_in,
    liaison_from_15,
    row_of,
    text_of,
)
from tests.builders import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


def step_typed(**changed: object) -> dict[str, object]:
    return {
        "revision": 1, "do": "save", "options": ["liaison_psychiatry"],
        "verb_first": "Liaison psychiatry", "text": ": refer; letter to the GP.",
        "responsible": "registrar", "within": "2 days", "source": "local choice",
    } | changed  # fmt: skip


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


def test_words_of_a_reason_can_be_changed_alone(at) -> None:
    draft = begun(at)
    row = row_of(draft)
    pathway_drafting.change(
        row=row, revision=1, by="lead.one", at=NOON,
        step=lambda now: with_because(now, "severe", 1, "low mood is severe"),
    )  # fmt: skip
    assert "low mood is severe" in at.lead.get(f"{draft}scores/severe/").content.decode()
