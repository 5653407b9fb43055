"""The nations' numbers, against the reference file and by property."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.identifiers import chi_number, hcn_number, nhs_number
from imparts.rules.identifiers.check_digit import check_digit
from imparts.rules.identifiers.scheme import problem_with, scheme_of, shown

REFERENCE = json.loads((Path(__file__).parents[1] / "reference" / "identifiers.json").read_text())


@pytest.mark.parametrize("number", REFERENCE["nhs_test_valid"])
def test_test_numbers_are_taken_where_allowed_and_nowhere_else(number: str) -> None:
    assert nhs_number.problem_with(number, allow_test_range=True) is None
    assert "tests only" in (nhs_number.problem_with(number, allow_test_range=False) or "")


@pytest.mark.parametrize("number", ["9434765919", "9876543210", "4010232137"])
def test_documentation_examples_have_right_check_digits(number: str) -> None:
    assert nhs_number.problem_with(number, allow_test_range=True) is None


@pytest.mark.parametrize("number", [*REFERENCE["nhs_invalid"], "0000000000", "٩٩٩٠٠٠٠٠١٨", ""])
def test_wrong_numbers_are_refused_and_not_repeated(number: str) -> None:
    said = nhs_number.problem_with(number, allow_test_range=True)
    assert said
    assert not number or number not in said


@pytest.mark.parametrize("prefix", REFERENCE["no_valid_check_digit_prefixes"])
def test_some_beginnings_have_no_check_digit(prefix: str) -> None:
    assert check_digit(prefix) is None


@pytest.mark.parametrize("number", REFERENCE["chi_shape_valid"])
def test_chi_shapes_are_taken(number: str) -> None:
    assert chi_number.problem_with(number) is None
    assert scheme_of(number) == "chi"


@pytest.mark.parametrize("number", REFERENCE["chi_check_ok_date_bad"])
def test_a_chi_number_must_begin_with_a_day_that_exists(number: str) -> None:
    assert "date" in (chi_number.problem_with(number) or "")


@pytest.mark.parametrize("number", REFERENCE["hcn_shape_valid"])
def test_hcn_shapes_are_taken(number: str) -> None:
    assert hcn_number.problem_with(number) is None
    assert scheme_of(number) == "hcn"


@given(st.integers(0, 999_999_999))
def test_every_number_is_of_one_scheme_at_most(first: int) -> None:
    nine = f"{first:09}"
    digit = check_digit(nine)
    if digit is None:
        assert all(scheme_of(f"{nine}{d}", allow_test_range=True) is None for d in range(10))
        return
    number = f"{nine}{digit}"
    schemes = [
        s for s in ("nhs", "chi", "hcn") if not problem_with(s, number, allow_test_range=True)
    ]
    assert len(schemes) <= 1


@given(st.integers(400_000_000, 499_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(first: int, place: int, step: int) -> None:
    nine = f"{first:09}"
    digit = check_digit(nine)
    if digit is None:
        return
    wrong = list(f"{nine}{digit}")
    wrong[place] = str((int(wrong[place]) + step) % 10)
    assert nhs_number.problem_with("".join(wrong), allow_test_range=True) is not None


def test_a_number_is_shown_as_it_is_read_out() -> None:
    assert shown("nhs", "9990417202") == "999 041 7202"
    assert shown("hospital", "FH204417") == "FH204417"
