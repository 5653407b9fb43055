"""Answers in words: what was answered to a question of a form, as its author words it."""

from collections.abc import Iterable
from decimal import Decimal

from imparts.rules.forms.definition import FormItem, FormOption
from imparts.rules.forms.entries import in_words
from imparts.rules.forms.values import Quantity, Value


def answers_in_words(item: FormItem, values: Iterable[Value], language: str = "") -> str:
    """Everything that was answered, in the words of the options chosen."""
    return "; ".join(answer_in_words(item, value, language) for value in values)


def answer_in_words(item: FormItem, value: Value, language: str = "") -> str:
    """One answer; a number with the unit that its question names."""
    option = item.option(value)
    if option is not None:
        return option_in_words(option, language)
    words = in_words(value)
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    unit = item.unit
    if is_number and unit is not None and not isinstance(value, Quantity):
        return f"{words} {unit.words}"
    return words


def option_in_words(option: FormOption, language: str = "") -> str:
    """An option as it is offered, with the mark that its author gave it, such as "a)"."""
    words = option.words(language)
    return f"{option.prefix} {words}" if option.prefix else words
