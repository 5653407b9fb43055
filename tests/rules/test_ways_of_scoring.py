"""Every way of scoring, with invented instruments where the real detail needs a licence (H4)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.score import score
from imparts.rules.scoring.words import score_in_words
from tests.rules.answers import answered, completions
from tests.rules.invented_instruments import (
    BEST_OF,
    BY_PART,
    DECIDED,
    MISSING,
    TABLE,
    TIMES,
    an_instrument,
)


def answers_to(instrument: Instrument) -> st.SearchStrategy[dict[str, int | None]]:
    return st.fixed_dictionaries(
        {
            item.id: st.none() | st.sampled_from([option.value for option in item.options])
            for item in instrument.items
        }
    )


@pytest.mark.parametrize("instrument", [BEST_OF, TABLE, TIMES], ids=["best of", "table", "times"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_bounds_are_the_least_and_greatest_of_all_completions(
    instrument: Instrument, data: st.DataObject
) -> None:
    answers = data.draw(answers_to(instrument))
    found = score(instrument, answers)
    wholes = [score(instrument, whole) for whole in completions(instrument, answers)]
    results = [whole.score for whole in wholes if whole.score is not None]
    assert len(results) == len(wholes)
    assert (found.lower, found.upper) == (min(results), max(results))


@settings(max_examples=60, deadline=None)
@given(answers=answers_to(BY_PART))
def test_a_falling_table_turns_the_bounds_round_too(answers: dict[str, int | None]) -> None:
    found = score(BY_PART, answers).subscales[0]
    wholes = [score(BY_PART, whole).subscales[0] for whole in completions(BY_PART, answers)]
    results = [whole.score for whole in wholes if whole.score is not None]
    assert (found.lower, found.upper) == (min(results), max(results))


def test_the_best_of_each_category_counts() -> None:
    found = score(BEST_OF, {**answered(1, 3, 0, 1), "aid": 0})
    assert (found.status, found.score) == ("complete", Decimal("1.333"))


@pytest.mark.parametrize(("worst", "result"), [(0, "0.667"), (1, "0.667"), (2, "0.667"), (3, "1")])
def test_an_aid_raises_a_category_to_2_and_never_lowers_it(worst: int, result: str) -> None:
    found = score(BEST_OF, {**answered(worst, 0, 0, 0), "aid": 1})
    assert found.score == Decimal(result)


def test_a_score_needs_enough_categories() -> None:
    two = score(BEST_OF, {**answered(3, None, 3, None), "aid": 0})
    assert (two.status, two.score) == ("prorated", 3)
    one = score(BEST_OF, {**answered(3, 3, None, None), "aid": 0})
    assert (one.status, one.score, one.upper) == ("incomplete", None, 3)


def test_a_sum_is_looked_up_and_never_shown_raw() -> None:
    found = score(TABLE, answered(2, 2))
    assert (found.score, found.out_of) == (Decimal("17.25"), 30)
    assert found.as_json()["score"] == 17.25


def test_an_open_answer_spans_the_table() -> None:
    found = score(TABLE, answered(1, None))
    assert (found.status, found.lower, found.upper) == (
        "incomplete",
        Decimal("11.5"),
        Decimal("17.25"),
    )


def test_a_factor_counts_in_the_score_and_its_bounds() -> None:
    found = score(TIMES, answered(1, None))
    assert (found.lower, found.upper) == (Decimal("1.25"), 5)
    assert score(TIMES, answered(3, 3)).score == Decimal("7.50")


def test_the_first_row_that_holds_decides() -> None:
    assert score(DECIDED, answered(3, 0, 0)).band == "high"
    assert score(DECIDED, answered(1, 0, 2)).band == "middle"
    assert score(DECIDED, answered(1, 1, 1)).band == "low"
    assert score(DECIDED, answered(0, 3, 3)).band == "low"


@settings(max_examples=100, deadline=None)
@given(answers=answers_to(DECIDED))
def test_a_category_is_named_only_when_no_open_answer_could_change_it(
    answers: dict[str, int | None],
) -> None:
    found = score(DECIDED, answers).band
    could_be = {score(DECIDED, whole).band for whole in completions(DECIDED, answers)}
    assert found is None or could_be == {found}


def test_each_part_has_a_result_of_its_own_and_there_is_no_total() -> None:
    found = score(BY_PART, answered(1, 1, 3))
    assert found.score is None
    assert found.as_json()["subscales"] == {
        "first substance": {"score": 50.0, "band": None, "lower": 50.0, "upper": 50.0},
        "second substance": {"score": 3, "band": None, "lower": 3, "upper": 3},
    }
    assert score_in_words(found) == "no total score"


def test_a_part_may_be_whole_while_another_is_not() -> None:
    found = score(BY_PART, answered(1, None, 3))
    assert found.status == "incomplete"
    assert [part.status for part in found.subscales] == ["incomplete", "complete"]


def test_an_estimate_over_a_factor_is_scaled_up_too() -> None:
    missing = MISSING.replace("may_be_missing = 0", "may_be_missing = 1")
    scoring = 'method = "sum"\nlowest = 0\nhighest = 15\ndecimals = 2\nmultiply_by = 1.25'
    found = score(an_instrument(scoring, items=4, missing=missing), answered(1, 1, 1, None))
    assert (found.status, found.score) == ("prorated", 5)
