"""The languages in which the tablet can be handed over, and what its pages say in each.

A language is on offer when everything that a patient reads is here in it and signed: the pages'
words, what patients are told after item 9, and the whole core of the pack. Less would mix languages
or leave the question about self-harm unasked (hazard H1).
"""

import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import imparts.content
from imparts.library.models import ContentVersion
from imparts.library.queries.in_force import NothingInForce, patient_texts_for
from imparts.library.queries.offering import instruments_for
from imparts.library.queries.standing import why_not_offered, with_standing
from imparts.rules.content import ContentRefused
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import core_left_out
from imparts.rules.page_words import PageWords, read_page_words

ENGLISH = "en"


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence that the pages of this version of the program say, in English."""
    path = Path(imparts.content.__file__).parent / "page_words" / "english.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["sentences"])


def page_words_version(language: str, *, on: date) -> int | None:
    """The newest version of the pages' words in a language that may be shown; None for English.

    Words that were whole for an older version of the program and lack a sentence of this one are
    passed over: a page never mixes languages.
    """
    versions = with_standing().filter(kind=ContentVersion.Kind.PAGE_WORDS, key=language)
    for content in versions.order_by("-id"):
        if why_not_offered(content, on=on) is None and page_words_of(content.pk):
            return content.pk
    return None


@lru_cache(maxsize=64)
def page_words_of(content_id: int) -> PageWords | None:
    """The words of one version; None when they are not whole for this version of the program."""
    body = ContentVersion.objects.values_list("body", flat=True).get(pk=content_id)
    try:
        return read_page_words(body, sentences())
    except ContentRefused:
        return None


def languages_on_offer(pack: Pack, nation: str, *, on: date) -> dict[str, str]:
    """The languages in which a pack can be answered on a day, each as its speakers write it."""
    found = {ENGLISH: "English"}
    rows = ContentVersion.objects.filter(kind=ContentVersion.Kind.PAGE_WORDS)
    for language in rows.order_by("key").values_list("key", flat=True).distinct():
        version = page_words_version(language, on=on)
        words = page_words_of(version) if version else None
        if words and _is_whole(pack, nation, language, on=on):
            found[language] = words.name
    return found


def _is_whole(pack: Pack, nation: str, language: str, *, on: date) -> bool:
    try:
        patient_texts_for(nation, language=language, on=on)
    except NothingInForce:
        return False
    return not core_left_out(pack, instruments_for(pack, language=language, on=on))
