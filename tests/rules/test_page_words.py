"""The tablet's own words in another language: whole, named, dated, or refused (hazard H6)."""

from datetime import date
from typing import Any

import pytest
import tomli_w

from imparts.rules.content import ContentRefused
from imparts.rules.page_words import PageWords, read_page_words

SENTENCES = ("Continue", "Question {number} of {of}", "Thank you")


def read(**changed: Any) -> PageWords:
    """A whole file, after changes; None takes a key out."""
    whole: dict[str, Any] = {
        "language": "cy", "name": "Cymraeg", "direction": "ltr", "version": "1",
        "authority": "Invented authority", "dated": date(2026, 1, 1), "source": "Invented.",
        "words": {
            "Continue": "Invented on", "Question {number} of {of}": "{of}, {number}",
            "Thank you": "<b>Invented</b>",
        },
    }  # fmt: skip
    values = {key: value for key, value in (whole | changed).items() if value is not None}
    return read_page_words(tomli_w.dumps(values), SENTENCES)


def test_a_whole_file_says_each_sentence() -> None:
    words = read()
    assert words.said("Continue") == "Invented on"
    assert (words.language, words.name, words.dated) == ("cy", "Cymraeg", date(2026, 1, 1))


def test_markup_is_kept_as_text_for_the_page_to_escape() -> None:
    assert read().said("Thank you") == "<b>Invented</b>"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"authority": None}, "authority is missing"),
        ({"authority": " "}, "authority is empty"),
        ({"dated": None}, "dated is missing"),
        ({"dated": "last year"}, "dated must be a day like 2026-11-21"),
        ({"source": None}, "source is missing"),
        ({"direction": "up"}, "direction is 'up'; it must be one of ltr, rtl"),
        ({"language": "en"}, "the pages are in English already; name another language"),
        ({"language": "en-GB"}, "the pages are in English already; name another language"),
        ({"words": {"Continue": "a"}}, '"Question {number} of {of}" and 1 more are not translated'),
        ({"reviewer": "me"}, "reviewer is not a key that is known here"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ContentRefused) as refused:
        read(**changed)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Cwestiwn", "the gaps of"),
        ("{number} {of} {secret}", "the gaps of"),
        ("{number", "has a bracket that does not close"),
        ("{number.real} {of}", "the gaps of"),
        ("{number!r} {of}", "may hold gaps such as {number} and nothing more"),
        ("{number:>9999999999} {of}", "may hold gaps such as {number} and nothing more"),
        ("", "is empty"),
    ],
)
def test_the_gaps_of_a_translation_are_those_of_the_sentence(said: str, sentence: str) -> None:
    words = {"Continue": "a", "Thank you": "b", "Question {number} of {of}": said}
    with pytest.raises(ContentRefused) as refused:
        read(words=words)
    assert sentence in str(refused.value)


def test_a_sentence_that_no_page_says_is_refused() -> None:
    words = {"Continue": "a", "Thank you": "b", "Question {number} of {of}": "{number}{of}"}
    with pytest.raises(ContentRefused, match='"Go" is no sentence of the pages'):
        read(words=words | {"Go": "c"})
