"""Whether an answer may be given at all, and the sentence to say when it may not."""

from collections.abc import Mapping
from typing import Any

from imparts.rules.instruments.definition import Instrument, Item

LONGEST_TEXT = 5000


class AnswerRefused(ValueError):
    """An answer that this instrument does not have; the message says which answers it has."""


def check_answer(instrument: Instrument, item_id: str, value: object) -> None:
    """Refuse an unknown item, a wrong type and a value that is not one of the options.

    None means "not answered" and is always allowed.
    """
    item = instrument.by_id.get(item_id)
    if item is None:
        raise AnswerRefused(_unknown_item(instrument, item_id))
    if value is None:
        return
    if item.free_text:
        _check_text(instrument, item, value)
        return
    if type(value) is not int:
        raise AnswerRefused(
            f"{item_id} is {_shown(value)}; {instrument.id} answers are whole numbers"
        )
    if item.option(value) is None:
        raise AnswerRefused(_out_of_range(instrument, item, value))


def check_answers(instrument: Instrument, answers: Mapping[str, Any]) -> None:
    """Check every answer of a form."""
    for item_id, value in answers.items():
        check_answer(instrument, item_id, value)


def _unknown_item(instrument: Instrument, item_id: str) -> str:
    known = ", ".join(item.id for item in instrument.items)
    return f"{_shortened(item_id)} is not an item of {instrument.id}; its items are {known}"


def _check_text(instrument: Instrument, item: Item, value: object) -> None:
    if not isinstance(value, str):
        raise AnswerRefused(f"{item.id} is {_shown(value)}; this answer of {instrument.id} is text")
    if len(value) > LONGEST_TEXT:
        raise AnswerRefused(f"{item.id} is longer than {LONGEST_TEXT} characters")


def _out_of_range(instrument: Instrument, item: Item, value: int) -> str:
    values = sorted(option.value for option in item.options)
    if values == list(range(values[0], values[-1] + 1)):
        allowed = f"run from {values[0]} to {values[-1]}"
    else:
        allowed = f"are {', '.join(str(number) for number in values[:-1])} or {values[-1]}"
    others = ({option.value for option in other.options} for other in instrument.scored_items)
    same_for_all = all(other == set(values) for other in others)
    of_what = instrument.id if same_for_all else f"{instrument.id} {item.id}"
    return f"{item.id} is {_shown(value)}; {of_what} answers {allowed}"


def _shown(value: object) -> str:
    """A wrong value as its author wrote it, never longer than a line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_shortened(value)}"'
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    if isinstance(value, int) and abs(value) > 10**15:
        return "a very large number"
    return str(value)


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
