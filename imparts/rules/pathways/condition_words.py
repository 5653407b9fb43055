"""For whom a level is, in words."""

from collections.abc import Iterator

from imparts.rules.pathways.definition import OnlyWhen
from imparts.rules.pathways.options import code_in_words

EVERYBODY = "everybody"


def for_whom(only_when: OnlyWhen | None) -> str:
    """Such as "people of 65 or more who are not in treatment with liaison psychiatry"."""
    if only_when is None:
        return EVERYBODY
    return f"people {' and '.join(_lines(only_when))}"


def _lines(one: OnlyWhen) -> Iterator[str]:
    yield from _of_age(one.age_from, one.age_up_to)
    if one.services:
        yield f"of the service {' or '.join(one.services)}"
    if one.pregnant is not None:
        yield "who are pregnant" if one.pregnant else "who are not pregnant"
    if one.in_treatment:
        yield f"who are in treatment with {_named(one.in_treatment)}"
    if one.not_in_treatment:
        yield f"who are not in treatment with {_named(one.not_in_treatment)}"
    if one.after_step is not None:
        yield f"for whom the step {one.after_step} was done before"


def _of_age(lowest: int | None, highest: int | None) -> Iterator[str]:
    if lowest is not None and highest is not None:
        yield f"of {lowest} to {highest} years"
    elif lowest is not None:
        yield f"of {lowest} years or more"
    elif highest is not None:
        yield f"of {highest} years or less"


def _named(options: tuple[str, ...]) -> str:
    return " or ".join(map(code_in_words, options))
