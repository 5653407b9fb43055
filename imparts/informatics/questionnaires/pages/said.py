"""Said: answers to a form in the language of the page, and what is wrong with an answer.

The sentences of rules/forms stand here once more, so that they are gathered for translators; a test
fails when one is missing.
"""

from collections.abc import Iterable
from datetime import date, datetime

from imparts.design.spoken import say, say_day, to_say
from imparts.rules.forms.answer_words import answer_in_words, option_in_words
from imparts.rules.forms.definition import FormItem, FormOption
from imparts.rules.forms.entries import EntryRefused
from imparts.rules.forms.values import Value

REFUSALS = (
    to_say("Answer yes or no."),
    to_say("Give a number, such as 3.5."),
    to_say("Give a whole number, such as 3."),
    to_say("Give a day, such as 31 1 2026."),
    to_say("Give a day and a time."),
    to_say("Give a time, such as 14:30."),
    to_say("Give a number with its unit."),
    to_say("Choose one of the answers."),
    to_say("Choose one of the answers on this page."),
    to_say("Choose one of the answers, or write your own."),
    to_say("Write your own answer, or choose another one."),
    to_say("Choose the unit of your number."),
    to_say("This is not a question that can be answered here."),
    to_say("Use at most {longest} characters; this has {number}."),
    to_say("Write a text."),
    to_say("Use at least {least} characters."),
    to_say("Take out the characters that cannot be shown."),
    to_say("Give an address without spaces, such as https://www.nhs.uk."),
    to_say("Write it in the form that is asked for."),
    to_say("Write it in the form that is asked for, such as {hint}."),
    to_say("Give a number of at most {most} digits."),
    to_say("Give at most 1 digit after the point."),
    to_say("Give at most {most} digits after the point."),
    to_say("Choose one of these units: {units}."),
    to_say("Give a number between {least} and {most}."),
    to_say("Give a number from {least} on."),
    to_say("Give a number up to {most}."),
    to_say("Give a day between {least} and {most}."),
    to_say("Give a day from {least} on."),
    to_say("Give a day up to {most}."),
    to_say("Give one answer."),
    to_say("Give at most {most} answers; these are {number}."),
    to_say("Give at least {least} answers; these are {number}."),
    to_say("Choose each answer once."),
    to_say("“{answer}” cannot be chosen together with other answers."),
)


def say_refused(refused: EntryRefused, item: FormItem, language: str) -> str:
    """What is wrong with an answer, without the full stop that other errors do not have."""
    facts = {name: _fact(item, fact, language) for name, fact in refused.facts.items()}
    return say(refused.sentence, **facts).rstrip(".")


def say_answers(item: FormItem, values: Iterable[Value], language: str) -> str:
    """Everything that was answered to one question."""
    return "; ".join(say_answer(item, value, language) for value in values)


def say_answer(item: FormItem, value: Value, language: str) -> str:
    """One answer, in the words of its option, else as a person writes it."""
    if item.option(value) is None:
        if isinstance(value, bool):
            return say("Yes") if value else say("No")
        if isinstance(value, datetime):
            return f"{say_day(value.date())}, {value:%H:%M}"
        if isinstance(value, date):
            return say_day(value)
    return answer_in_words(item, value, language)


def _fact(item: FormItem, fact: Value | FormOption, language: str) -> str:
    if isinstance(fact, FormOption):
        return option_in_words(fact, language)
    return say_answer(item, fact, language)
