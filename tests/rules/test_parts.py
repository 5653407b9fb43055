"""Parts of a result, stored and read again: the same numbers, in words of their own (H4, H6)."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.parts import Part, bands_between, cut_on, parts_of, words_of
from imparts.rules.scoring.score import score
from tests.rules.answers import answered
from tests.rules.reference_instruments import every

WITH_PARTS = [name for name, one in sorted(every().items()) if one.scoring.subscales]


def stored(instrument: Instrument, answers: dict[str, int | None]) -> tuple[Part, ...]:
    """Scored, kept as JSON, read again."""
    kept = json.dumps([part.as_json() for part in score(instrument, answers).subscales])
    return parts_of(json.loads(kept), instrument)


def test_the_instruments_with_parts_are_known() -> None:
    assert WITH_PARTS == ["chalder11", "dialog", "eq5d5l", "hads", "phq4"]


@given(st.data())
def test_what_was_scored_is_what_is_read(data: st.DataObject) -> None:
    instrument = every()[data.draw(st.sampled_from(WITH_PARTS))]
    answers = {
        item.id: data.draw(st.none() | st.sampled_from([one.value for one in item.options]))
        for item in instrument.items
    }
    found = score(instrument, answers).subscales
    for part, scored in zip(stored(instrument, answers), found, strict=True):
        assert (part.name, part.label, part.status) == (scored.name, scored.label, scored.status)
        assert (part.score, part.lower, part.upper) == (scored.score, scored.lower, scored.upper)
        assert part.out_of is not None and part.upper is not None and part.upper <= part.out_of
        assert bool(part.in_words) <= (part.status == "complete")
        if part.bands and part.status == "complete":
            assert part.in_words == (scored.band_found and scored.band_found.label.lower())


def test_each_part_has_its_own_range() -> None:
    ranges = {
        name: {
            part.name: part.out_of
            for part in stored(every()[name], {item.id: None for item in every()[name].items})
        }
        for name in WITH_PARTS
    }
    assert ranges == {
        "chalder11": {"bimodal": 11},
        "dialog": {"quality_of_life": 7, "treatment_satisfaction": 7},
        "eq5d5l": {"vas": 100},
        "hads": {"anxiety": 21, "depression": 21},
        "phq4": {"anxiety": 6, "depression": 6},
    }


@pytest.mark.parametrize(
    ("each", "words"), [(1, "normal"), (2, "probable case"), (0, "normal"), (3, "probable case")]
)
def test_a_part_says_its_own_band(each: int, words: str) -> None:
    assert [part.in_words for part in stored(every()["hads"], answered(*[each] * 14))] == [
        words
    ] * 2


def test_a_part_without_bands_says_on_which_side_of_its_cut_it_is() -> None:
    anxiety, depression = stored(every()["phq4"], answered(1, 1, 1, 2))
    assert (anxiety.in_words, anxiety.reaches_cut) == ("below the cut of 3", False)
    assert (depression.in_words, depression.reaches_cut) == ("at or above the cut of 3", True)


def test_a_part_without_bands_and_cut_says_nothing_but_its_number() -> None:
    (quality, _) = stored(every()["dialog"], answered(*[4] * 11))
    assert (quality.score, quality.in_words) == (Decimal(4), "")


def test_the_direction_of_a_part_is_its_own_where_the_file_says_so() -> None:
    rules = every()["hads"].scoring.subscales
    turned = (rules[0], replace(rules[1], direction="higher_is_better"))
    scoring = replace(every()["hads"].scoring, subscales=turned)
    parts = stored(replace(every()["hads"], scoring=scoring), answered(*[1] * 14))
    assert [part.direction for part in parts] == ["higher_is_worse", "higher_is_better"]


def test_the_numbers_for_change_are_about_the_parts_only_without_a_total() -> None:
    assert [part.is_compared for part in stored(every()["hads"], answered(*[1] * 14))] == [
        True,
        True,
    ]
    assert [part.is_compared for part in stored(every()["phq4"], answered(1, 1, 1, 2))] == [
        False
    ] * 2


@pytest.mark.parametrize(
    ("kept", "status"),
    [
        ({"score": 7, "lower": 7, "upper": 7}, "complete"),
        ({"score": 7, "lower": 6, "upper": 9}, "prorated"),
        ({"score": None, "lower": 2, "upper": 17}, "incomplete"),
    ],
)
def test_a_part_stored_before_it_had_a_status_is_still_read(
    kept: dict[str, int | None], status: str
) -> None:
    (part,) = parts_of([{"name": "anxiety", "label": "Anxiety", **kept}], every()["hads"])
    assert part.status == status


def test_an_estimate_is_in_no_band_and_says_which_it_could_be() -> None:
    (anxiety, _) = stored(every()["hads"], answered(None, *[1] * 13))
    assert (anxiety.status, anxiety.in_words, anxiety.reaches_cut) == ("prorated", "", False)
    assert anxiety.lower is not None and anxiety.upper is not None
    assert bands_between(anxiety.lower, anxiety.upper, anxiety.bands) == "normal or borderline"
    assert bands_between(Decimal(0), Decimal(21), anxiety.bands) == "normal to probable case"


def test_words_prefer_the_band_to_the_cut_and_are_empty_without_either() -> None:
    phq9 = every()["phq9"]
    assert cut_on(phq9.cuts, "") == 10
    assert words_of(Decimal(14), phq9.bands, Decimal(10)) == "moderate"
    assert words_of(Decimal(14), (), Decimal(10)) == "at or above the cut of 10"
    assert words_of(Decimal(14), (), None) == words_of(None, phq9.bands, Decimal(10)) == ""
