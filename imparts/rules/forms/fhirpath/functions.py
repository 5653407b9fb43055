"""Functions of our own, where fhirpathpy has none, a wrong one or one that touches the world.

Those of Structured Data Capture (weight, ordinal, answers) stand beside sum, min, max and avg,
which fhirpathpy cannot work out over answers. Numbers are exact, and nothing of nothing is nothing:
the sum of no answers is empty, not 0.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from fhirpathpy.engine.nodes import ResourceNode
from fhirpathpy.engine.util import get_data

from imparts.rules.forms.patterns.matching import pattern
from imparts.rules.forms.weights import weight_of

Context = dict[str, Any]
Of = Callable[[Any], list[Any]]

ANSWER = "QuestionnaireResponse.item.answer"


class FunctionRefused(ValueError):
    """A function was given what it cannot work with."""


def _numbers(data: list[Any], of: Of | None) -> list[Decimal]:
    found = data if of is None else [one for item in data for one in of(item)]
    return [_number(get_data(one)) for one in found]


def _number(value: Any) -> Decimal:
    if isinstance(value, Mapping) and "value" in value:  # a Quantity
        value = value["value"]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise FunctionRefused("sum, min, max and avg work on numbers")
    return Decimal(value)


def _plain(number: Decimal) -> list[int | Decimal]:
    """A whole number as an integer, so that it goes where integers go."""
    return [int(number) if number == number.to_integral_value() else number]


def _sum(context: Context, data: list[Any], of: Of | None = None) -> list[Any]:
    numbers = _numbers(data, of)
    return _plain(sum(numbers, Decimal(0))) if numbers else []


def _least(context: Context, data: list[Any], of: Of | None = None) -> list[Any]:
    numbers = _numbers(data, of)
    return _plain(min(numbers)) if numbers else []


def _most(context: Context, data: list[Any], of: Of | None = None) -> list[Any]:
    numbers = _numbers(data, of)
    return _plain(max(numbers)) if numbers else []


def _mean(context: Context, data: list[Any], of: Of | None = None) -> list[Any]:
    numbers = _numbers(data, of)
    return _plain(sum(numbers, Decimal(0)) / len(numbers)) if numbers else []


def _weights(context: Context, data: list[Any]) -> list[Any]:
    found = [weight_of(get_data(one)) for one in data]
    return [one for weight in found if weight is not None for one in _plain(weight)]


def _answers(context: Context, data: list[Any]) -> list[Any]:
    """Every answer at or below these; on its own, of the whole response."""
    if data is context["dataRoot"]:
        data = [context["vars"].get("resource", {})]
    return [
        ResourceNode.create_node(answer, ANSWER)
        for one in data
        if isinstance(held := get_data(one), Mapping)
        for answer in _answers_in(held)
    ]


def _answers_in(held: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for answer in held.get("answer", ()):
        yield answer
        yield from _answers_in(answer)
    for item in held.get("item", ()):
        yield from _answers_in(item)


def _matches(context: Context, data: list[Any], wanted: Any) -> list[Any]:
    if not data or not isinstance(wanted, str):
        return []
    text = get_data(data[0])
    if len(data) != 1 or not isinstance(text, str):
        raise FunctionRefused("matches() works on one text")
    return [pattern(wanted).is_in(text)]


def _untraced(context: Context, data: list[Any], name: Any = "", what: Any = None) -> list[Any]:
    return data  # fhirpathpy prints it, and it may be a patient's answer


def _told(name: str) -> Callable[[Context, list[Any]], list[Any]]:
    def moment(context: Context, data: list[Any]) -> list[Any]:
        told = context["told"].get(name)
        return [] if told is None else [told]

    return moment


_OVER: dict[int, list[str]] = {0: [], 1: ["Expr"]}

OURS: dict[str, dict[str, Any]] = {
    "sum": {"fn": _sum, "arity": _OVER},
    "min": {"fn": _least, "arity": _OVER},
    "max": {"fn": _most, "arity": _OVER},
    "avg": {"fn": _mean, "arity": _OVER},
    "weight": {"fn": _weights, "arity": {0: []}},
    "ordinal": {"fn": _weights, "arity": {0: []}},
    "ordinalValue": {"fn": _weights, "arity": {0: []}},
    "answers": {"fn": _answers, "arity": {0: []}},
    "matches": {"fn": _matches, "arity": {1: ["String"]}},
    "trace": {"fn": _untraced, "arity": {0: [], 1: ["String"], 2: ["String", "Expr"]}},
    "now": {"fn": _told("now"), "arity": {0: []}},
    "today": {"fn": _told("today"), "arity": {0: []}},
    "timeOfDay": {"fn": _told("timeOfDay"), "arity": {0: []}},
}
