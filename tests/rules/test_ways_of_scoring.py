"""Every way of scoring, with invented instruments where the real detail needs a licence (H4)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.refused import ScoringRefused
from imparts.rules.scoring.score import score
from imparts.rules.scoring.words import score_in_words
from tests.rules.invented_instruments import MISSING, an_instrument
from tests.rules.reference_instruments import every, structures

Answers = Mapping[str, int | None]


def answered(*values: int | None) -> dict[str, int | None]:
    return {f"q{number}": value for number, value in enumerate(values, start=1)}


def all_at(instrument: Instrument, value: int) -> dict[str, int | None]:
    return {item.id: value for item in instrument.scored_items}


def completions(instrument: Instrument, answers: Answers) -> Iterator[dict[str, int | None]]:
    """Every way to answer what is missing: the slow and certain oracle."""
    gaps = [item for item in instrument.items if answers.get(item.id) is None]
    for values in product(*[[option.value for option in item.options] for item in gaps]):
        yield {**answers, **{item.id: v for item, v in zip(gaps, values, strict=True)}}


def answers_to(instrument: Instrument) -> st.SearchStrategy[dict[str, int | None]]:
    return st.fixed_dictionaries(
        {
            item.id: st.none() | st.sampled_from([option.value for option in item.options])
            for item in instrument.items
        }
    )


BEST_OF = an_instrument(
    """method = "best_of_category"
lowest = 0
highest = 3
decimals = 3
groups_needed = 2
[[scoring.groups]]
name = "one"
label = "One"
items = ["q1", "q2"]
aids = ["aid"]
[[scoring.groups]]
name = "two"
label = "Two"
items = ["q3"]
[[scoring.groups]]
name = "three"
label = "Three"
items = ["q4"]
""",
    items=4,
    more_items="[[items]]\nid='aid'\ntext='An invented aid?'\n"
    "options=[{label='no',value=0},{label='yes',value=1}]\n",
)
TABLE = an_instrument(
    """method = "table"
lowest = 0
highest = 6
decimals = 2
[[scoring.tables]]
name = "score"
pairs = [[0, 10], [1, 11.5], [2, 11.5], [3, 14], [4, 17.25], [5, 20], [6, 30]]
""",
    items=2,
)
TIMES = an_instrument(
    'method = "sum"\nlowest = 0\nhighest = 7.5\ndecimals = 2\nmultiply_by = 1.25', items=2
)
DECIDED = an_instrument(
    """method = "decision_table"
[[scoring.decisions]]
category = "high"
when = [{ any_of = ["q1"], is_at_least = 3 }]
[[scoring.decisions]]
category = "middle"
when = [{ any_of = ["q1"], is_at_least = 1 }, { any_of = ["q2", "q3"], is_one_of = [2, 3] }]
[[scoring.decisions]]
category = "low"
""",
    more="".join(
        f"[[categories]]\ncode='{one}'\nlabel='{one}'\n" for one in ("low", "middle", "high")
    ),
)
BY_PART = an_instrument(
    """method = "subscales"
[[scoring.subscales]]
name = "first substance"
label = "First"
items = ["q1", "q2"]
table = "first"
decimals = 1
[[scoring.subscales]]
name = "second substance"
label = "Second"
items = ["q3"]
[[scoring.tables]]
name = "first"
pairs = [[0, 60], [1, 55.5], [2, 50], [3, 45], [4, 40], [5, 30], [6, 20]]
"""
)  # fmt: skip


@pytest.mark.parametrize("instrument", [BEST_OF, TABLE, TIMES], ids=["best of", "table", "times"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_bounds_are_the_least_and_greatest_of_all_completions(
    instrument: Instrument, data: st.DataObject
) -> None:
    answers = data.draw(answers_to(instrument))
    found = score(instrument, answers)
    results = [score(instrument, whole).score for whole in completions(instrument, answers)]
    assert None not in results
    assert (found.lower, found.upper) == (min(results), max(results))  # type: ignore[type-var]  # none is None, asserted above


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


def test_hads_has_two_totals_and_never_one() -> None:
    answers = {f"q{n}": 2 if n % 2 else 1 for n in range(1, 15)}
    found = score(every()["hads"], answers)
    assert (found.score, found.band) == (None, None)
    assert [(part.name, part.score, part.band) for part in found.subscales] == [
        ("anxiety", 14, "abnormal"),
        ("depression", 7, "normal"),
    ]


def test_hads_estimates_one_gap_in_each_part() -> None:
    gaps = {f"q{n}": 1 for n in range(3, 15)}
    found = score(every()["hads"], gaps)
    assert [(part.status, part.score) for part in found.subscales] == [("prorated", 7)] * 2
    assert found.status == "prorated"


def test_dlqi_counts_one_missing_answer_as_nought_and_says_so() -> None:
    dlqi = every()["dlqi"]
    one = score(dlqi, {**all_at(dlqi, 2), "q3": None})
    assert (one.status, one.score, one.lower, one.upper) == ("prorated", 18, 18, 21)
    two = score(dlqi, {**all_at(dlqi, 2), "q3": None, "q4": None})
    assert (two.status, two.score) == ("incomplete", None)


def test_dlqi_question_7_may_be_3_by_one_of_its_parts() -> None:
    dlqi = every()["dlqi"]
    assert score(dlqi, {**all_at(dlqi, 0), "q7": 3}).score == 3


def test_eq5d_is_a_profile_and_a_scale_and_never_a_sum() -> None:
    eq5d = every()["eq5d5l"]
    found = score(eq5d, {**answered(1, 1, 2, 2, 3), "vas": 71})
    assert (found.status, found.score, found.profile) == ("complete", None, "11223")
    assert [(part.name, part.score) for part in found.subscales] == [("vas", 71)]
    with_gap = score(eq5d, {**answered(1, 1, 2, 2, None), "vas": None})
    assert (with_gap.status, with_gap.profile) == ("incomplete", None)
    assert score(eq5d, answered(1, 1, 2, 2, 3)).status == "complete"


def test_facit_needs_more_than_half_and_scales_up() -> None:
    facit = every()["facit_f"]
    worst = {item.id: 4 if item.reverse else 0 for item in facit.items}
    assert score(facit, worst).score == 0
    seven = {f"q{n}": 1 for n in range(1, 8)}  # six count 3, the seventh counts 1
    found = score(facit, seven)
    assert (found.status, found.score) == ("prorated", 35)  # 19 * 13 / 7 = 35.3
    assert score(facit, {f"q{n}": 1 for n in range(1, 7)}).score is None


def test_chalder_is_counted_in_two_ways_and_its_cut_is_on_one() -> None:
    chalder = every()["chalder11"]
    found = score(chalder, {f"q{n}": 1 if n < 9 else 2 for n in range(1, 12)})
    assert (found.score, found.subscales[0].score) == (14, 3)
    assert found.cuts == ()
    assert [(cut.value, cut.of) for cut in chalder.cuts] == [(4, "bimodal")]


def test_paid_is_the_sum_times_one_and_a_quarter() -> None:
    paid = every()["paid"]
    assert score(paid, all_at(paid, 4)).score == 100
    assert score(paid, {**all_at(paid, 0), "q1": 1}).as_json()["score"] == 1.25


def test_epds_counts_an_answer_as_its_value_in_whatever_order_it_is_listed() -> None:
    epds = every()["epds"]
    assert score(epds, all_at(epds, 3)).score == 30
    assert [option.value for option in epds.by_id["q10"].options] == [3, 2, 1, 0]
    assert "epds_item10_positive" in score(epds, {"q10": 1}).flags
    assert "epds_item10_not_answered" in score(epds, {"q1": 1}).flags


def test_dialog_has_two_means() -> None:
    found = score(every()["dialog"], {f"q{n}": 5 if n < 9 else 3 for n in range(1, 12)})
    assert [part.score for part in found.subscales] == [5, 3]


def test_bipq_turns_three_views_round_and_leaves_the_causes_in_words() -> None:
    bipq = every()["bipq"]
    answers = {item.id: 10 for item in bipq.scored_items}
    assert score(bipq, answers).score == 50
    assert bipq.by_id["q9"].free_text


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("pam13", "is scored by its licensor's formula, which is not part of imparts"),
        ("kccq12", "is scored by its licensor's formula"),
        ("swemwbs", "is scored with a published table"),
        ("promis29", "is scored in parts"),
        ("promis10", "is scored in parts"),
        ("assist_lite", "is scored in parts"),
        ("haq_di", "is scored by categories"),
        ("gppaq", "is scored with a decision table"),
        ("reqol10", "has questions that count from the other end"),
    ],
)
def test_what_cannot_be_scored_here_gets_a_sentence_and_no_number(name: str, what: str) -> None:
    with pytest.raises(ScoringRefused, match=f"^{name} {what}"):
        score(every()[name], {"q1": 1})


def test_every_other_structure_can_be_scored() -> None:
    refused = {name for name, one in structures().items() if one.scoring.needs}
    for name in structures().keys() - refused:
        whole = all_at(structures()[name], 1)
        assert score(structures()[name], whole).status == "complete"
    assert len(refused) == 9


def test_an_estimate_over_a_factor_is_scaled_up_too() -> None:
    missing = MISSING.replace("may_be_missing = 0", "may_be_missing = 1")
    scoring = 'method = "sum"\nlowest = 0\nhighest = 15\ndecimals = 2\nmultiply_by = 1.25'
    found = score(an_instrument(scoring, items=4, missing=missing), answered(1, 1, 1, None))
    assert (found.status, found.score) == ("prorated", 5)
