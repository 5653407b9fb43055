"""Entered: what somebody did on a question's page, read from its fields."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from imparts.design.spoken import say, to_say
from imparts.informatics.questionnaires.forms import CHOOSE_ONE, DECLINED, AnswerForm
from imparts.informatics.questionnaires.pages.said import say_refused
from imparts.rules.forms import typed_in as ways
from imparts.rules.forms.entries import EntryRefused, check_entry
from imparts.rules.forms.values import Value
from imparts.rules.instruments.answers import LONGEST_TEXT

if TYPE_CHECKING:
    from django.http import QueryDict

    from imparts.rules.forms.screens import Screen
    from imparts.rules.packs.asking import Question

MORE = "more"  # one more row to type into; nothing is stored yet
ADD, REMOVE, ALL = "add", "remove", "all"
CHOOSE_SOME = to_say("Choose one answer or more")
WRITE = to_say("Write your answer")
TOO_LONG = to_say("Use at most {longest} characters; this has {number}.")


@dataclass(frozen=True, slots=True)
class Entered:
    """An answer; or what is wrong with it; or something else that was asked for."""

    value: int | None = None
    entered: tuple[Value, ...] | None = None
    wrong: str = ""
    wants: str = ""


def entered_on(question: "Question", fields: "QueryDict") -> Entered:
    """What was done; neither value nor anything entered is "I would rather not answer"."""
    if question.asks_for_another:
        wanted = fields.get("a", "")
        return Entered(wants=wanted) if wanted in (ADD, REMOVE, ALL) else _wrong(CHOOSE_ONE)
    if question.screen is not None:
        return _of_form(question.screen, fields)
    if question.item.free_text:
        return _free_text(fields)
    form = AnswerForm(fields, values=[option.value for option in question.item.options])
    return Entered(form.value) if form.is_valid() else Entered(wrong=form.wrong)


def typed_on(question: "Question", fields: "QueryDict") -> dict[str, list[str]]:
    """Every field of the page as it was typed, so that it can be drawn again."""
    names = ("a", ways.WORDS)
    if question.screen is not None and not question.asks_for_another:
        names = (*names, *ways.fields_of(question.screen.item))
    return {name: fields.getlist(name) for name in names}


def rows_on(question: "Question", fields: "QueryDict") -> int:
    """How many rows to draw: those that were there, and one more when it was asked for."""
    if question.screen is None or question.asks_for_another:
        return 1
    names = ways.fields_of(question.screen.item)
    return max([len(fields.getlist(name)) for name in names], default=1) + (MORE in fields)


def _of_form(screen: "Screen", fields: "QueryDict") -> Entered:
    if DECLINED in fields.getlist("a"):
        return Entered()
    if MORE in fields:
        return Entered(wants=MORE)
    zone = timezone.get_current_timezone()
    try:
        values = ways.read_typed(screen.item, fields.getlist, zone=zone)
        check_entry(screen.item, values)
    except EntryRefused as refused:
        return Entered(wrong=say_refused(refused, screen.item, screen.language))
    return Entered(entered=values) if values else _wrong(_nothing(screen))


def _nothing(screen: "Screen") -> str:
    way = ways.way_of(screen.item)
    return {ways.ONE: CHOOSE_ONE, ways.MANY: CHOOSE_SOME}.get(way, WRITE)


def _free_text(fields: "QueryDict") -> Entered:
    text = fields.get(ways.WORDS, "").replace("\r\n", "\n").strip()
    if DECLINED in fields.getlist("a"):
        return Entered()
    if not text:
        return _wrong(WRITE)
    if len(text) > LONGEST_TEXT:
        return Entered(wrong=say(TOO_LONG, longest=LONGEST_TEXT, number=len(text)).rstrip("."))
    return Entered(entered=(text,))


def _wrong(sentence: str) -> Entered:
    return Entered(wrong=say(sentence))
