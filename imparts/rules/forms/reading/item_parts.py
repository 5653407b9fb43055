"""Parts of an item: limits, units, first values, patterns and expressions, each read by itself."""

from collections.abc import Mapping
from typing import Any

from imparts.rules.forms.definition import Expression, FormOption, option_in
from imparts.rules.forms.fhirpath.syntax import ExpressionRefused, parse
from imparts.rules.forms.patterns.matching import pattern
from imparts.rules.forms.patterns.syntax import PatternRefused
from imparts.rules.forms.reading import vocabulary as v
from imparts.rules.forms.reading.extensions import Extensions
from imparts.rules.forms.reading.keys import Keys
from imparts.rules.forms.reading.values_reader import as_type, coding_of, kind_in, value_in
from imparts.rules.forms.values import Coding, Value


def read_limits(extensions: Extensions, kind: str) -> dict[str, Any]:
    """How many answers, how large, how long, how exact."""
    found: dict[str, Any] = {
        "min": _bound(extensions, kind, v.MIN_VALUE, v.MIN_QUANTITY),
        "max": _bound(extensions, kind, v.MAX_VALUE, v.MAX_QUANTITY),
        "min_occurs": _whole(extensions, v.MIN_OCCURS),
        "max_occurs": _whole(extensions, v.MAX_OCCURS),
        "min_length": _whole(extensions, v.MIN_LENGTH),
        "max_decimals": _whole(extensions, v.DECIMALS),
        "slider_step": _whole(extensions, v.SLIDER_STEP) or None,
    }
    for name, value in found.items():
        if value is not None:
            extensions.notes.honour(name.replace("_", " "))
    return found


def _whole(extensions: Extensions, url: str) -> int | None:
    held = extensions.one(url)
    if not held:
        return None
    keys = Keys({"value": held.get(kind_in(held))}, extensions.link_id, extensions.notes)
    return keys.whole("value")


def _bound(extensions: Extensions, kind: str, *urls: str) -> Value | None:
    held = extensions.one(*urls)
    if not held:
        return None
    bound = as_type(value_in(held), kind)
    if bound is None:
        said = "the limit is of another kind than the answers, so it is not checked"
        extensions.notes.not_honour(extensions.link_id, str(held["url"]), said)
    return bound


def read_units(extensions: Extensions, held: Mapping[str, Any]) -> dict[str, Any]:
    """The unit of a number, and the units to choose from."""
    unit = coding_of(extensions.one(v.UNIT).get("valueCoding"))
    listed = [coding_of(one.get("valueCoding")) for one in extensions.take(v.UNIT_OPTION)]
    units = tuple(one for one in listed if one is not None)
    if unit is None and held["type"] == "quantity":
        unit = _unit_of_initial(held.get("initial"))
    if unit or units:
        extensions.notes.honour("units")
    return {"unit": unit, "units": units}


def _unit_of_initial(held: Any) -> Coding | None:
    """A first quantity without a number says which unit to use."""
    first = held[0] if isinstance(held, list) and held and isinstance(held[0], dict) else {}
    quantity = first.get("valueQuantity")
    if not isinstance(quantity, dict) or "value" in quantity:
        return None
    return coding_of({**quantity, "display": quantity.get("unit", "")})


def read_initial(keys: Keys, kind: str, options: tuple[FormOption, ...]) -> tuple[Value, ...]:
    """The values that stand there before the first answer."""
    found = []
    for held in keys.objects("initial"):
        value = value_in(held)
        offered = _offered(value, options)
        value = offered if offered is not None else as_type(value, kind)
        if value is None or (kind == "choice" and offered is None):
            if not _is_unit_only(held):
                keys.warn("initial", "a first value that cannot be an answer here was left out")
            continue
        found.append(value)
    found = found or [option.value for option in options if option.is_initial]
    if found:
        keys.notes.honour("initial")
    return tuple(found)


def _is_unit_only(held: Mapping[str, Any]) -> bool:
    quantity = held.get("valueQuantity")
    return isinstance(quantity, dict) and "value" not in quantity


def _offered(value: Value | None, options: tuple[FormOption, ...]) -> Value | None:
    """The option that a first value names: whole, by its code, or by its label."""
    if (option := option_in(options, value)) is not None:
        return option.value
    wanted = value.name if isinstance(value, Coding) else value
    named = [
        option.value
        for option in options
        if isinstance(option.value, Coding) and wanted in (option.value.code, option.label)
    ]
    return named[0] if len(named) == 1 else None


def read_regex(extensions: Extensions) -> str:
    """A pattern that we honour; another is named in the report."""
    text = extensions.words(v.REGEX)
    if not text:
        return ""
    try:
        pattern(text)
    except PatternRefused as refused:
        said = f"the pattern is not checked: {refused}"
        extensions.notes.not_honour(extensions.link_id, v.REGEX, said)
        return ""
    extensions.notes.honour("regex")
    return text


def read_expressions(extensions: Extensions) -> dict[str, Any]:
    """The expressions of an item, each understood or named in the report."""
    return {
        "calculated": _first(extensions, "it is not worked out", *v.CALCULATED),
        "initial_expression": _first(extensions, "no first value is worked out", *v.INITIAL),
        "enable_expression": _first(extensions, "the item always applies", *v.ENABLED),
        "variables": read_variables(extensions),
    }


def _first(extensions: Extensions, otherwise: str, *urls: str) -> Expression | None:
    found = extensions.expressions(*urls)
    if len(found) > 1:
        extensions.notes.warn(extensions.link_id, urls[0], "it stands here twice; the first counts")
    return found[0] if found and _is_understood(extensions, found[0], urls[0], otherwise) else None


def read_variables(extensions: Extensions) -> tuple[Expression, ...]:
    """Named steps of other expressions, each understood or named in the report."""
    found = []
    for variable in extensions.expressions(v.VARIABLE):
        otherwise = "what rests on it is not worked out"
        if not variable.name.isidentifier():
            said = f"a variable without a proper name; {otherwise}"
            extensions.notes.not_honour(extensions.link_id, v.VARIABLE, said)
        elif _is_understood(extensions, variable, v.VARIABLE, otherwise):
            extensions.notes.honour("variables")
            found.append(variable)
    return tuple(found)


def _is_understood(
    extensions: Extensions, expression: Expression, url: str, otherwise: str
) -> bool:
    try:
        parse(expression.text)
    except ExpressionRefused as refused:
        said = f"the expression {_shown(expression.text)} was not understood: {refused}"
        extensions.notes.not_honour(extensions.link_id, url, f"{said}; {otherwise}")
        return False
    return True


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")
