"""Changing a pathway step by step, the changes in words, and whose signature they need (H7)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.pathways.checks import problems_of
from imparts.rules.pathways.definition import KINDS, Level, OnlyWhen, Pathway, Repeated, Step
from imparts.rules.pathways.definition import Trigger as Leads
from imparts.rules.pathways.differences import (
    NO_WORDS,
    NOTHING_ELSE,
    differences,
    needs_safety_officer,
)
from imparts.rules.pathways.draft import (
    Made,
    NotPossible,
    as_version,
    with_because,
    with_step,
    with_threshold,
    without_step,
)
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.reasons import with_reasons_that_fit
from imparts.rules.pathways.self_harm import weakens_item9
from imparts.rules.pathways.writing import to_toml
from tests.rules.invented_pathways import (
    DAY,
    MOOD,
    OPTIONS,
    PATHWAYS,
    SELF_HARM,
    changed,
    threshold,
)
from tests.rules.reference_instruments import every


def both(level: str, value: int, pathway: Pathway = MOOD) -> Pathway:
    """Low mood of both instruments from another score."""
    return with_threshold(
        with_threshold(pathway, level, 1, threshold(value)), level, 2, threshold(value)
    )


def test_liaison_from_15_is_said_as_on_the_page() -> None:
    draft = both("severe", 15)
    assert differences(MOOD, draft) == (
        "Assess mood today (same visit) and Liaison psychiatry (today) from 15 instead of from 20 "
        "on low mood.",
        "The steps “Assess mood today” and “Psychologist or liaison psychiatry” for 15 to 19 on "
        "low mood end. Worry from 15 still leads to them.",
        "Nothing else changes. Item 9 rule: the same, word for word.",
    )
    assert needs_safety_officer(MOOD, draft) == "a step is removed: “Assess mood today”"


def test_two_questionnaires_of_one_measure_are_named_apart_where_they_differ() -> None:
    draft = with_threshold(MOOD, "severe", 1, threshold(15))
    assert differences(MOOD, draft)[0] == (
        "Assess mood today (same visit) and Liaison psychiatry (today) from 15 instead of from 20 "
        "on low mood (phq9)."
    )


def test_a_lower_threshold_above_takes_what_it_reaches_and_reasons_say_what_is_so() -> None:
    draft = both("severe", 15)
    assert [one.instrument for one in draft.levels[1].triggers] == ["gad7"]
    assert draft.levels[0].triggers[0].because == "low mood is 15 or more"
    assert list(problems_of(draft, every(), OPTIONS)) == []


def test_a_raised_threshold_gives_its_scores_to_the_level_below_and_asks_for_safety() -> None:
    draft = both("severe", 22)
    assert draft.levels[1].triggers[0].because == "low mood is 15 to 21"
    assert needs_safety_officer(MOOD, draft) == "a threshold is raised: “Assess mood today”"
    assert differences(MOOD, draft)[1].startswith(
        "Assess mood today (same visit) and Psychologist or liaison psychiatry (2 weeks) 15 to 21 "
        "instead of 15 to 19 on low mood."
    )


def test_a_lower_threshold_alone_needs_no_safety_officer() -> None:
    draft = both("mild", 4)
    assert needs_safety_officer(MOOD, draft) is None
    assert differences(MOOD, draft)[0] == (
        "Ask how the patient is and Self-help guide 4 to 9 instead of 5 to 9 on low mood, "
        "same visit."
    )


def test_a_threshold_that_a_level_above_takes_whole_is_not_possible() -> None:
    with pytest.raises(NotPossible, match=r"16 can never be followed here: .* moderately_severe"):
        with_threshold(MOOD, "moderate", 1, threshold(16))


def test_a_level_that_has_nothing_left_to_lead_there_goes_with_its_steps() -> None:
    draft = with_threshold(both("moderate", 5), "moderate", 3, threshold(5))
    assert draft.level("mild") is None
    assert needs_safety_officer(MOOD, draft) is not None


def test_a_level_that_is_taken_out_gives_its_scores_to_the_one_below() -> None:
    without = replace(MOOD, levels=MOOD.levels[1:])
    draft = with_reasons_that_fit(MOOD, without)
    assert draft.levels[0].triggers[0].because == "low mood is 15 or more"
    assert needs_safety_officer(MOOD, draft) is not None


def test_a_step_taken_out_is_said_and_needs_the_safety_officer() -> None:
    draft = without_step(MOOD, "self_help_guide")
    assert differences(MOOD, draft) == (
        "The step “Self-help guide” for 5 to 9 on low mood and for 5 to 7 on worry ends.",
        NOTHING_ELSE,
    )
    assert needs_safety_officer(MOOD, draft) == "a step is removed: “Self-help guide”"


def test_a_new_step_and_other_words_are_said() -> None:
    old = MOOD.step("liaison_psychiatry")
    assert old is not None
    draft = with_step(MOOD, "severe", replace(old, within="3 days", options=("gp",)))
    draft = with_step(draft, "mild", replace(old, id="letter", verb_first="Write to the GP"))
    assert differences(MOOD, draft) == (
        "New: Write to the GP for 5 to 9 on low mood and for 5 to 7 on worry, today.",
        "“Liaison psychiatry”, where to: “gp” instead of “liaison psychiatry”.",
        "“Liaison psychiatry”, within: “3 days” instead of “today”.",
        NOTHING_ELSE,
    )
    assert needs_safety_officer(MOOD, draft) is None


def test_a_level_for_fewer_people_is_said_and_needs_the_safety_officer() -> None:
    draft = changed(MOOD, "severe", only_when=OnlyWhen(age_from=65))
    said = differences(MOOD, draft)
    assert "The level severe is for people of 65 years or more; it was for everybody." in said
    assert needs_safety_officer(MOOD, draft) is not None


def test_a_conversation_that_need_not_be_answered_needs_the_safety_officer() -> None:
    old = MOOD.step("assess_mood_today_20")
    assert old is not None
    quieter = with_step(MOOD, "severe", replace(old, answer_before_end=False))
    assert "before the end" in (needs_safety_officer(MOOD, quieter) or "")
    advice = with_step(MOOD, "severe", replace(old, kind="advise", answer_before_end=False))
    assert "a conversation is no longer asked for" in (needs_safety_officer(MOOD, advice) or "")


def test_a_pathway_does_not_differ_from_itself_nor_by_its_version() -> None:
    made = Made("8", "clinical lead", DAY, DAY.replace(year=2027))
    for pathway in PATHWAYS.values():
        assert differences(pathway, as_version(pathway, made)) == ()
        assert needs_safety_officer(pathway, pathway) is None


def test_a_change_without_words_is_not_kept_quiet() -> None:
    levels = (replace(MOOD.levels[0], code="grave"), *MOOD.levels[1:])
    assert differences(MOOD, replace(MOOD, levels=levels)) == (NO_WORDS, NOTHING_ELSE)


def test_other_words_of_a_reason_are_said() -> None:
    draft = with_because(MOOD, "moderately_severe", 3, "worry is high")
    assert (
        differences(MOOD, draft)[0].endswith("reads “worry is high”.")
        or "worry" in (differences(MOOD, draft)[0])
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda one: without_step(one, "ask_in_person_item9"),
        lambda one: with_because(one, "item9_positive", 1, "something else"),
        lambda one: with_step(
            one, "item9_positive", replace(one.levels[0].steps[0], within="2 weeks")
        ),
    ],
)
def test_nothing_is_taken_from_what_follows_from_item_9(change) -> None:
    with pytest.raises(NotPossible, match=r"item 9|Item 9"):
        change(SELF_HARM)


ABOVE_ALL = Level("first", (Leads("phq9", "x", score_from=threshold(1)),), ())


@pytest.mark.parametrize(
    "draft",
    [
        replace(SELF_HARM, levels=SELF_HARM.levels[1:]),
        changed(SELF_HARM, "item9_positive", triggers=SELF_HARM.levels[0].triggers[1:]),
        changed(SELF_HARM, "item9_positive", only_when=OnlyWhen(age_from=18)),
        replace(SELF_HARM, levels=(ABOVE_ALL, *SELF_HARM.levels)),
    ],
)
def test_a_draft_that_takes_from_what_follows_from_item_9_is_refused(draft: Pathway) -> None:
    said = weakens_item9(SELF_HARM, draft) or ""
    assert "item 9" in said


def test_more_may_be_done_after_item_9() -> None:
    more = replace(SELF_HARM.levels[0].steps[0], id="second_talk", order=11)
    draft = with_step(SELF_HARM, "item9_positive", more)
    assert weakens_item9(SELF_HARM, draft) is None
    assert differences(SELF_HARM, draft)[-1] == (
        "Nothing else changes. Nothing is taken from the item 9 rule."
    )


def test_another_pathway_in_its_place_weakens_item_9() -> None:
    assert weakens_item9(SELF_HARM, MOOD) == (
        "The level item9_positive is gone. What follows from item 9 cannot be weakened."
    )


@pytest.mark.parametrize("name", PATHWAYS)
def test_a_written_pathway_is_read_back_to_the_same(name: str) -> None:
    assert read_pathway(to_toml(PATHWAYS[name])) == PATHWAYS[name]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(
    lambda one: one.strip()
)


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    """Pathways of every shape that a file can have."""
    kind = draw(st.sampled_from(KINDS))
    step = Step(
        "a", draw(st.integers(1, 99)), draw(WORDS), f" {draw(WORDS)}", draw(WORDS), draw(WORDS),
        draw(WORDS), draw(WORDS), kind=kind, options=("gp",),
        answer_before_end=draw(st.booleans()), opt_out=kind == "refer" and draw(st.booleans()),
        asks=("audit",) if kind == "repeat" else (),
    )  # fmt: skip
    numbers = st.decimals(0, 27, places=1)
    leads = draw(
        st.sampled_from([
            Leads("phq9", draw(WORDS), score_from=draw(numbers)),
            Leads("facit_f", draw(WORDS), score_up_to=draw(numbers)),
            Leads("phq9", draw(WORDS), flag="x", repeated=Repeated(2, draw(st.integers(1, 400)))),
            Leads("phq9", draw(WORDS), change="better"),
        ])
    )  # fmt: skip
    age = draw(st.none() | st.integers(0, 130))
    condition = OnlyWhen(age_from=age, pregnant=draw(st.booleans()), after_step="a")
    level = Level("one", (leads,), (step,), draw(st.sampled_from([None, condition])))
    return replace(MOOD, levels=(level,))


@settings(max_examples=80, deadline=None)
@given(pathways())
def test_any_pathway_is_read_back_to_the_same(pathway: Pathway) -> None:
    assert read_pathway(to_toml(pathway)) == pathway


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["severe", "moderately_severe", "moderate", "mild"]),
    st.integers(1, 2),
    st.integers(1, 24),
)
def test_any_threshold_gives_a_pathway_that_can_be_followed_and_is_said(
    level: str, trigger: int, value: int
) -> None:
    try:
        draft = with_threshold(MOOD, level, trigger, threshold(value))
    except NotPossible:
        return
    assert list(problems_of(draft, every(), OPTIONS)) == []
    assert bool(differences(MOOD, draft)) == (draft != MOOD)
    assert NO_WORDS not in differences(MOOD, draft)
