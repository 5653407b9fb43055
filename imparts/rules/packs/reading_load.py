"""Reading load: how many words a patient reads, how hard they are, and which question is longest.

The grade is that of Flesch and Kincaid (1975): 0.39 words a sentence + 11.8 syllables a word
- 15.59. It was made for running text in American schools; questions are short and lack verbs, so
it is an estimate and a page says so. Syllables are counted at the places where a word may be
divided. The wording of an instrument is not ours to change: a pack that is hard to read is mended
by choosing another instrument, or by offering help.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import pyphen

from imparts.rules.forms.definition import Form
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import NO_PLAIN_FORMS
from imparts.rules.packs.definition import Pack

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['\u2019][A-Za-zÀ-ÿ]+)*|\d+")
_SENTENCE = re.compile(r"[.?!:;]+(?:\s|$)")
# American divisions follow syllables; British ones follow the roots of words and find too few.
_DIVIDES = pyphen.Pyphen(lang="en_US", left=1, right=1)
_AGE_AT_GRADE_0 = 5


@dataclass(frozen=True, slots=True)
class ReadingLoad:
    """What there is to read; words that stand on several screens are counted once."""

    words: int
    sentences: int
    asked_words: int
    syllables: int
    longest: str
    longest_words: int
    longest_in: str

    @property
    def words_a_sentence(self) -> Decimal:
        """How long a sentence is on average."""
        return _tenths(self.asked_words, self.sentences)

    @property
    def grade(self) -> Decimal | None:
        """The school grade of Flesch and Kincaid, never below 0; None without words."""
        if not self.asked_words or not self.sentences:
            return None
        a_sentence = Decimal(self.asked_words) / self.sentences
        a_word = Decimal(self.syllables) / self.asked_words
        found = Decimal("0.39") * a_sentence + Decimal("11.8") * a_word - Decimal("15.59")
        return max(Decimal(0), found.quantize(Decimal("0.1")))

    @property
    def age(self) -> int | None:
        """About how old a pupil of that grade is."""
        return None if self.grade is None else round(self.grade) + _AGE_AT_GRADE_0


def reading_load(
    pack: Pack,
    instruments: Mapping[str, Instrument],
    forms: Mapping[str, Form] = NO_PLAIN_FORMS,
) -> ReadingLoad:
    """What someone reads who is asked everything."""
    return _sum(
        _of(instruments[key]) if key in instruments else _of_form(forms[key])
        for key in (ask.instrument for ask in pack.asks)
        if key in instruments or key in forms
    )


def load_of(instrument: Instrument) -> ReadingLoad:
    """What one instrument gives to read."""
    return _sum([_of(instrument)])


def load_of_form(form: Form) -> ReadingLoad:
    """What one form gives to read."""
    return _sum([_of_form(form)])


def syllables_in(text: str) -> int:
    """How many syllables a text has, about; a number is one."""
    return sum(_syllables(word) for word in _words(text))


@dataclass(frozen=True, slots=True)
class _Texts:
    """What one instrument or form says: what introduces, what asks, and what answers offer."""

    name: str
    before: tuple[str, ...]
    questions: tuple[str, ...]
    labels: tuple[str, ...]

    def asked(self) -> Iterator[tuple[str, bool]]:
        """Each text that asks or introduces, and whether it is a question."""
        yield from ((text, False) for text in self.before if text)
        yield from ((text, True) for text in self.questions if text)


def _of(instrument: Instrument) -> _Texts:
    labels = (o.label for item in instrument.items for o in item.options)
    questions = tuple(item.text for item in instrument.items)
    return _Texts(instrument.short_title, (instrument.stem,), questions, tuple(labels))


def _of_form(form: Form) -> _Texts:
    """In the form's own language: the estimate of its grade is made for English."""
    shown = [item for item in form.all_items if not item.hidden]
    return _Texts(
        name=form.title,
        before=tuple(item.text for item in shown if not item.is_question),
        questions=tuple(item.text for item in shown if item.is_question),
        labels=tuple(option.label for item in shown for option in item.options),
    )


def _sum(found: Iterable[_Texts]) -> ReadingLoad:
    words = sentences = asked_words = syllables = longest_words = 0
    longest = longest_in = ""
    for texts in found:
        for text, is_question in texts.asked():
            number = len(_words(text))
            asked_words += number
            sentences += _sentences(text)
            syllables += syllables_in(text)
            if is_question and number > longest_words:
                longest, longest_words, longest_in = text, number, texts.name
        labels = dict.fromkeys(texts.labels)
        words += sum(len(_words(label)) for label in labels if not label.isdigit())
    return ReadingLoad(
        words=words + asked_words,
        sentences=sentences,
        asked_words=asked_words,
        syllables=syllables,
        longest=longest,
        longest_words=longest_words,
        longest_in=longest_in,
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _sentences(text: str) -> int:
    return max(1, sum(1 for part in _SENTENCE.split(text) if _WORD.search(part)))


@lru_cache(maxsize=4096)
def _syllables(word: str) -> int:
    return 1 if word.isdigit() else len(_DIVIDES.positions(word.lower())) + 1


def _tenths(whole: int, parts: int) -> Decimal:
    return (Decimal(whole) / (parts or 1)).quantize(Decimal("0.1"))
