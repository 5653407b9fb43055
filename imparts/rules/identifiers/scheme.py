"""Which of the three numbers a number is; their ranges do not meet, so the range tells."""

from collections.abc import Callable
from typing import Protocol

from imparts.rules.identifiers import chi_number, hcn_number, nhs_number
from imparts.rules.identifiers.check_digit import digits_of


class _Problem(Protocol):
    def __call__(self, text: str, *, allow_test_range: bool) -> str | None: ...


_PROBLEMS: dict[str, _Problem] = {
    "nhs": nhs_number.problem_with,
    "chi": chi_number.problem_with,
    "hcn": hcn_number.problem_with,
}
_SHOWN: dict[str, Callable[[str], str]] = {
    "nhs": nhs_number.shown,
    "chi": chi_number.shown,
    "hcn": hcn_number.shown,
}
SCHEMES = tuple(_PROBLEMS)


def scheme_of(text: str) -> str | None:
    """nhs, chi or hcn, for a number that one of them would take; None for any other.

    Numbers of the test range count as NHS numbers here; whether they may be used is another
    question, which problem_with answers.
    """
    for scheme, problem_of in _PROBLEMS.items():
        if problem_of(text, allow_test_range=True) is None:
            return scheme
    return None


def problem_with(scheme: str, text: str, *, allow_test_range: bool) -> str | None:
    """One sentence about what is wrong with a number of one scheme; None when it can be taken."""
    if scheme not in _PROBLEMS:
        return f"{scheme[:20]} is not a national number; known are {', '.join(SCHEMES)}."
    return _PROBLEMS[scheme](text, allow_test_range=allow_test_range)


def shown(scheme: str, text: str) -> str:
    """As the number is written for people; any other number as it is."""
    return _SHOWN[scheme](text) if scheme in _SHOWN else text


def stored(text: str) -> str:
    """As the number is stored: digits only, leading zeros kept."""
    return digits_of(text)
