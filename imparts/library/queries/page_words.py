"""The languages in which the tablet can be handed over, and what its pages say in each.

A language is on offer when everything that a patient reads is here in it and signed: the pages'
words, what patients are told after item 9, and the whole core of the pack. Less would mix languages
or leave the question about self-harm unasked (hazard H1).
"""

from datetime import date

from imparts.library.models import ContentVersion
from imparts.library.queries.in_force import NothingInForce, patient_texts_for
from imparts.library.queries.offering import instruments_for
from imparts.library.queries.reading import page_words_of
from imparts.library.queries.standing import why_not_offered, with_standing
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import core_left_out

ENGLISH = "en"


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
