"""Which nation's number it is: the range tells, because the ranges cannot meet."""

from collections.abc import Callable
from types import ModuleType

from imparts.rules.identifiers import chi_number, hcn_number, nhs_number

SCHEMES: dict[str, ModuleType] = {"nhs": nhs_number, "chi": chi_number, "hcn": hcn_number}


def problem_with(scheme: str, text: str, *, allow_test_range: bool) -> str | None:
    """What is wrong with a number of one scheme (nhs, chi or hcn); None when nothing is."""
    check: Callable[..., str | None] = SCHEMES[scheme].problem_with
    return check(text, allow_test_range=allow_test_range)


def scheme_of(text: str, *, allow_test_range: bool = False) -> str | None:
    """The scheme of a valid number; None when it is of none."""
    for scheme in SCHEMES:
        if problem_with(scheme, text, allow_test_range=allow_test_range) is None:
            return scheme
    return None


def shown(scheme: str, text: str) -> str:
    """A number as it is read out; numbers of other schemes as they are."""
    if scheme not in SCHEMES:
        return text
    display: Callable[[str], str] = SCHEMES[scheme].shown
    return display(text)
