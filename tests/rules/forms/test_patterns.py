"""Patterns from files: the same answers as Python's own engine, and never a long wait."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imparts.rules.forms.patterns.matching import pattern
from imparts.rules.forms.patterns.syntax import PatternRefused

LETTERS = st.sampled_from("ab1 -")
PLAIN = st.sampled_from(["a", "b", "1", ".", "[ab]", "[^a]", r"\d", r"\s", r"\W", "[a-b1]"])
COUNTS = st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "{0,1}", "{1,}", "*?"])


def _grouped(text: str) -> str:
    return f"(?:{text})"


def _counted(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(part, COUNTS).map("".join)


PATTERNS = st.recursive(
    _counted(PLAIN),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: _grouped("|".join(some))),
        _counted(inner.map(_grouped)),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text(LETTERS, max_size=8))
def test_a_pattern_fits_when_pythons_own_engine_says_so(text: str, tried: str) -> None:
    assert pattern(text).fits(tried) is (re.fullmatch(text, tried) is not None)
    assert pattern(text).is_in(tried) is (re.search(text, tried) is not None)


@pytest.mark.parametrize(
    ("text", "fitting", "other"),
    [
        (r"^[A-Z]{2}\d{6}[A-D]$", "AB123456C", "AB12345C"),
        (r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "someone@example.org", "someone@example"),
        (r"\p{Lu}\p{L}*", "Élan", "élan"),
        (r"(\+44|0)7[0-9]{9}", "07000000000", "7000000000"),
        (r"\u0041\x42", "AB", "ab"),
        (r"[\]\-]", "-", "x"),
        (r"a{x}", "a{x}", "aa"),
        ("", "", "a"),
    ],
)
def test_patterns_as_files_hold_them_are_understood(text: str, fitting: str, other: str) -> None:
    assert pattern(text).fits(fitting)
    assert not pattern(text).fits(other)


@pytest.mark.parametrize("text", ["(a+)+$", "(a|a)*b", "(a|aa)+$", "a*a*a*a*a*a*a*b", "(.*)*x"])
def test_a_pattern_made_to_take_for_ever_does_not(text: str) -> None:
    steps = 0

    def counted(letter: str) -> bool:
        nonlocal steps
        steps += 1
        return letter == "a"

    tried = pattern(text)
    watched = [(counted if callable(test) else test, to) for test, to in tried._states]
    tried._states[:] = watched
    tried.fits("a" * 200 + "!")
    pattern.cache_clear()
    assert steps <= 201 * len(watched)


@pytest.mark.parametrize(
    "text",
    ["(a", "a)", "*a", r"(a)\1", "(?=a)", "(?i)a", r"\bword", "[a", "a{2000}", "a{3,2}", "\\",
     "(" * 60 + ")" * 60, "x" * 1001, "((a{99}){99}){99}", "[b-a]", r"\q", "^*", r"\u12", "a*+"],
)  # fmt: skip
def test_a_pattern_that_is_not_honoured_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PatternRefused, match=r"\w+ \w+"):
        pattern(text)


def test_a_text_of_more_than_5000_letters_fits_no_pattern() -> None:
    assert pattern("a*").fits("a" * 5000)
    assert not pattern("a*").fits("a" * 5001)
