"""A pathway in rows, what was typed about it, and which signatures a change needs (hazard H7)."""

from decimal import Decimal

import pytest

from imparts.rules.pathways.draft import NotPossible, without_step
from imparts.rules.pathways.edits import (
    Scores,
    StepTyped,
    changed_step,
    going_on,
    new_step,
    step_removed,
    with_scores,
)
from imparts.rules.pathways.in_rows import options_changed, rows_of
from imparts.rules.pathways.reader import read_pathway
from imparts.rules.pathways.signatures import options_without_partner, signatures_needed
from imparts.rules.pathways.writing import to_toml
from tests.rules.invented_pathways import MOOD, OPTIONS, PATHWAYS, SELF_HARM
from tests.rules.reference_instruments import every

FROM_15 = with_scores(MOOD, "severe", [Scores((1, 2), Decimal(15), "low mood is 20 or more")])


def reached(pathway, level: str) -> list[tuple[str, str]]:
    row = next(one for one in rows_of(pathway, every()) if one.code == level)
    return [(one.measure, one.words) for one in row.reached]


def typed(**changed) -> StepTyped:
    given = {
        "options": ("talking_therapies",), "verb_first": "Talking Therapies", "text": ": refer.",
        "responsible": "clinician of the visit", "within": "2 weeks", "source": "local choice",
    }  # fmt: skip
    return StepTyped(**(given | changed))


@pytest.mark.parametrize(
    ("level", "says"),
    [
        ("severe", [("Low mood", "20 to 27")]),
        ("moderately_severe", [("Low mood", "15 to 19"), ("Worry", "15 to 21")]),
        ("moderate", [("Low mood", "10 to 14"), ("Worry", "8 to 14")]),
        ("mild", [("Low mood", "5 to 9"), ("Worry", "5 to 7")]),
    ],
)
def test_a_row_says_the_scores_that_truly_reach_its_level(level, says) -> None:
    assert reached(MOOD, level) == says


def test_a_changed_threshold_moves_the_row_above_and_below() -> None:
    assert reached(FROM_15, "severe") == [("Low mood", "15 to 27")]
    assert reached(FROM_15, "moderately_severe") == [("Worry", "15 to 21")]


def test_two_instruments_of_one_measure_that_lead_elsewhere_are_named() -> None:
    names = {one.measure for row in rows_of(PATHWAYS["alcohol"], every()) for one in row.reached}
    assert {"Alcohol (AUDIT)", "Alcohol (AUDIT-C)"} <= names


def test_what_is_no_score_is_said_in_its_words_and_cannot_be_set() -> None:
    for row in rows_of(SELF_HARM, every()):
        assert all(one.threshold is None and one.words for one in row.reached)


def test_only_options_whose_step_or_scores_change_are_touched() -> None:
    assert set(options_changed(MOOD, FROM_15, every())) == {
        "liaison_psychiatry", "team_psychologist",
    }  # fmt: skip
    assert options_changed(MOOD, MOOD, every()) == ()


def test_the_picture_s_change_needs_lead_partners_safety_and_a_second_clinician() -> None:
    found = [one.part for one in signatures_needed(MOOD, FROM_15, every())]
    assert found[0] == "lead" and found[-2:] == ["safety", "second"]
    assert set(found[1:-2]) == {"partner:liaison", "partner:psychologist"}


def test_a_lower_threshold_that_takes_nothing_away_needs_no_safety_officer() -> None:
    draft = with_scores(MOOD, "mild", [Scores((1, 2), Decimal(4), "low mood is 4 to 9")])
    assert [one.part for one in signatures_needed(MOOD, draft, every())] == ["lead", "second"]


def test_a_raised_threshold_needs_the_safety_officer() -> None:
    draft = with_scores(MOOD, "severe", [Scores((1, 2), Decimal(22), "low mood is 22 or more")])
    assert "safety" in [one.part for one in signatures_needed(MOOD, draft, every())]


def test_an_option_that_nobody_signs_for_here_is_named() -> None:
    draft = without_step(MOOD, "self_help_guide")
    assert options_without_partner(MOOD, draft, every()) == ("self_help_guide",)


def test_the_words_of_a_reason_are_kept_as_typed_and_else_written_anew() -> None:
    assert FROM_15.levels[0].triggers[0].because == "low mood is 15 or more"
    own = with_scores(MOOD, "severe", [Scores((1, 2), Decimal(15), "low mood is marked")])
    assert {one.because for one in own.levels[0].triggers} == {"low mood is marked"}
    words = with_scores(MOOD, "severe", [Scores((1, 2), Decimal(20), "low mood is marked")])
    assert {one.because for one in words.levels[0].triggers} == {"low mood is marked"}
    assert {one.score_from for one in words.levels[0].triggers} == {20}


def test_a_changed_step_keeps_what_no_form_shows_and_can_be_read_back() -> None:
    draft = changed_step(MOOD, "liaison_psychiatry", typed(within="1 week"), OPTIONS)
    step = draft.step("liaison_psychiatry")
    assert (step.within, step.options, step.offer) == ("1 week", ("talking_therapies",),
                                                       "Talking Therapies")  # fmt: skip
    assert step.continued == MOOD.step("liaison_psychiatry").continued
    assert read_pathway(to_toml(draft)) == draft


def test_a_new_step_has_an_id_of_its_own_and_stands_last() -> None:
    draft = new_step(MOOD, "mild", typed(options=("self_help_guide",)), OPTIONS)
    made = draft.level("mild").steps[-1]
    assert made.id == "self_help_guide_2" and made.kind == "self_help"
    talk = new_step(MOOD, "mild", typed(options=(), verb_first="Ask about sleep!"), OPTIONS)
    assert talk.level("mild").steps[-1].id == "ask_about_sleep"
    assert read_pathway(to_toml(talk)) == talk


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: changed_step(MOOD, "nothing", typed(), OPTIONS),
        lambda: changed_step(MOOD, "liaison_psychiatry", typed(options=()), OPTIONS),
        lambda: new_step(MOOD, "nothing", typed(), OPTIONS),
        lambda: step_removed(MOOD, "nothing"),
        lambda: with_scores(MOOD, "nothing", []),
        lambda: with_scores(MOOD, "severe", [Scores((9,), Decimal(15), "x")]),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(wrong) -> None:
    with pytest.raises(NotPossible, match=r"\.$"):
        wrong()


@pytest.mark.parametrize(
    ("said", "kept"), [("refer today", " refer today"), (": refer", ": refer"), ("  ", ".")]
)
def test_words_go_on_after_the_verb(said, kept) -> None:
    assert going_on(said) == kept
