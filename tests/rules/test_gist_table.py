"""The gist, case by case: gist_cases.toml is a table that a clinician can read and add to."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.summary.gist import gist
from imparts.rules.summary.words import read_gist_words
from tests.rules.gist_words import FILE, WORDS
from tests.rules.reference_instruments import every
from tests.rules.test_summary import Earlier, Measure, MeasuredPart, measured

TODAY, JUNE = date(2026, 11, 17), date(2026, 6, 16)
CASES = tomllib.loads((Path(__file__).parent / "gist_cases.toml").read_text("utf-8"))["cases"]
NEVER = ("high risk", "low risk", "suicid", "no thoughts", " he ", " she ", " his ", " her ",
         "10 a day")  # fmt: skip


@dataclass(frozen=True)
class Beside:
    """A measure of the body that has moved."""

    name: str
    word: str
    since: date


def _measure(one: dict[str, Any]) -> Measure:
    """ "2 1 - ." is two answers, one declined and one not reached."""
    instrument = every()[one["id"]]
    if "reliable" in one:
        instrument = replace(instrument, reliable_change=one["reliable"])
    given = one["answers"].split()
    made = measured(instrument, *(None if g in "-." else int(g) for g in given))
    answers = [replace(a, declined=g == "-") for a, g in zip(made.answers, given, strict=True)]
    since = one.get("since", JUNE)
    before = Earlier(since, Decimal(str(one["before"]))) if "before" in one else None
    parts = tuple(MeasuredPart(part.part, before) for part in made.parts)
    return replace(
        made, answers=tuple(answers), before=before, parts=parts, is_first=one.get("first", False)
    )


def said(case: dict[str, Any]) -> str:
    """The gist of one case."""
    measures = [_measure(one) for one in case["measures"]]
    beside = [Beside(b["name"], b["word"], b.get("since", JUNE)) for b in case.get("beside", ())]
    return "".join(p.text for p in gist(measures, on=TODAY, words=WORDS, beside=beside))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_gist_says_what_the_table_says(case: dict[str, Any]) -> None:
    words = said(case)
    assert words == case["says"]
    assert not [never for never in NEVER if never in f" {words.lower()} ".replace("or fewer", "")
                if never != "10 a day" or "10 a day" in words]  # fmt: skip


def test_the_table_has_at_least_sixty_cases_with_names_of_their_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


def test_another_word_in_the_file_is_another_word_in_the_gist() -> None:
    text = FILE.read_text("utf-8").replace(", about the same", ", much as before")
    words = read_gist_words(text)
    one = _measure({"id": "gad7", "answers": "2 2 2 2 1 1 1", "before": 8})
    assert "much as before" in "".join(p.text for p in gist([one], on=TODAY, words=words))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('not_reached = "not reached"\n', "", "not_reached is missing"),
        ("than {when}", "than {month}", "than holds braces that cannot be filled in"),
        ('told_when = ["flagged", "moved"]', 'told_when = ["liked"]', "not liked"),
        ("near_days = 45", 'near_days = "45"', "near_days must be a whole number"),
        ('first_time = "First time here."', 'first_time = "First {x}."', "nothing in braces"),
        ("[together]", 'so = "what"\n[together]', "so is not a key that is known here"),
        ("next_review = 2027-11-22", "next_review = 2026-01-01", "not after the last one"),
    ],
)
def test_a_wrong_file_of_words_is_refused_in_a_sentence(old: str, new: str, why: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    with pytest.raises(ContentRefused, match=why):
        read_gist_words(text.replace(old, new))
