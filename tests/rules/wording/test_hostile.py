"""Whatever arrives as a wording pack: it is read, or refused in words. Nothing else happens."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.content import ContentRefused
from imparts.rules.wording.reader import belongs_to, read_wording
from tests.rules.wording.invented import PACK, pack, read, structure

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)


def places(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """Every place of a JSON value, the outermost left out."""
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else ()
    pairs = enumerate(value) if isinstance(value, list) else pairs
    for key, one in pairs:
        yield from places(one, (*path, key))


PLACES = list(places(pack()))


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(PLACES), value=anything, leave_out=st.booleans())
def test_one_place_of_a_pack_holding_anything_is_read_or_refused(place, value, leave_out) -> None:
    values = pack()
    inside = values
    for key in place[:-1]:
        inside = inside[key]
    if leave_out:
        del inside[place[-1]]
    else:
        inside[place[-1]] = value
    try:
        found = read_wording(json.dumps(values), structure())
    except ContentRefused as refused:
        assert str(refused)
    else:
        assert found.instrument == "kettle"


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60) | anything.map(json.dumps))
def test_any_text_at_all_is_refused_in_words(text: str) -> None:
    with pytest.raises(ContentRefused, match=r"\w"):
        belongs_to(text)


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, len(PACK) - 1), letter=st.characters())
def test_one_wrong_letter_is_read_or_refused(at: int, letter: str) -> None:
    try:
        read_wording(PACK[:at] + letter + PACK[at + 1 :], structure())
    except ContentRefused as refused:
        assert str(refused)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"format": ' * 50_000, "nested too deeply"),
        ('{"version": ' + "9" * 5000 + "}", "a number in it is too long"),
        ('{"version": NaN}', "holds NaN"),
        ("x" * 6_000_000, "longer than"),
        ("[]", "one JSON object"),
        ("", "not valid JSON"),
    ],
)
def test_a_file_made_to_break_the_reader_is_refused(text: str, said: str) -> None:
    with pytest.raises(ContentRefused, match=said):
        belongs_to(text)


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ("\x00", "U\\+0000"),
        ("\x07", "U\\+0007"),
        ("\x1b", "U\\+001B"),
        ("\u202e", "U\\+202E"),
        ("\u2066", "U\\+2066"),
        ("\ud800", "U\\+D800"),
    ],
)
def test_a_letter_that_cannot_be_shown_or_turns_text_round_is_refused(letter, code) -> None:
    def spoil(values) -> None:
        values["languages"]["cy"]["items"]["q1"]["text"] = f"Slow {letter} to boil"

    values = pack()
    spoil(values)
    with pytest.raises(ContentRefused, match=f"cy, items, q1, text.*{code}"):
        read_wording(json.dumps(values), structure())


def test_a_text_of_a_megabyte_is_refused() -> None:
    with pytest.raises(ContentRefused, match="cy, title: a text is longer"):
        read(lambda p: p["languages"]["cy"].update(title="x" * 1_000_000))


def test_a_thousand_languages_are_refused() -> None:
    def many(values) -> None:
        words = values["languages"]["cy"]
        values["languages"] |= {f"aa-{n:04}": words for n in range(1000)}

    with pytest.raises(ContentRefused, match="1002 languages"):
        read(many)


def test_a_number_beyond_scoring_is_refused() -> None:
    huge = PACK.replace('"9": 100', '"9": 1e999999999')
    with pytest.raises(ContentRefused, match="beyond what can be scored"):
        read_wording(huge, structure())
