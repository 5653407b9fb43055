"""In which language a patient's page speaks: English, or another whose words have been loaded.

`say("Continue")` gives the sentence in the language of the page that is being drawn. The language
is set once, around a whole page (speaking), so that a page cannot mix two.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from imparts.rules.page_words import PageWords

_words: ContextVar[PageWords | None] = ContextVar("page_words", default=None)

# A file that translates the pages translates these too.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@contextmanager
def speaking(words: PageWords | None) -> Iterator[None]:
    """Draw a page in a language; None is English."""
    before = _words.set(words)
    try:
        yield
    finally:
        _words.reset(before)


def say(sentence: str, **facts: object) -> str:
    """One sentence of the pages in the language of this page, its gaps filled."""
    words = _words.get()
    said = words.said(sentence) if words else sentence
    return said.format(**facts) if facts else said


def to_say(sentence: str) -> str:
    """Mark a sentence that is kept in English and said later; a test gathers them."""
    return sentence


def say_day(day: date) -> str:
    """17 November 2026, the month in the language of this page."""
    return f"{day.day} {say(MONTHS[day.month - 1])} {day.year}"


def language() -> str:
    """The language of this page, for lang=."""
    words = _words.get()
    return words.language if words else "en-GB"


def direction() -> str:
    """In which direction this page is read, for dir=."""
    words = _words.get()
    return words.direction if words else "ltr"
