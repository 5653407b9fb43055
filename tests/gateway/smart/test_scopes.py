"""Scopes narrow what a role allows; nothing that is asked for makes them wider."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from imparts.gateway.smart.scopes import LETTERS, LEVELS, Scope, Scopes, read_scope

A_SCOPE = some.builds(
    Scope,
    some.sampled_from(LEVELS),
    some.sampled_from(["*", "Patient", "Observation", "Flag"]),
    some.sets(some.sampled_from(LETTERS), min_size=1).map(
        lambda chosen: "".join(letter for letter in LETTERS if letter in chosen)
    ),
)
SCOPES = some.builds(Scopes, some.lists(A_SCOPE, max_size=4).map(tuple))


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("patient/Observation.rs", "patient/Observation.rs"),
        ("user/*.cruds", "user/*.cruds"),
        ("system/Patient.r", "system/Patient.r"),
        ("patient/Observation.read", "patient/Observation.rs"),
        ("user/Flag.write", "user/Flag.cud"),
        ("user/*.*", "user/*.cruds"),
    ],
)
def test_both_ways_of_writing_scopes_are_understood(written: str, understood: str) -> None:
    assert str(read_scope(written)) == understood


@pytest.mark.parametrize(
    "written",
    [
        "patient/Observation.rs?category=laboratory", "user/Observation.", "user/Observation.sr",
        "admin/*.rs", "user/observation.rs", "user/*.rs\n", "user/Observation.rss", "openid", "",
        "user/../Patient.rs",
    ],
)  # fmt: skip
def test_what_is_no_scope_for_resources_opens_nothing(written: str) -> None:
    assert read_scope(written) is None


def test_a_condition_is_not_taken_for_the_scope_without_it() -> None:
    assert not Scopes.read("user/Observation.rs?category=laboratory").allows("Observation", "r")


@given(asked=SCOPES, allowed=SCOPES)
def test_what_is_given_is_never_wider_than_what_was_asked_or_allowed(
    asked: Scopes, allowed: Scopes
) -> None:
    given_ = asked.within(allowed)
    for level in LEVELS:
        for type_ in ("Patient", "Observation", "Flag", "Task"):
            for letter in LETTERS:
                both = asked.allows(type_, letter, level=level) and allowed.allows(
                    type_, letter, level=level
                )
                assert given_.allows(type_, letter, level=level) == both


def test_scopes_written_out_and_read_again_are_the_same() -> None:
    text = "launch openid patient/Observation.rs user/*.r"
    assert str(Scopes.read(text)) == text
