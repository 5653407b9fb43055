"""Numbers and names of invented people belong to nobody."""

from itertools import islice
from random import Random

from imparts.demo.crowd import numbers
from imparts.rules.identifiers import nhs_number


def test_every_nhs_number_is_of_the_test_range_with_a_right_check_digit() -> None:
    for number in islice(numbers.nhs_numbers(3), 2000):
        assert number.startswith("999")
        assert nhs_number.problem_with(number, allow_test_range=True) is None


def test_no_nhs_number_comes_twice_and_taken_ones_never() -> None:
    first = list(islice(numbers.nhs_numbers(3), 5000))
    assert len(set(first)) == 5000
    again = islice(numbers.nhs_numbers(3, but=first[:10]), 5000)
    assert not set(first[:10]) & set(again)


def test_no_hospital_number_comes_twice() -> None:
    assert len({numbers.hospital_number("FH", place) for place in range(20_000)}) == 20_000


def test_postcodes_begin_with_letters_that_no_postcode_begins_with() -> None:
    chance = Random(1)
    assert {numbers.postcode(chance)[0] for _ in range(500)} <= set("QVX")
