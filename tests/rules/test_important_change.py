"""The smallest change that matters to people: as published, and never in place of chance (H6)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.content import ContentRefused
from imparts.rules.instruments.reader import read_instrument
from imparts.rules.scoring.change import change, important_words, is_important, may_be_compared
from imparts.rules.scoring.score import score
from tests.rules.invented_instruments import a_file
from tests.rules.reference_instruments import every, reference

SCORES = st.decimals(0, 60, places=1)
SUM = "method = 'sum'\nlowest = 0\nhighest = 9"
NAMES = sorted(every())


def important(name: str, before: str, now: str) -> bool | None:
    return is_important(Decimal(now), Decimal(before), every()[name])


@pytest.mark.parametrize(
    ("name", "before", "now", "expected"),
    [
        ("peg", "10", "7", True),  # 30 per cent, exactly
        ("peg", "10", "7.1", False),
        ("peg", "3.3", "2.3", True),
        ("peg", "3.3", "2.4", False),
        ("peg", "5", "5", False),
        ("peg", "5", "9", None),  # only of a fall is anything published
        ("peg", "0", "4", None),
        ("peg", "0", "0", None),  # there is no share of nought
        ("pain_nrs", "10", "8", True),  # 2 points
        ("pain_nrs", "3", "2", True),  # 33 per cent
        ("pain_nrs", "4", "3", False),
        ("pain_nrs", "0", "2", True),
        ("pain_nrs", "0", "1", False),
        ("pain_nrs", "2", "4", True),
        ("phq9", "15", "10", True),
        ("phq9", "15", "11", False),
        ("gad7", "6", "10", True),
        ("haq_di", "1", "1.22", True),
        ("haq_di", "1", "1.21", False),
        ("facit_f", "30", "34", True),
        ("phq15", "10", "20", None),
        ("hsi", "6", "0", None),
    ],
)
def test_a_change_matters_from_the_published_number_on(
    name: str, before: str, now: str, expected: bool | None
) -> None:
    assert important(name, before, now) is expected


def test_the_numbers_are_those_of_the_reference() -> None:
    told = {name: (one.get("mic") or {"value": None})["value"] for name, one in reference().items()}
    told |= {"peg": None, "pain_nrs": 2}  # in words: 30% fall from baseline; 2 points or 30%
    found = {name: every()[name].important_change for name in told}
    assert {name: value and float(value) for name, value in found.items()} == told
    percent = {name: every()[name].important_percent for name in told}
    assert {name: one for name, one in percent.items() if one} == {"peg": 30, "pain_nrs": 30}


def test_an_instrument_without_a_published_number_never_says() -> None:
    silent = [
        name
        for name, one in every().items()
        if one.important_change is None and one.important_percent is None
    ]
    assert "core10" in silent
    assert {important(name, "9", "1") for name in silent} == {None}


@given(st.sampled_from(NAMES), SCORES, SCORES)
def test_points_are_the_same_both_ways(name: str, one: Decimal, other: Decimal) -> None:
    in_points = replace(every()[name], important_percent=None, important_way="")
    assert is_important(one, other, in_points) == is_important(other, one, in_points)


@given(st.sampled_from(NAMES), SCORES, SCORES, st.decimals(0, 10, places=1))
def test_more_of_the_same_is_no_less_important(
    name: str, before: Decimal, now: Decimal, more: Decimal
) -> None:
    further = now + more if now >= before else now - more
    if is_important(now, before, every()[name]):
        assert is_important(further, before, every()[name])


@given(st.sampled_from(NAMES), SCORES, SCORES)
def test_nothing_is_called_important_where_chance_is_known(
    name: str, now: Decimal, before: Decimal
) -> None:
    instrument = every()[name]
    words = important_words(now, before, instrument)
    assert words in ("", "important rise" if now > before else "important fall")
    if instrument.words_from is not None:
        assert words == ""


@given(st.sampled_from(NAMES), SCORES, SCORES)
def test_backwards_in_time_worse_is_better(name: str, one: Decimal, other: Decimal) -> None:
    instrument = every()[name]
    there = change(one, other, instrument.words_from, direction=instrument.direction)
    back = change(other, one, instrument.words_from, direction=instrument.direction)
    turned = {"worse": "better", "better": "worse"}
    assert back.word == turned.get(there.word, there.word)
    assert (back.by, back.is_reliable) == (-there.by, there.is_reliable)


@given(st.sampled_from(NAMES), SCORES, SCORES)
def test_worse_and_better_follow_the_direction_of_the_file(
    name: str, now: Decimal, before: Decimal
) -> None:
    instrument = every()[name]
    found = change(now, before, instrument.words_from, direction=instrument.direction)
    if found.word == "worse":
        assert (now > before) == (instrument.direction == "higher_is_worse")
    if found.word == "better":
        assert (now > before) == (instrument.direction == "higher_is_better")


@given(st.lists(st.none() | st.integers(0, 3), min_size=9, max_size=9))
def test_with_an_answer_missing_nothing_may_be_compared(values: list[int | None]) -> None:
    answers = {f"q{n}": value for n, value in enumerate(values, start=1)}
    assert may_be_compared(score(every()["phq9"], answers)) == (None not in values)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("important = 0", "important must be above 0"),
        ("important_percent = 0", "must be from 1 to 100"),
        ("important_percent = 130", "must be from 1 to 100"),
        ("important_percent = 30\nimportant_way = 'up'", "important_way is 'up'"),
        ("important_percent = 30", "important_source is missing"),
        ("important_way = 'fall'", "important_way"),
    ],
)
def test_a_file_that_says_it_wrongly_is_refused(line: str, why: str) -> None:
    source = "" if "source" in why else "\nimportant_source = 'invented'"
    with pytest.raises(ContentRefused, match=why):
        read_instrument(a_file(SUM, more=f"[change]\n{line}{source}\n"))
