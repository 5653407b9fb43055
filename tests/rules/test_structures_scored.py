"""The shipped structures, scored as the clinical reference says, or refused in words (H4)."""

import pytest

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.refused import ScoringRefused
from imparts.rules.scoring.score import score
from tests.rules.answers import answered
from tests.rules.reference_instruments import every, structures


def all_at(instrument: Instrument, value: int) -> dict[str, int | None]:
    return {item.id: value for item in instrument.scored_items}


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
