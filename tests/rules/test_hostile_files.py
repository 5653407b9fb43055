"""Files that someone broke, by accident or on purpose: refused in words, and never a crash (H4)."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imparts.rules.content import ContentRefused
from imparts.rules.content_lines import line_of
from imparts.rules.scoring.examples import read_proven
from tests.rules.invented_instruments import a_file
from tests.rules.reference_instruments import SHIPPED

FILES = sorted(SHIPPED.rglob("*.toml"))
SUM = 'method = "sum"\nlowest = 0\nhighest = 9'
LINES = [
    "x = " + "[" * 5000,
    "x = " + "9" * 5000,
    "[[items]]",
    "[scoring]",
    "id = 1",
    "text = ''",
    "value = nan",
    "value = inf",
    "value = -1",
    "value = 1e400",
    "value = 1e-400",
    "highest = 9999999999999999999999",
    "lowest = 0.1",
    "decimals = -1",
    "decimals = 40",
    "may_be_missing = -3",
    "least_answered = 2",
    "counts_as_zero = 1",
    "multiply_by = 0.000001",
    "next_review = 2027-11-21T10:00:00",
    "reviewed_on = 10:00:00",
    "options = 'nothing'",
    "options = []",
    "free_text = true",
    "scored = false",
    "reverse = true",
    "show_if = { any_of = ['q1'], is_at_least = 1 }",
    "when_items = ['q1']",
    "needs = 'table'",
    "method = 'mean'",
    "method = 'table'",
    "method = 'category'",
    "method = 'profile'",
    "method = 'subscales'",
    "method = 'decision_table'",
    "method = 'best_of_category'",
    "type = 'item_gte'",
    "type = 'dsm5_pcl5'",
    "type = 'phq9_algorithm'",
    "item = 'q99'",
    "ships = 'no'",
    "recoded = { 0 = 1 }",
    "anchors = { zero = 'none' }",
    "\u202e",
    "<script>alert(1)</script>",
    "",
]


def read_or_refuse(text: str) -> None:
    """Read a file and work out its examples; a refusal has a sentence, and may have a line."""
    try:
        instrument = read_proven(text)
    except ContentRefused as refused:
        assert 10 < len(str(refused)) < 2000
        line = line_of(text, refused)
        assert line is None or 1 <= line <= len(text.splitlines()) + 1
    else:
        assert instrument.scored_items


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A shipped file with a few lines taken out, doubled, moved, replaced or cut short."""
    lines = draw(st.sampled_from(FILES)).read_text("utf-8").splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        how = draw(st.integers(0, 4))
        if how == 0:
            del lines[place]
        elif how == 1:
            lines.insert(place, lines[draw(st.integers(0, len(lines) - 1))])
        elif how == 2:
            lines.insert(place, draw(st.sampled_from(LINES)))
        elif how == 3:
            key = lines[place].partition("=")[0]
            lines[place] = f"{key}={draw(st.sampled_from(LINES)).partition('=')[2]}"
        else:
            lines[place] = lines[place][: draw(st.integers(0, 40))] + draw(st.text(max_size=3))
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=400, deadline=None)
@given(text=broken())
def test_a_broken_file_is_read_or_refused_and_never_a_crash(text: str) -> None:
    read_or_refuse(text)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_at_all_is_refused(text: str) -> None:
    with pytest.raises(ContentRefused):
        read_proven(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (a_file(SUM).replace('"Nothing"', f'"{"x" * 1_000_000}"', 1), "measures is longer than"),
        ("x" * 6_000_000, "longer than 5000000 characters"),
        ("x = " + "[" * 100_000, "nested too deeply"),
        ("x = " + "{a=" * 100_000, "nested too deeply"),
        ("x = " + "9" * 100_000, "a number in it is too long"),
        (a_file(SUM).replace('"Nothing"', '"No\\u0000thing"', 1), "measures holds a NUL character"),
        (a_file(SUM).replace("to = 3", "to = 900000"), "has more than 201 answers"),
        (a_file(SUM, items=1001), "there are 1001 items, and at most 1000 may be"),
        (a_file(SUM).replace("2027-11-21", "2027-11-21T10:00:00"), "without a time"),
        (a_file(SUM) + "[" + "a." * 3000 + "b]\nc = 1\n", "a is not a key that is known here"),
    ],
    ids=lambda one: one[:40] if len(one) < 200 else "text",
)
def test_what_is_too_much_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(ContentRefused) as refused:
        read_proven(text)
    assert sentence in str(refused.value)


def test_every_shipped_file_is_tried() -> None:
    assert len(FILES) >= 47
    assert all(isinstance(path, Path) for path in FILES)
