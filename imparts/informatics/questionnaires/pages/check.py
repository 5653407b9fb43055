"""Check your answers: everything given, part by part, nothing folded away, no score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import slugify

from imparts.design.spoken import language, say, to_say
from imparts.informatics.questionnaires.pages.frame import Bar, Look
from imparts.informatics.questionnaires.pages.said import say_answers
from imparts.rules.packs.asking import NO_FORMS

if TYPE_CHECKING:
    from imparts.rules.forms.screens import Screen
    from imparts.rules.instruments.definition import Instrument
    from imparts.rules.packs.asking import Forms, Given, Question
    from imparts.rules.packs.forms import FormToAsk

NOT_GIVEN = to_say("You chose not to answer")
NOT_ASKED_YET = to_say("Not answered yet")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One question and what was answered."""

    id: str
    item: str
    answer: str
    change: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class CheckPart:
    """One part of the questions, in the order asked, with its instruments' notices of rights."""

    id: str
    name: str
    heading: str
    rows: tuple[CheckRow, ...]
    notices: tuple[str, ...]

    @property
    def count(self) -> str:
        """How many were answered, in words."""
        answered = sum(row.is_answered for row in self.rows)
        return say("{answered} of {asked}", answered=answered, asked=len(self.rows))


@dataclass(frozen=True, slots=True)
class CheckPage:
    """All answers, and the button that sends them."""

    look: Look
    bar: Bar
    parts: tuple[CheckPart, ...]
    submission_id: str

    @property
    def not_answered(self) -> tuple[CheckRow, ...]:
        """The questions without an answer, whether declined or not reached."""
        return tuple(row for part in self.parts for row in part.rows if not row.is_answered)


def parts_of(
    questions: "tuple[Question, ...]",
    given: "Mapping[str, Mapping[str, Given]]",
    instruments: "Mapping[str, Instrument]",
    forms: "Forms" = NO_FORMS,
) -> tuple[CheckPart, ...]:
    """Lay the questions out by part, each with its answer in the instrument's own words."""
    return tuple(
        _part(name, tuple(asked), given, instruments, forms)
        for name, asked in groupby(questions, key=lambda question: question.part)
    )


def row_id(instrument: str, item: str) -> str:
    """Where one row stands on the page, so that one comes back to it after changing an answer."""
    return f"{instrument}-{item}"


def _part(
    name: str,
    asked: "tuple[Question, ...]",
    given: "Mapping[str, Mapping[str, Given]]",
    instruments: "Mapping[str, Instrument]",
    forms: "Forms",
) -> CheckPart:
    keys = dict.fromkeys(question.instrument for question in asked)
    used = [instruments[key] for key in keys if key in instruments]
    recalls = {instrument.recall for instrument in used}
    recall = recalls.pop() if len(recalls) == 1 else ""
    return CheckPart(
        id=f"part-{slugify(name)}",
        name=name,
        heading=_heading(name, recall),
        rows=tuple(_row(q, given.get(q.instrument, {}).get(q.item.id)) for q in asked),
        notices=(*_notices(used), *_copyrights(forms[key] for key in keys if key in forms)),
    )


def _notices(used: "Iterable[Instrument]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.rights.notice for i in used if i.rights.notice))


def _copyrights(asked: "Iterable[FormToAsk]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.form.copyright for one in asked if one.form.copyright))


def _heading(name: str, recall: str) -> str:
    """In English with the time asked about; other languages say it in the questions themselves."""
    has_time = recall.startswith(("last", "past")) and language() == "en-GB"
    return f"{name}, over the {recall}" if has_time else name


def _row(question: "Question", given: "Given | None") -> CheckRow:
    address = reverse("tablet-question", args=question.address)
    is_answered = given is not None and given.is_answered
    return CheckRow(
        id=row_id(*question.address),
        item=_asked(question),
        answer=_in_words(question, given),
        change=f"{address}?change=1",
        is_answered=is_answered,
    )


def _in_words(question: "Question", given: "Given | None") -> str:
    if given is None or not given.is_settled:
        return say(NOT_ASKED_YET)
    if given.declined:
        return say(NOT_GIVEN)
    if question.screen is not None:
        return _in_words_of_form(question.screen, given)
    if given.value is not None:
        return question.item.label(given.value)
    return "; ".join(str(one) for one in given.entered or ())


def _in_words_of_form(screen: "Screen", given: "Given") -> str:
    if screen.asks_for_another:
        return say("{number} in all", number=screen.times)
    return say_answers(screen.item, given.entered or (), screen.language)


def _asked(question: "Question") -> str:
    """What was asked; of a group that is filled in again, also which time it was."""
    screen = question.screen
    if screen is None or not screen.times:
        return question.item.text
    if screen.asks_for_another:
        return screen.text or say("Is there another one to add?")
    return f"{screen.time}. {question.item.text}"
