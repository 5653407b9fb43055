"""Suspects: questions that may ask about harm to self or others, found by their words and codes.

This is a proposal and no judgement: a named person looks at each (hazard H1). The list of words is
a project rule [P]; it would rather list ten questions too many than miss one.
"""

import re
from collections.abc import Iterator

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.reading.notes import Notes

# PHQ-9, item 9: the one code of such an item that our clinical reference has verified.
LOINC_CODES = frozenset({"44260-8"})

# [P] Parts of words that speak of death, violence or danger wherever they stand ...
STEMS = (
    "suicid", r"self[- ]?(harm|injur|poison|mutilat)", r"\bharm", "kill", "murder",
    r"\bdie\b", r"\bdied\b", r"\bdying\b", r"\bdead\b", r"\bdeath", r"overdos", "violen", "weapon",
    r"\bgun\b", r"\bknife", r"\bknives", "assault", r"\babus", "threat", "injur", "unsafe",
    r"\bsafe\b", "attack", r"\b(hurt|hit|kick|punch|slap)\w*( or \w+)? you\b",
)  # fmt: skip
# [P] ... and those that do so together with a person or a life.
PAIRS = (
    (r"\b(hurt|cut|burn|hit|punch|poison|strangl|chok|beat)", r"\b(\w*sel(f|ves)|some(one|body)"
     r"|any(one|body)|others?|people|person|child|baby|partner)\b"),
    (r"\b(end|ending|ended|take|taking|took|lose)\b", r"\b(life|lives|it all|everything)\b"),
    (r"\b(life|living|alive|live|go on|wake up)\b",
     r"\b(worth|not|never|without|point|better off|wish|want)\b|n't\b"),
    (r"\b(better off|wish)", r"\b(without|gone|not here|never|asleep|dead)"),
    (r"\b(harm|hurt)", r"\b(baby|child|son|daughter)"),
)  # fmt: skip

_STEMS = re.compile("|".join(STEMS), re.IGNORECASE)
_PAIRS = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE)) for one, other in PAIRS
)


def harm_suspects(form: Form, notes: Notes) -> tuple[str, ...]:
    """The link ids of every question that may ask about harm, in order.

    The words are English. Of a form without English words, every question is listed.
    """
    english = _english_words(form)
    if english is None:
        notes.warn(
            "", "language", "the words that tell of harm are looked for in English only; this form "
            "has no English text, so every question is listed for a person to look at",
        )  # fmt: skip
    return tuple(
        item.link_id
        for item in form.all_items
        if item.is_question and (english is None or _may_ask(form, item, english))
    )


def _english_words(form: Form) -> str | None:
    """The language in which to look for words; None when the form has no English ones."""
    return next((tag for tag in form.languages if tag.lower().split("-")[0] == "en"), None)


def _may_ask(form: Form, item: FormItem, language: str) -> bool:
    if item.says_harm or any(code.code in LOINC_CODES for code in item.codes):
        return True
    return any(speaks_of_harm(text) for text in _texts(form, item, language))


def speaks_of_harm(text: str) -> bool:
    """Whether a text may speak of harm."""
    text = text.replace("\u2019", "'")
    if _STEMS.search(text):
        return True
    return any(one.search(text) and other.search(text) for one, other in _PAIRS)


def _texts(form: Form, item: FormItem, language: str) -> Iterator[str]:
    """What a patient reads for a question: the texts around it too, since they may ask it."""
    yield item.words(language)
    yield from (item.help, item.lower, item.upper)
    yield from (code.display for code in item.codes)
    yield from (option.words(language) for option in item.options)
    yield from (under.words(language) for under in item.items if under.type == "display")
    above = form.parents[item.link_id]
    while above:
        around = form.by_id[above]
        yield around.words(language)
        yield from (one.words(language) for one in around.items if one.type == "display")
        above = form.parents[above]
