"""Every worked case of every shipped instrument as its page says it: no gap, no empty word (H6)."""

import re
from dataclasses import replace

import pytest
from django.template import engines

from imparts.rules.instruments.definition import Example, Instrument
from imparts.rules.scoring.score import score
from tests.apps.workspace.results import a_result, gist_of, summary_of
from tests.rules.reference_instruments import every, shipped

CASES = [
    pytest.param(instrument, example, id=f"{name}-{number}")
    for name, instrument in sorted(shipped().items())
    for number, example in enumerate(instrument.examples, start=1)
]
EMPTY_WORDS = re.compile(r"\(\)|\(;|; ?\)|: \.|\.\.|, ,|, \.| ,|  |\{|\}|\bis \.|/ ")
STRUCTURES = [
    name for name, one in sorted(every().items()) if not one.has_wording and not one.scoring.needs
]


def written(instrument: Instrument, example: Example) -> str:
    """The page, its tags taken away."""
    result = a_result(instrument, dict(example.answers), context=dict(example.context))
    (jinja,) = [engine for engine in engines.all() if hasattr(engine, "env")]
    page = jinja.env.get_template("workspace/summary.jinja").render(page=summary_of(result))
    inside = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<svg.*?</svg>|<[^>]+>", " ", inside, flags=re.DOTALL)


def worded(instrument: Instrument) -> Instrument:
    """A structure with invented words."""
    items = (
        replace(
            item,
            text=f"Invented question {item.id}?",
            options=tuple(replace(one, label=f"Answer {one.value}") for one in item.options),
        )
        for item in instrument.items
    )
    return replace(instrument, items=tuple(items))


def sentences(instrument: Instrument, example: Example) -> list[str]:
    """What the page says of the case in words: the gist, each row and the letter."""
    result = a_result(instrument, dict(example.answers), context=dict(example.context))
    page = summary_of(result)
    rows = [
        f"{row.name} {row.score} {row.out_of} {row.in_words}" if row.score else row.in_words
        for table in page.measures
        for row in table.rows
    ]
    return [gist_of(result), *rows, page.letter]


@pytest.mark.parametrize(("instrument", "example"), CASES)
def test_a_worked_case_reads_whole(instrument: Instrument, example: Example) -> None:
    words = written(instrument, example)
    assert not re.search(r"\bNone\b(?! of the time)(?!/minimal)", words)
    assert instrument.measures in words
    for sentence in sentences(instrument, example):
        assert not EMPTY_WORDS.search(sentence), sentence
    assert all(sentences(instrument, example)[1:-1]), "a row without words"


@pytest.mark.parametrize(("instrument", "example"), CASES)
def test_a_complete_form_never_looks_as_if_it_had_no_score(
    instrument: Instrument, example: Example
) -> None:
    words = written(instrument, example).lower()
    refusals = ("no score", "no total", "not scored", "no result", "not answered")
    if score(instrument, dict(example.answers), dict(example.context)).is_complete:
        assert [said for said in refusals if said in words] == []
    elif example.status == "incomplete":
        assert any(said in words for said in refusals)


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_structure_that_a_site_brought_words_for_reads_whole_too(name: str) -> None:
    instrument = worded(every()[name])
    answers = {item.id: item.highest for item in instrument.items if item.options}
    page = summary_of(a_result(instrument, answers))
    rows = [row for table in page.measures for row in table.rows]
    assert rows
    assert [row.name for row in rows if not row.in_words] == []
    for said in (page.letter, *(row.in_words for row in rows)):
        assert "None" not in said
        assert not EMPTY_WORDS.search(said), said
        assert "no score" not in said and "not scored" not in said
