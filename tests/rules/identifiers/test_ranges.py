"""Which numbers are refused by their range, and that any text at all gets an answer."""

from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.identifiers import nhs_number
from imparts.rules.identifiers.check_digit import check_digit, is_right
from imparts.rules.identifiers.scheme import problem_with, scheme_of


def test_ten_noughts_pass_the_check_digit_and_are_refused_all_the_same() -> None:
    assert is_right("0000000000")
    for scheme in ("nhs", "chi", "hcn"):
        assert problem_with(scheme, "0000000000", allow_test_range=True)
    assert scheme_of("0000000000", allow_test_range=True) is None


def test_ranges_that_are_not_issued_are_refused() -> None:
    for first in "012358":
        for middle in range(100):
            prefix = f"{first}{middle:08d}"
            if (digit := check_digit(prefix)) is not None:
                assert nhs_number.problem_with(f"{prefix}{digit}", allow_test_range=True)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_exactly_one_check_digit_fits_or_none(prefix: str) -> None:
    fitting = [digit for digit in range(10) if is_right(f"{prefix}{digit}")]
    digit = check_digit(prefix)
    assert fitting == ([] if digit is None else [digit])


@given(
    st.sampled_from(["nhs", "chi", "hcn"]),
    st.one_of(st.text(max_size=20), st.text("0123456789 -", max_size=14)),
)
def test_any_text_gets_a_sentence_and_a_number_is_never_repeated(scheme: str, text: str) -> None:
    said = problem_with(scheme, text, allow_test_range=True)
    assert said is None or said.endswith(".")
    if sum(letter.isdigit() for letter in text) > 3:
        assert text not in (said or "")
