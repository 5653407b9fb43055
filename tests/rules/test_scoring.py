"""What a score is, what it is not, and what follows from a form with gaps (hazards H1, H4)."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.instruments.answers import AnswerRefused
from imparts.rules.instruments.definition import Instrument, SkipRule
from imparts.rules.scoring.score import score
from imparts.rules.scoring.words import answered_in_words, score_in_words
from tests.rules.answers import Answers, answered, completions
from tests.rules.reference_instruments import every, shipped


def answers_to(
    instrument: Instrument, most_missing: int
) -> st.SearchStrategy[dict[str, int | None]]:
    """Any answers to the scored items, with at most so many missing."""
    items = instrument.scored_items
    values = st.tuples(*[st.sampled_from([o.value for o in item.options]) for item in items])
    gaps = st.sets(st.sampled_from([item.id for item in items]), max_size=most_missing)
    return st.tuples(values, gaps).map(
        lambda both: {
            item.id: None if item.id in both[1] else value
            for item, value in zip(items, both[0], strict=True)
        }
    )


def audit_sum(whole: Mapping[str, int]) -> int:
    """AUDIT and AUDIT-C by hand: Never skips what follows on drinking, and so does 2 and 3 at 0."""
    skipped: set[str] = set()
    if whole["q1"] == 0:
        skipped = {f"q{n}" for n in range(2, 9)}
    elif whole["q2"] + whole["q3"] == 0:
        skipped = {f"q{n}" for n in range(4, 9)}
    return sum(value for name, value in whole.items() if name not in skipped)


def bounds(instrument: Instrument, answers: Answers) -> tuple[Decimal | None, Decimal | None]:
    found = score(instrument, answers)
    return found.lower, found.upper


@settings(max_examples=40, deadline=None)
@given(answers_to(shipped()["phq9"], most_missing=4))
def test_phq9_bounds_are_the_least_and_greatest_of_all_completions(answers: Answers) -> None:
    sums = [sum(whole.values()) for whole in completions(shipped()["phq9"], answers)]
    assert bounds(shipped()["phq9"], answers) == (min(sums), max(sums))


@settings(max_examples=60, deadline=None)
@given(answers_to(shipped()["auditc"], most_missing=3))
def test_auditc_bounds_try_never_for_the_first_question_too(answers: Answers) -> None:
    sums = [audit_sum(whole) for whole in completions(shipped()["auditc"], answers)]
    assert bounds(shipped()["auditc"], answers) == (min(sums), max(sums))


@settings(max_examples=40, deadline=None)
@given(answers_to(every()["audit"], most_missing=4))
def test_audit_bounds_follow_both_skip_rules(answers: Answers) -> None:
    sums = [audit_sum(whole) for whole in completions(every()["audit"], answers)]
    assert bounds(every()["audit"], answers) == (min(sums), max(sums))


@settings(max_examples=40, deadline=None)
@given(answers_to(every()["core10"], most_missing=3))
def test_reversed_items_are_bounded_from_the_other_end(answers: Answers) -> None:
    sums = [
        sum(4 - v if name in ("q2", "q3") else v for name, v in whole.items())
        for whole in completions(every()["core10"], answers)
    ]
    assert bounds(every()["core10"], answers) == (min(sums), max(sums))


@settings(max_examples=100, deadline=None)
@given(answers_to(shipped()["phq9"], most_missing=9))
def test_the_bounds_hold_the_score_and_a_complete_form_has_only_one(answers: Answers) -> None:
    found = score(shipped()["phq9"], answers)
    assert found.lower is not None and found.upper is not None
    if found.score is not None:
        assert found.lower <= found.score <= found.upper
    assert (found.lower == found.upper) == found.is_complete
    assert found.answered + len(found.missing) == found.asked == 9


@settings(max_examples=60, deadline=None)
@given(answers_to(shipped()["phq9"], most_missing=3), st.integers(0, 8))
def test_a_worse_answer_never_lowers_a_score(answers: Answers, place: int) -> None:
    name = f"q{place + 1}"
    value = answers[name]
    if value is None or value == 3:
        return
    before = score(shipped()["phq9"], answers)
    after = score(shipped()["phq9"], {**answers, name: value + 1})
    assert (after.score or 0) >= (before.score or 0)
    assert (after.lower or 0) > (before.lower or 0)


def test_a_missing_answer_is_not_zero() -> None:
    assert score(shipped()["gad7"], answered(2, 2, 2, 2, 2, 2, None)).score == 14
    assert score(shipped()["gad7"], answered(2, 2, 2, 2, 2, 2, 0)).score == 12


def test_halves_go_up() -> None:
    assert score(shipped()["gad7"], answered(0, 1, 0, 1, 0, None, 1)).score == 4  # 3.5
    assert score(shipped()["phq9"], answered(1, 1, 1, 1, 0, 0, 0, 0)).score == 5  # 4.5


def test_an_item_left_out_is_the_same_as_null() -> None:
    whole = answered(1, 1, 1, 1, 1, 1, 1, None, None)
    short = {name: value for name, value in whole.items() if value is not None}
    assert score(shipped()["phq9"], whole) == score(shipped()["phq9"], short)


def test_item_9_is_never_estimated() -> None:
    found = score(shipped()["phq9"], answered(3, 3, 3, 3, 3, 3, 3, 3, None))
    assert found.is_estimate
    assert "phq9_item9_not_answered" in found.flags
    assert "phq9_item9_positive" not in found.flags


def test_a_total_of_one_can_be_an_emergency() -> None:
    found = score(shipped()["phq9"], answered(0, 0, 0, 0, 0, 0, 0, 0, 1))
    assert found.score == 1
    assert found.flags == ("phq9_item9_positive",)


def test_algorithms_speak_only_of_complete_forms() -> None:
    complete = answered(2, 2, 2, 2, 2, 2, 2, 2, 1)
    assert "phq9_major_depressive_syndrome" in score(shipped()["phq9"], complete).flags
    with_gap = {**complete, "q8": None}
    assert "phq9_major_depressive_syndrome" not in score(shipped()["phq9"], with_gap).flags


def test_pcl5_needs_every_cluster() -> None:
    met = {f"q{number}": 2 if number in (1, 6, 8, 9, 15, 16) else 0 for number in range(1, 21)}
    assert score(every()["pcl5"], met).flags == ("pcl5_provisional_ptsd",)
    for number in (1, 6, 8, 9, 15, 16):
        assert score(every()["pcl5"], {**met, f"q{number}": 1}).flags == ()


def test_an_answer_that_does_not_count_decides_nothing_else() -> None:
    audit = every()["audit"]
    rules = (SkipRule("if_zero", ("q2",), ("q1",)), SkipRule("if_zero", ("q9",), ("q2",)))
    odd = replace(audit, scoring=replace(audit.scoring, skips=rules))
    values: dict[str, int | None] = {f"q{number}": 0 for number in range(1, 11)}
    assert score(odd, {**values, "q9": 4}).score == 4
    assert score(odd, {**values, "q1": 1, "q9": 4}).score == 1


def test_an_incomplete_form_is_positive_once_nothing_can_change_that() -> None:
    found = score(shipped()["phq9"], answered(3, 3, 3, 1))
    assert (found.status, found.score, found.lower) == ("incomplete", None, 10)
    assert "phq9_caseness" in found.flags
    assert "phq9_caseness" not in score(shipped()["phq9"], answered(3, 3, 3)).flags


def test_phq8_is_not_phq9_with_a_gap() -> None:
    answers = answered(3, 3, 3, 3, 3, 3, 3, 3)
    eight, nine = score(shipped()["phq8"], answers), score(shipped()["phq9"], answers)
    assert (eight.status, eight.score, eight.out_of) == ("complete", 24, 24)
    assert (nine.status, nine.out_of) == ("prorated", 27)


def test_what_does_not_apply_lowers_the_maximum_and_is_not_missing() -> None:
    answers: dict[str, int | None] = {f"q{n}": 2 for n in range(1, 16)}
    found = score(every()["phq15"], {**answers, "q4": None}, {"periods_not_applicable": True})
    assert (found.status, found.score, found.out_of) == ("complete", 28, 28)
    contradicted = score(every()["phq15"], answers, {"periods_not_applicable": True})
    assert contradicted.score == 28
    assert score(every()["phq15"], answers).out_of == 30


def test_work_that_does_not_apply_is_scored_of_32() -> None:
    answers: dict[str, int | None] = {"q2": 4, "q3": 4, "q4": 4, "q5": None}
    found = score(every()["wsas"], answers, {"retired_or_no_job_by_choice": True})
    assert (found.status, found.score, found.out_of) == ("prorated", 16, 32)


def test_help_asked_for_after_no_smoking_is_a_contradiction() -> None:
    assert score(shipped()["smoking_core"], {"q1": 0, "q2": 2}).flags == ()
    assert score(shipped()["smoking_core"], {"q1": 3, "q2": 2}).flags == (
        "current_smoker",
        "wants_quit_help",
    )


def test_a_category_has_no_bounds() -> None:
    found = score(shipped()["smoking_core"], {"q1": 3})
    assert (found.band, found.band_label, found.lower, found.upper) == (
        "daily",
        "every day",
        None,
        None,
    )


def test_subscales_stand_beside_the_total() -> None:
    found = score(every()["phq4"], {"q1": 3, "q2": None, "q3": 1, "q4": 1})
    assert found.as_json()["subscales"] == {
        "anxiety": {"score": None, "band": None, "lower": 3, "upper": 6},
        "depression": {"score": 2, "band": None, "lower": 2, "upper": 2},
    }


def test_an_estimate_says_what_it_could_be_and_acts_on_the_worst() -> None:
    found = score(shipped()["phq9"], answered(1, 1, 1, 1, 1, 1, 1))
    assert score_in_words(found) == "estimated 9, could be 7 to 13"
    assert answered_in_words(found) == "7 of 9 answered"
    assert found.straddles
    assert (found.band, found.band_to_act_on) == ("mild", "moderate")
    assert found.to_act_on == 13


def test_where_higher_is_better_the_worst_of_an_estimate_is_the_lowest() -> None:
    facit = every()["facit_f"]
    answers = {item.id: 1 if item.reverse else 2 for item in facit.items[:10]}
    found = score(facit, answers)
    assert score_in_words(found) == "estimated 36, could be 28 to 40"
    assert (found.band, found.band_to_act_on) == ("ok", "severe_fatigue")
    assert found.to_act_on == 28


def test_an_estimate_across_a_cut_inside_one_band_straddles_too() -> None:
    found = score(shipped()["gad7"], answered(1, 1, 1, 1, 1, 1, None))
    assert (found.lower, found.upper) == (6, 9)
    assert found.straddles  # 8 is the cut of NHS Talking Therapies, inside the band from 5 to 9


def test_an_estimate_that_could_just_reach_a_cut_straddles() -> None:
    found = score(shipped()["gad7"], answered(1, 1, 1, 1, 1, 0, None))
    assert (found.lower, found.upper) == (5, 8)
    assert found.straddles


def test_an_estimate_inside_one_band_does_not_straddle() -> None:
    found = score(shipped()["phq9"], answered(0, 0, 0, 0, 0, 0, 0, 0))
    assert found.is_estimate
    assert not found.straddles


def test_words_for_a_form_without_a_score() -> None:
    assert score_in_words(score(shipped()["phq9"], answered(1))) == "no score, 8 of 9 not answered"
    assert score_in_words(score(shipped()["peg"], answered(3, 3, 4))) == "3.3"
    assert score_in_words(score(shipped()["smoking_core"], {"q1": 2})) == "not every day"


@pytest.mark.parametrize(
    ("name", "item", "value", "sentence"),
    [
        ("phq9", "q3", 7, "q3 is 7; phq9 answers run from 0 to 3"),
        ("phq9", "q3", -1, "q3 is -1; phq9 answers run from 0 to 3"),
        ("phq9", "q3", True, "q3 is true; phq9 answers are whole numbers"),
        ("phq9", "q3", "2", 'q3 is "2"; phq9 answers are whole numbers'),
        ("phq9", "q3", 1.5, "q3 is 1.5; phq9 answers are whole numbers"),
        ("smoking_core", "q2", 3, "q2 is 3; smoking_core q2 answers run from 0 to 2"),
        ("audit", "q9", 1, "q9 is 1; audit q9 answers are 0, 2 or 4"),
        ("hsi", "q9", 1, "q9 is not an item of hsi; its items are q1, q2"),
    ],
)
def test_an_answer_that_does_not_exist_is_refused(
    name: str, item: str, value: int, sentence: str
) -> None:
    instrument = every()[name]
    with pytest.raises(AnswerRefused) as refused:
        score(instrument, {item: value})
    assert str(refused.value) == sentence
