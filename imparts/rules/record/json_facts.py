"""Facts to JSON, and back one by one, each refused by its name when it is not what it should be.

A group of facts is written and read by its fields, so a field that is added is in both.

A refusal never quotes the value: it may be a patient's name or number.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, get_type_hints

Facts = TypeVar("Facts")
_HINTS: dict[Any, dict[str, Any]] = {}


class FactsRefused(ValueError):
    """Stored facts that cannot be read, in one sentence without any value."""


def plain(facts: Any) -> dict[str, Any]:
    """A group of facts as plain JSON values; its groups within are left to whoever knows them."""
    named = {each.name: getattr(facts, each.name) for each in fields(facts)}
    return {name: _plain_value(value) for name, value in named.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def read(kind: type[Facts], facts: Mapping[str, Any], **within: Any) -> Facts:
    """A group of facts read back, each as its field says; the groups within it are read already."""
    hints = _hints_of(kind).items()
    found = {name: READ_AS[hint](facts, name) for name, hint in hints if name not in within}
    return kind(**found, **within)


def _hints_of(kind: type[Any]) -> dict[str, Any]:
    """Worked out once for each kind: it costs more than reading."""
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]


def text(facts: Mapping[str, Any], name: str) -> str:
    """A text; one that was never given is empty."""
    value = facts.get(name, "")
    if not isinstance(value, str):
        raise FactsRefused(f"{name} is not a text")
    return value


def texts(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts; one that was never given is empty."""
    values = facts.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise FactsRefused(f"{name} is not a list of texts")
    return tuple(values)


def flag(facts: Mapping[str, Any], name: str) -> bool:
    """Yes or no; one that was never given is no."""
    value = facts.get(name, False)
    if not isinstance(value, bool):
        raise FactsRefused(f"{name} is neither true nor false")
    return value


def whole(facts: Mapping[str, Any], name: str) -> int:
    """A whole number that must be there."""
    value = whole_or_none(facts, name)
    if value is None:
        raise FactsRefused(f"{name} is missing")
    return value


def whole_or_none(facts: Mapping[str, Any], name: str) -> int | None:
    """A whole number, or none."""
    value = facts.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise FactsRefused(f"{name} is not a whole number")
    return value


def number(facts: Mapping[str, Any], name: str) -> Decimal | None:
    """An exact number written as text, or none."""
    value = facts.get(name)
    if value is None:
        return None
    try:
        exact = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        exact = None
    if exact is None or not exact.is_finite():
        raise FactsRefused(f"{name} is not a number written as text")
    return exact


def day_or_none(facts: Mapping[str, Any], name: str) -> date | None:
    """A day written as 2026-01-31, or none."""
    value = facts.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise FactsRefused(f"{name} is not a day such as 2026-01-31") from None


def moment(facts: Mapping[str, Any], name: str) -> datetime:
    """A moment with its time zone, written as 2026-01-31T10:00:00+00:00."""
    try:
        return datetime.fromisoformat(facts.get(name, ""))
    except (TypeError, ValueError):
        raise FactsRefused(f"{name} is not a moment such as 2026-01-31T10:00:00+00:00") from None


def part(facts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A group of facts that must be there."""
    value = facts.get(name)
    if not isinstance(value, dict):
        raise FactsRefused(f"{name} is not a group of facts")
    return value


def many(facts: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], ...]:
    """A list of groups of facts; one that was never given is empty."""
    values = facts.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise FactsRefused(f"{name} is not a list of groups of facts")
    return tuple(values)


READ_AS: dict[Any, Callable[[Mapping[str, Any], str], Any]] = {
    str: text,
    tuple[str, ...]: texts,
    bool: flag,
    int: whole,
    int | None: whole_or_none,
    Decimal | None: number,
    date | None: day_or_none,
}
