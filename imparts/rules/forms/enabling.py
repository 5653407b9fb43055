"""Enabling: whether the conditions of an item hold, given the answers to what they ask about."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from imparts.rules.forms.definition import EnableWhen, FormItem
from imparts.rules.forms.values import Coding, Quantity, Reference, Value

Answered = Callable[[str], tuple[Value, ...]]

_WITHOUT_ORDER = (bool, Coding, Quantity, Reference)
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {">": gt, "<": lt, ">=": ge, "<=": le}


def conditions_hold(item: FormItem, answered: Answered) -> bool:
    """Whether an item's conditions hold; an item without any always applies."""
    if not item.enable_when:
        return True
    held = (holds(condition, answered(condition.question)) for condition in item.enable_when)
    return any(held) if item.enable_behavior == "any" else all(held)


def holds(condition: EnableWhen, answers: tuple[Value, ...]) -> bool:
    """One condition, as FHIR means it: one fitting answer is enough, and for != none may fit."""
    if condition.operator == "exists":
        return bool(answers) is condition.answer
    if condition.operator == "=":
        return any(equal(answer, condition.answer) for answer in answers)
    if condition.operator == "!=":
        return not any(equal(answer, condition.answer) for answer in answers)
    compared = _COMPARED[condition.operator]
    return any(
        comparable(answer, condition.answer)
        and compared(size_of(answer), size_of(condition.answer))
        for answer in answers
    )  # fmt: skip


def equal(one: Value, other: Value) -> bool:
    """Whether two values are the same answer."""
    if isinstance(one, Coding):
        return one.same_as(other)
    if isinstance(one, Quantity):
        return comparable(one, other) and size_of(one) == size_of(other)
    return _kind(one) is _kind(other) and one == other


def comparable(one: Value, other: Value) -> bool:
    """Whether one value can be more or less than another: two numbers, two days, in one unit."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.measure == other.measure
    return _kind(one) is _kind(other) and not isinstance(one, _WITHOUT_ORDER)


def size_of(value: Value) -> Any:
    """What is compared of a value: of a quantity its number."""
    return value.value if isinstance(value, Quantity) else value


def _kind(value: Value) -> type:
    """Whole and decimal numbers are compared with each other; true is no number."""
    if isinstance(value, bool):
        return bool
    if isinstance(value, int | Decimal):
        return Decimal
    if isinstance(value, datetime):
        return datetime
    return next((kind for kind in (date, time, str) if isinstance(value, kind)), type(value))
