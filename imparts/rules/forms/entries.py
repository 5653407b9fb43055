"""Entries: whether an answer may be given to a question of a form, and what to say when not.

The sentences are read by the person who answers, so they say what is expected and not what a
computer calls it.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from imparts.rules.forms.definition import FormItem, FormOption
from imparts.rules.forms.enabling import comparable, size_of
from imparts.rules.forms.patterns.matching import pattern
from imparts.rules.forms.reading.values_reader import takes
from imparts.rules.forms.values import Coding, Quantity, Value

LONGEST_TEXT = 5000
MOST_DIGITS = 15
LARGEST_INTEGER = 2**31 - 1

_KINDS = {
    "boolean": "Answer yes or no.",
    "decimal": "Give a number, such as 3.5.",
    "integer": "Give a whole number, such as 3.",
    "date": "Give a day, such as 31 1 2026.",
    "dateTime": "Give a day and a time.",
    "time": "Give a time, such as 14:30.",
    "quantity": "Give a number with its unit.",
    "choice": "Choose one of the answers.",
    "open-choice": "Choose one of the answers, or write your own.",
}


class EntryRefused(ValueError):
    """An answer that a question does not take; the message says how to mend it.

    The sentence and its facts are kept apart, so that a page can say it in another language.
    """

    def __init__(self, sentence: str, **facts: Value | FormOption) -> None:
        self.sentence, self.facts = sentence, facts
        said = {name: in_words(fact) for name, fact in facts.items()}
        super().__init__(sentence.format(**said) if facts else sentence)


def check_entry(item: FormItem, values: Iterable[Value]) -> None:
    """Refuse answers that a question does not take. No answer at all is always allowed.

    Leaving a question out is a person's right, also where its author called it required; whether
    enough was answered is said by the result.
    """
    given = tuple(values)
    if not given:
        return
    if not item.may_be_asked:
        raise EntryRefused("This is not a question that can be answered here.")
    for value in given:
        _check_kind(item, value)
        _check_offered(item, value)
        _check_text(item, value)
        _check_number(item, value)
        _check_bounds(item, value)
    _check_count(item, given)


def _check_kind(item: FormItem, value: Value) -> None:
    if not takes(item.type, value):
        raise EntryRefused(_KINDS.get(item.type, "Write a text."))


def _check_offered(item: FormItem, value: Value) -> None:
    if item.type not in ("choice", "open-choice", "reference") or item.option(value) is not None:
        return
    if item.type == "open-choice" and isinstance(value, str):
        return
    raise EntryRefused(_KINDS.get(item.type, "Choose one of the answers."))


def _check_text(item: FormItem, value: Value) -> None:
    if not isinstance(value, str) or item.option(value) is not None:
        return
    longest = min(item.max_length or LONGEST_TEXT, LONGEST_TEXT)
    if len(value) > longest:
        raise EntryRefused(
            "Use at most {longest} characters; this has {number}.",
            longest=longest, number=len(value),
        )  # fmt: skip
    if not value.strip():
        raise EntryRefused("Write a text.")
    if len(value.strip()) < (item.min_length or 0):
        raise EntryRefused("Use at least {least} characters.", least=item.min_length or 0)
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise EntryRefused("Take out the characters that cannot be shown.")
    if item.type == "url" and any(letter.isspace() for letter in value):
        raise EntryRefused("Give an address without spaces, such as https://www.nhs.uk.")
    if item.regex and not pattern(item.regex).fits(value):
        raise _not_as_asked(item)


def _not_as_asked(item: FormItem) -> EntryRefused:
    if not item.entry_format:
        return EntryRefused("Write it in the form that is asked for.")
    said = "Write it in the form that is asked for, such as {hint}."
    return EntryRefused(said, hint=item.entry_format)


def _check_number(item: FormItem, value: Value) -> None:
    number = value.value if isinstance(value, Quantity) else value
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        return
    if isinstance(number, int):
        if abs(number) > LARGEST_INTEGER:
            raise EntryRefused(
                "Give a number between {least} and {most}.",
                least=-LARGEST_INTEGER, most=LARGEST_INTEGER,
            )  # fmt: skip
        return
    if not number.is_finite():
        raise EntryRefused(_KINDS["decimal"])
    _, digits, exponent = number.normalize().as_tuple()
    if len(digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise EntryRefused("Give a number of at most {most} digits.", most=MOST_DIGITS)
    places = max(-int(exponent), 0)
    if item.max_decimals is not None and places > item.max_decimals:
        raise _too_many_decimals(item.max_decimals)
    if isinstance(value, Quantity):
        _check_unit(item, value)


def _too_many_decimals(most: int) -> EntryRefused:
    if most == 0:
        return EntryRefused(_KINDS["integer"])
    if most == 1:
        return EntryRefused("Give at most 1 digit after the point.")
    return EntryRefused("Give at most {most} digits after the point.", most=most)


def _check_unit(item: FormItem, value: Quantity) -> None:
    offered = [unit.name for unit in item.units]
    if offered and value.measure not in offered:
        named = ", ".join(unit.words for unit in item.units[:8])
        raise EntryRefused("Choose one of these units: {units}.", units=named)


def _check_bounds(item: FormItem, value: Value) -> None:
    if item.min is not None and comparable(value, item.min) and size_of(value) < size_of(item.min):
        raise _out_of_bounds(item)
    if item.max is not None and comparable(value, item.max) and size_of(value) > size_of(item.max):
        raise _out_of_bounds(item)


def _out_of_bounds(item: FormItem) -> EntryRefused:
    is_day = item.type in ("date", "dateTime")
    if item.min is not None and item.max is not None:
        said = "Give a day between {least} and {most}."
        said = said if is_day else "Give a number between {least} and {most}."
        return EntryRefused(said, least=item.min, most=item.max)
    if item.min is not None:
        said = "Give a day from {least} on." if is_day else "Give a number from {least} on."
        return EntryRefused(said, least=item.min)
    assert item.max is not None
    said = "Give a day up to {most}." if is_day else "Give a number up to {most}."
    return EntryRefused(said, most=item.max)


def _check_count(item: FormItem, values: tuple[Value, ...]) -> None:
    number = len(values)
    if number > 1 and not item.repeats:
        raise EntryRefused("Give one answer.")
    if item.max_occurs is not None and item.repeats and number > item.max_occurs:
        raise EntryRefused(
            "Give at most {most} answers; these are {number}.", most=item.max_occurs, number=number
        )
    if item.min_occurs is not None and item.repeats and number < item.min_occurs:
        raise EntryRefused(
            "Give at least {least} answers; these are {number}.",
            least=item.min_occurs, number=number,
        )  # fmt: skip
    chosen = [option for value in values if (option := item.option(value)) is not None]
    if len(chosen) != len({id(option) for option in chosen}):
        raise EntryRefused("Choose each answer once.")
    _check_exclusive(chosen, number)


def _check_exclusive(chosen: list[FormOption], given: int) -> None:
    for option in chosen:
        if option.is_exclusive and given > 1:
            raise EntryRefused(
                "“{answer}” cannot be chosen together with other answers.", answer=option
            )


def in_words(value: Value | FormOption) -> str:
    """A value as a person writes it."""
    write = _IN_WORDS.get(type(value))
    return write(value) if write else str(value)


def _day(value: Any) -> str:
    return f"{value.day} {value:%B} {value.year}"


def _number(value: Any) -> str:
    return format(value.normalize(), "f")


_IN_WORDS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "Yes" if value else "No",
    Decimal: _number,
    date: _day,
    datetime: lambda value: f"{_day(value)}, {value:%H:%M}",
    time: lambda value: f"{value:%H:%M}",
    Coding: lambda value: value.words,
    FormOption: lambda value: value.label,
    Quantity: lambda value: f"{_number(value.value)} {value.unit}".strip(),
}
