"""One page: whatever a letter holds, on paper it is one A4, and it says what was left out."""

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from imparts.design.pdf import pdf_of
from imparts.rules.letters.definition import LetterRefused
from imparts.rules.letters.fitting import TOO_LONG
from imparts.rules.letters.paper import HEIGHT, height, lines_of
from imparts.workspace.pages.letters import Paper
from tests.rules.letters.long_letters import AT, a_letter, a_visit

DRAWING = Path(__file__).parents[3] / "imparts/workspace/templates/workspace/letter.typ"
NOTE = ("WWWWW MMMMM Wide words that someone writes. " * 14)[:600]


def pages_of(facts) -> int:
    """How many pages it takes on paper, as drawn."""
    paper = Paper.of(facts)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 86 25" width="860" height="250"/>'
    drawn = pdf_of(DRAWING, paper.for_pdf(svg if paper.plot else ""), at=AT)
    return len(pikepdf.open(io.BytesIO(drawn)).pages)


def test_a_usual_letter_is_whole_on_one_page() -> None:
    facts = a_letter(a_visit(measures=3, harm=1), lines=1)
    assert facts.left_out == "" and facts.plot
    assert pages_of(facts) == 1


def test_the_longest_plausible_letter_is_one_page_and_says_what_was_left_out() -> None:
    facts = a_letter(a_visit(measures=16, harm=2, sentences=12), lines=14, note=NOTE)
    assert pages_of(facts) == 1
    assert facts.left_out.startswith("Left out to keep to one page: the plot, ")
    assert "All of it is in the record at Rheumatology" in facts.left_out


def test_what_must_be_said_is_never_left_out() -> None:
    facts = a_letter(a_visit(measures=30, harm=2, sentences=30), lines=40, note=NOTE)
    said = " ".join(line for one in facts.sections for line in one.lines)
    assert said.count("Item 9") == 2 and "The patient agreed" in said and "Wide words" in said
    assert [one.leads for one in facts.scores if one.leads] == [True, True]
    assert any(one.strong for one in facts.gist)
    assert all(one.lines for one in facts.sections)
    assert pages_of(facts) == 1


def test_what_cannot_fit_is_refused_with_how_to_mend_it() -> None:
    with pytest.raises(LetterRefused) as refused:
        a_letter(a_visit(harm=40))
    assert str(refused.value) == TOO_LONG


def test_what_is_left_out_is_counted() -> None:
    facts = a_letter(a_visit(measures=16, sentences=0), lines=12)
    steps = next(one for one in facts.sections if one.heading == "Decided at this visit")
    assert f"{12 - len(steps.lines)} lines of “Decided at this visit”" in facts.left_out


@settings(max_examples=25, deadline=None)
@given(
    measures=some.integers(0, 25), harm=some.integers(0, 4), lines=some.integers(0, 25),
    sentences=some.integers(0, 20), note=some.text(max_size=600),
)  # fmt: skip
def test_no_letter_takes_two_pages(measures, harm, lines, sentences, note) -> None:
    visit = a_visit(measures=measures, harm=harm, sentences=sentences)
    facts = a_letter(visit, lines=lines, note="".join(c for c in note if c.isascii()))
    assert height(facts) <= HEIGHT
    assert pages_of(facts) == 1


def test_a_word_longer_than_the_page_is_wide_takes_more_lines() -> None:
    assert lines_of("W" * 200, 10) == 4
    assert lines_of("", 10) == 0
    assert lines_of("one line", 10) == 1
