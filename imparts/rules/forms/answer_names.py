"""How a rule names an answer of a form, and whether an answer is the one that it names.

Answers are compared by their kind and never as text alone: 2 and 2.0 are one number, and 5 mg is
no 5 g. A rule is kept as JSON, so it names numbers, days and quantities as text or as a number.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from imparts.rules.forms.definition import FormItem
from imparts.rules.forms.values import Coding, Quantity, Reference, Value

_YES_NO = (("true", "Yes"), ("false", "No"))


def named_answers(item: FormItem) -> tuple[tuple[str, str], ...]:
    """The answers that a question offers: how a rule names each, and its words.

    A code stands for its answer, together with its system where two answers have the same code.
    """
    if item.type == "boolean":
        return _YES_NO
    values = [option.value for option in item.options]
    often = Counter(answer_name(value) for value in values)
    return tuple(
        (_whole_name(option.value, often), option.label or answer_name(option.value))
        for option in item.options
    )


def answer_name(value: object) -> str:
    """How a rule names one answer: a coding by its code, yes and no as true and false."""
    write = _NAMES.get(type(value))
    return write(value) if write else str(value)


def words_of(item: FormItem, named: object) -> str:
    """The words of the answer that a rule names; its name when the question offers none such."""
    name = answer_name(named)
    if item.type == "boolean":
        return dict(_YES_NO).get(name.lower(), name).lower()
    option = next((one for one in item.options if is_named(named, one.value)), None)
    return option.label or name if option else name


def is_named(named: object, value: Value) -> bool:
    """Whether a rule that names an answer so means this answer."""
    compare = _COMPARED.get(type(value))
    return compare(named, value) if compare else answer_name(named) == answer_name(value)


def read_number(named: object) -> Decimal | None:
    """The number that a rule names, as a number or as text; None when it is none."""
    if isinstance(named, bool) or not isinstance(named, int | float | Decimal | str):
        return None
    try:
        found = Decimal(str(named).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def read_quantity(named: object) -> tuple[Decimal, str] | None:
    """The number and unit that a rule names, such as "5 mg"; the unit may be left out."""
    number, _, unit = str(named).strip().partition(" ")
    found = read_number(named if isinstance(named, bool) else number)
    return None if found is None else (found, unit.strip())


def _whole_name(value: Value, often: Counter[str]) -> str:
    name = answer_name(value)
    if isinstance(value, Coding) and often[name] > 1 and value.system:
        return f"{value.system}|{value.code}"
    return name


def _same_number(named: object, value: Any) -> bool:
    return read_number(named) == Decimal(value)


def _same_truth(named: object, value: Any) -> bool:
    return answer_name(named).lower() == answer_name(value)


def _same_concept(named: object, value: Any) -> bool:
    name = answer_name(named)
    if not value.code:
        return bool(name) and name == value.display
    return name in (value.code, f"{value.system}|{value.code}")


def _same_quantity(named: object, value: Any) -> bool:
    """A rule that names no unit means the number in any unit: rather heard of than not."""
    found = read_quantity(named)
    if found is None:
        return False
    number, unit = found
    return number == value.value and unit in ("", value.unit, value.code)


def _same_moment(named: object, value: Any) -> bool:
    try:
        found = type(value).fromisoformat(str(named).strip())
        return bool(found == value)
    except ValueError:
        return False


_NAMES: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    Coding: lambda value: value.name,
    Quantity: lambda value: f"{value.value} {value.measure}".strip(),
    Reference: lambda value: value.reference or value.display,
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
}

_COMPARED: dict[type, Callable[[object, Any], bool]] = {
    bool: _same_truth,
    int: _same_number,
    Decimal: _same_number,
    Coding: _same_concept,
    Quantity: _same_quantity,
    date: _same_moment,
    datetime: _same_moment,
    time: _same_moment,
}
