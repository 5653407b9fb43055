"""Reading values: the value[x] of a file to a plain value of the kind that its question takes."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from imparts.rules.forms.values import Coding, Quantity, Reference, Value

KINDS = (
    "Boolean", "Decimal", "Integer", "DateTime", "Date", "Time", "String", "Uri", "Code",
    "Coding", "Quantity", "Reference", "Markdown", "Url", "PositiveInt", "UnsignedInt",
)  # fmt: skip

# Kinds that a type of question takes as they are; anything else is turned, when it can be.
_TAKES: dict[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "decimal": (Decimal,),
    "integer": (int,),
    "date": (date,),
    "dateTime": (datetime, date),
    "time": (time,),
    "string": (str,),
    "text": (str,),
    "url": (str,),
    "choice": (Coding, int, str, date, time, Reference),
    "open-choice": (Coding, int, str, date, time, Reference),
    "quantity": (Quantity,),
    "reference": (Reference,),
}


def value_in(held: Mapping[str, Any], start: str = "value") -> Value | None:
    """The value under value[x] (or answer[x], initial[x]); None when there is none to be read."""
    for kind in KINDS:
        if (key := start + kind) in held:
            return _READERS[kind](held[key])
    return None


def kind_in(held: Mapping[str, Any], start: str = "value") -> str:
    """Under which key a value stands; empty when there is none."""
    return next((start + kind for kind in KINDS if start + kind in held), "")


def as_type(value: Value | None, kind: str) -> Value | None:
    """The value as a type of question takes it; None when it cannot."""
    if value is None or takes(kind, value):
        return value
    if kind in ("decimal", "quantity") and type(value) in (int, Decimal):
        exact = Decimal(str(value))
        return exact if kind == "decimal" else Quantity(exact)
    if kind == "integer" and isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else None
    if isinstance(value, str) and kind in _FROM_TEXT:
        return _FROM_TEXT[kind](value)
    return None


def takes(kind: str, value: object) -> bool:
    """Whether a type of question takes a value just as it is; a moment needs its time zone."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return False
    return type(value) in _TAKES.get(kind, ())


def coding_of(held: object) -> Coding | None:
    """A coding; a bare text is a code."""
    if isinstance(held, str) and held:
        return Coding(held)
    if not isinstance(held, Mapping):
        return None
    code, system, display = (_text(held.get(key)) for key in ("code", "system", "display"))
    return Coding(code, system, display) if code or display else None


def _text(held: object) -> str:
    if isinstance(held, int | Decimal) and not isinstance(held, bool):
        return str(held)
    return held if isinstance(held, str) else ""


def _boolean(held: object) -> bool | None:
    if held in ("true", "false"):
        return held == "true"
    return held if isinstance(held, bool) else None


def _decimal(held: object) -> Decimal | None:
    if isinstance(held, float):  # from a reader of JSON that knows no exact numbers
        held = str(held)
    if isinstance(held, bool) or not isinstance(held, int | Decimal | str):
        return None
    try:
        found = Decimal(held) if not isinstance(held, str) or len(held) < 50 else None
    except InvalidOperation:
        return None
    fits = found is not None and found.is_finite() and abs(found.adjusted()) < 50
    return found if fits else None


def _integer(held: object) -> int | None:
    found = _decimal(held)
    whole = found is not None and found == found.to_integral_value()
    return int(found) if found is not None and whole else None


def _date(held: object) -> date | None:
    if not isinstance(held, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", held):
        return None
    try:
        return date.fromisoformat(held)
    except ValueError:
        return None


def _date_time(held: object) -> datetime | date | None:
    if (day := _date(held)) is not None:
        return day
    try:
        found = datetime.fromisoformat(held) if isinstance(held, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _time(held: object) -> time | None:
    if not isinstance(held, str) or not re.fullmatch(r"\d\d:\d\d(:\d\d(\.\d{1,6})?)?", held):
        return None
    try:
        return time.fromisoformat(held)
    except ValueError:
        return None


def _some_text(held: object) -> str | None:
    return _text(held) or None


def quantity_of(held: object) -> Quantity | None:
    """A quantity with its number; one without is none."""
    number = _decimal(held.get("value")) if isinstance(held, Mapping) else None
    if number is None or not isinstance(held, Mapping):
        return None
    unit, system, code = (_text(held.get(key)) for key in ("unit", "system", "code"))
    return Quantity(number, unit or code, system, code)


def _reference(held: object) -> Reference | None:
    if not isinstance(held, Mapping):
        return None
    made = Reference(_text(held.get("reference")), _text(held.get("display")))
    return made if made.reference or made.display else None


_READERS: dict[str, Callable[[object], Value | None]] = {
    "Boolean": _boolean,
    "Decimal": _decimal,
    "Integer": _integer,
    "PositiveInt": _integer,
    "UnsignedInt": _integer,
    "Date": _date,
    "DateTime": _date_time,
    "Time": _time,
    "String": _some_text,
    "Uri": _some_text,
    "Url": _some_text,
    "Code": _some_text,
    "Markdown": _some_text,
    "Coding": coding_of,
    "Quantity": quantity_of,
    "Reference": _reference,
}

_FROM_TEXT: dict[str, Callable[[object], Value | None]] = {
    "boolean": _boolean,
    "decimal": _decimal,
    "integer": _integer,
    "date": _date,
    "dateTime": _date_time,
    "time": _time,
}
