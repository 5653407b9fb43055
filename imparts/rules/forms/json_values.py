"""Values in FHIR's JSON: a plain value under the key that its kind has there."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from imparts.rules.forms.definition import FormItem
from imparts.rules.forms.values import Coding, Quantity, Reference, Value
from imparts.rules.forms.weights import WeighedCoding


def answer_json(item: FormItem, value: Value) -> dict[str, Any]:
    """One answer as FHIR writes it; decimals stay exact."""
    if isinstance(value, Coding):
        coding = WeighedCoding(_given(system=value.system, code=value.code, display=value.display))
        option = item.option(value)
        coding.weight = option.weight if option else None
        return {"valueCoding": coding}
    if isinstance(value, Quantity):
        held = _given(unit=value.unit, system=value.system, code=value.code)
        return {"valueQuantity": {"value": value.value, **held}}
    if isinstance(value, Reference):
        return {"valueReference": _given(reference=value.reference, display=value.display)}
    if isinstance(value, date | datetime | time):
        return {_key_of_moment(item, value): value.isoformat()}
    if isinstance(value, str):
        return {"valueUri" if item.type == "url" else "valueString": value}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    return {"valueInteger" if isinstance(value, int) else "valueDecimal": value}


def _key_of_moment(item: FormItem, value: date | datetime | time) -> str:
    if isinstance(value, time):
        return "valueTime"
    is_moment = isinstance(value, datetime) or item.type == "dateTime"
    return "valueDateTime" if is_moment else "valueDate"


def _given(**held: str) -> dict[str, str]:
    return {key: value for key, value in held.items() if value}


def with_plain_numbers(held: Any) -> Any:
    """The same with numbers that every JSON writer takes, and without our own kinds of object."""
    if isinstance(held, Mapping):
        return {key: with_plain_numbers(value) for key, value in held.items()}
    if isinstance(held, list):
        return [with_plain_numbers(value) for value in held]
    if isinstance(held, Decimal):
        # Entries have at most 15 digits, which a float carries without loss.
        return int(held) if held == held.to_integral_value() else float(held)
    return held
