"""Values: what may be answered in a form, as plain typed values, and their JSON for storage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any


class ValueRefused(ValueError):
    """A stored value that cannot be read; the message never quotes it."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A concept of a terminology. Two are the same when system and code are."""

    code: str
    system: str = ""
    display: str = ""

    @property
    def words(self) -> str:
        """What a person reads for it."""
        return self.display or self.code

    @property
    def name(self) -> str:
        """What it is told apart by; a unit by what two quantities must share to be compared."""
        return self.code or self.display

    def same_as(self, other: object) -> bool:
        """Whether both mean the same concept; a missing system is compared as missing."""
        return (
            isinstance(other, Coding)
            and (self.system, self.code) == (other.system, other.code)
            and bool(self.code or self.display == other.display)
        )


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit."""

    value: Decimal
    unit: str = ""
    system: str = ""
    code: str = ""

    @property
    def measure(self) -> str:
        """The unit as two quantities must share it to be compared."""
        return self.code or self.unit


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to another resource, which a form may offer as an answer."""

    reference: str
    display: str = ""


Value = bool | int | Decimal | date | datetime | time | str | Coding | Quantity | Reference
# Keys are paths; see paths.py. A repeating group's own path holds how many times it is filled in.
FormAnswers = Mapping[str, tuple[Value, ...]]


def number_in(value: Value) -> Decimal | None:
    """The number that a value holds, if it is one; true is no number."""
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def measured(number: Decimal, unit: Coding) -> Quantity:
    """A number in a unit."""
    return Quantity(number, unit.words, unit.system, unit.code)


def to_json(value: Value) -> dict[str, Any]:
    """A value as one JSON object whose only key says its kind; decimals stay exact as text."""
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    raise ValueRefused(f"a {type(value).__name__} is not a value that a form can hold")


def from_json(stored: object) -> Value:
    """The value that `to_json` wrote; anything else is refused."""
    if not isinstance(stored, dict) or len(stored) != 1:
        raise ValueRefused("a stored value is an object with one key")
    kind, held = next(iter(stored.items()))
    if kind not in _READERS:
        raise ValueRefused("a stored value is of an unknown kind")
    try:
        return _READERS[kind](held)
    except (TypeError, ValueError, KeyError, InvalidOperation):
        raise ValueRefused(f"a stored {kind} cannot be read") from None


def _coding(value: Any) -> dict[str, Any]:
    return {"coding": {"system": value.system, "code": value.code, "display": value.display}}


def _quantity(value: Any) -> dict[str, Any]:
    return {
        "quantity": {
            "value": str(value.value),
            "unit": value.unit,
            "system": value.system,
            "code": value.code,
        }
    }


def _boolean(held: Any) -> bool:
    if not isinstance(held, bool):
        raise TypeError
    return held


def _whole(held: Any) -> int:
    if type(held) is not int:
        raise TypeError
    return held


def _text(held: Any) -> str:
    if not isinstance(held, str):
        raise TypeError
    return held


def _exact(held: Any) -> Decimal:
    found = Decimal(_text(held))
    if not found.is_finite():
        raise ValueError
    return found


def _texts(held: Any, *names: str) -> list[str]:
    return [_text(held[name]) for name in names]


def _read_quantity(held: Any) -> Quantity:
    unit, system, code = _texts(held, "unit", "system", "code")
    return Quantity(_exact(held["value"]), unit, system, code)


def _read_coding(held: Any) -> Coding:
    system, code, display = _texts(held, "system", "code", "display")
    return Coding(code, system, display)


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    bool: lambda value: {"boolean": value},
    int: lambda value: {"integer": value},
    Decimal: lambda value: {"decimal": str(value)},
    datetime: lambda value: {"dateTime": value.isoformat()},
    date: lambda value: {"date": value.isoformat()},
    time: lambda value: {"time": value.isoformat()},
    str: lambda value: {"string": value},
    Coding: _coding,
    Quantity: _quantity,
    Reference: lambda value: {"reference": {"to": value.reference, "display": value.display}},
}

_READERS: dict[str, Callable[[Any], Value]] = {
    "boolean": _boolean,
    "integer": _whole,
    "decimal": _exact,
    "dateTime": lambda held: datetime.fromisoformat(_text(held)),
    "date": lambda held: date.fromisoformat(_text(held)),
    "time": lambda held: time.fromisoformat(_text(held)),
    "string": _text,
    "coding": _read_coding,
    "quantity": _read_quantity,
    "reference": lambda held: Reference(*_texts(held, "to", "display")),
}
