"""The words of the tablet's own pages ("Continue", "Check your answers") in another language.

English stands in the pages themselves. Another language is a file of its own: every sentence of the
pages with its translation, who made or approved it and when. A file that leaves one sentence out is
refused, because a page never mixes languages.
"""

import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from imparts.rules.content import Table, one_of, read_toml

DIRECTIONS = ("ltr", "rtl")
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class PageWords:
    """One language of the tablet's pages, whole."""

    language: str  # BCP 47: cy, ar, pa-Arab
    name: str  # as its speakers write it
    direction: str  # ltr or rtl
    version: str
    authority: str  # who made or approved this text
    dated: date
    source: str
    words: Mapping[str, str]

    def said(self, sentence: str) -> str:
        """One sentence of the pages in this language."""
        return self.words[sentence]


def read_page_words(text: str, sentences: Collection[str]) -> PageWords:
    """Read one file of page words; raises ContentRefused with a sentence.

    `sentences` are all that the pages say, in English.
    """
    table = read_toml(text, "page words")
    words = table.table("words")
    found = PageWords(
        language=table.words("language"),
        name=table.words("name"),
        direction=one_of(table, "direction", DIRECTIONS),
        version=table.words("version"),
        authority=table.words("authority"),
        dated=table.day("dated"),
        source=table.words("source"),
        words={sentence: words.words(sentence) for sentence in words.names_left()},
    )
    table.end()
    if found.language.split("-")[0] == ENGLISH:
        raise table.refuse("the pages are in English already; name another language")
    _refuse_other_sentences(words, found.words, sentences)
    for sentence, said in found.words.items():
        _refuse_other_gaps(words, sentence, said)
    return found


def _refuse_other_sentences(
    table: Table, words: Mapping[str, str], sentences: Collection[str]
) -> None:
    left_out = [sentence for sentence in sentences if sentence not in words]
    if left_out:
        raise table.refuse(
            f'"{left_out[0]}" and {len(left_out) - 1} more are not translated'
            if len(left_out) > 1
            else f'"{left_out[0]}" is not translated'
        )
    unknown = [sentence for sentence in words if sentence not in sentences]
    if unknown:
        raise table.refuse(f'"{unknown[0][:60]}" is no sentence of the pages')


def _refuse_other_gaps(table: Table, sentence: str, said: str) -> None:
    """The gaps, such as {number}, are the same in both; else a page would show a bare bracket."""
    if _gaps(table, sentence) != _gaps(table, said):
        raise table.refuse(f'the gaps of "{sentence}" and of its translation are not the same')


def _gaps(table: Table, sentence: str) -> set[str]:
    try:
        parts = list(string.Formatter().parse(sentence))
    except ValueError:
        raise table.refuse(f'"{sentence[:60]}" has a bracket that does not close') from None
    if any(form or conversion for _, _, form, conversion in parts):
        raise table.refuse(f'"{sentence[:60]}" may hold gaps such as {{number}} and nothing more')
    return {name for _, name, _, _ in parts if name is not None}
