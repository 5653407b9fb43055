"""Mending answers: the options, conditions and first values of an item, brought into R4's shape."""

from decimal import Decimal
from typing import Any

from imparts.rules.forms.reading.notes import Notes
from imparts.rules.forms.reading.values_reader import coding_of, kind_in

CHOICES = ("choice", "open-choice")
OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
_R5_CONSTRAINTS = {"optionsOrString": "open-choice", "optionsOrType": "open-choice"}


def mend_answers(item: dict[str, Any], form: dict[str, Any], notes: Notes) -> None:
    """Options and value sets under the names of R4, on an item of a type that has them."""
    link_id = item["linkId"]
    for old, new in (("option", "answerOption"), ("options", "answerValueSet")):
        if old in item and new not in item:
            item[new] = item.pop(old)
            notes.warn(link_id, old, f"this key of STU3 was read as {new}")
    constraint = item.pop("answerConstraint", None)
    if constraint in _R5_CONSTRAINTS and item["type"] == "choice":
        item["type"] = _R5_CONSTRAINTS[constraint]
    if constraint is not None:
        notes.warn(link_id, "answerConstraint", f"this key of R5 was read as type {item['type']}")
    if "answerOption" in item:
        item["answerOption"] = _options(item["answerOption"], link_id, notes)
    if "answerValueSet" in item:
        _mend_value_set(item, form, notes)
    has_list = bool(item.get("answerOption") or item.get("answerValueSet"))
    if has_list and item["type"] not in (*CHOICES, "group", "display", "reference"):
        notes.warn(link_id, "type", f"a {item['type']} with a list of answers was read as choice")
        item["type"] = "choice"


def _options(held: Any, link_id: str, notes: Notes) -> list[dict[str, Any]]:
    listed = held if isinstance(held, list) else [held]
    if listed is not held:
        notes.warn(link_id, "answerOption", "one answer stood where a list of answers belongs")
    found = []
    for one in listed:
        mended = _option(one)
        if mended is not one:
            notes.warn(link_id, "answerOption", "an answer without value[x] was mended or left out")
        if mended is not None:
            found.append(mended)
    return found


def _option(held: Any) -> dict[str, Any] | None:
    if isinstance(held, str) and held:
        return {"valueString": held}
    if isinstance(held, int) and not isinstance(held, bool):
        return {"valueInteger": held}
    if not isinstance(held, dict):
        return None
    if kind_in(held):
        return held
    if isinstance(held.get("value"), str | int | Decimal):
        value = held["value"]
        coding = {"code": str(value), "display": str(held.get("display") or value)}
        return {"valueCoding": coding} | _extensions(held)
    coding_keys = {key: held[key] for key in ("system", "code", "display") if key in held}
    return {"valueCoding": coding_keys} | _extensions(held) if coding_of(coding_keys) else None


def _extensions(held: dict[str, Any]) -> dict[str, Any]:
    return {"extension": held["extension"]} if "extension" in held else {}


def _mend_value_set(item: dict[str, Any], form: dict[str, Any], notes: Notes) -> None:
    """A value set that is named in another way than by its address."""
    held, link_id = item["answerValueSet"], item["linkId"]
    if isinstance(held, str):
        return
    item.pop("answerValueSet")
    if not isinstance(held, dict):
        notes.warn(link_id, "answerValueSet", "this is no address of a value set; left aside")
        return
    if isinstance(held.get("reference"), str):
        item["answerValueSet"] = held["reference"]
        notes.warn(link_id, "answerValueSet", "a Reference was read as the address in it")
    elif any(key in held for key in ("expansion", "compose")):
        name = f"of-{link_id}"
        form["contained"].append({**held, "resourceType": "ValueSet", "id": name})
        item["answerValueSet"] = f"#{name}"
        notes.warn(link_id, "answerValueSet", "a value set stood here; it was put into contained")


def mend_initial(item: dict[str, Any], notes: Notes) -> None:
    """First values under R4's name, as a list."""
    link_id = item["linkId"]
    if kind_in(item, "initial"):
        key = kind_in(item, "initial")
        item["initial"] = [{f"value{key.removeprefix('initial')}": item.pop(key)}]
        notes.warn(link_id, key, "this key of STU3 was read as initial")
    held = item.get("initial")
    if held is not None and not isinstance(held, list):
        item["initial"] = [held]
        notes.warn(link_id, "initial", "one value stood where a list of values belongs")


def mend_conditions(item: dict[str, Any], notes: Notes) -> None:
    """Conditions as a list, each with an operator, and with any or all when there are several."""
    held, link_id = item.get("enableWhen"), item["linkId"]
    if held is None:
        return
    if isinstance(held, dict):
        notes.warn(link_id, "enableWhen", "one condition stood where a list of them belongs")
        held = [held]
    listed = held if isinstance(held, list) else []
    conditions = [dict(one) for one in listed if isinstance(one, dict)]
    if len(conditions) != len(listed) or listed is not held:
        notes.warn(link_id, "enableWhen", "something here is no condition and was left out")
    for condition in conditions:
        _mend_condition(condition, link_id, notes)
    item["enableWhen"] = conditions
    _mend_behaviour(item, len(conditions), notes)


def _mend_behaviour(item: dict[str, Any], conditions: int, notes: Notes) -> None:
    if item.get("enableBehavior") in ("any", "all"):
        return
    if "enableBehavior" in item or conditions > 1:
        said = "several conditions, and not said whether any or all must hold"
        notes.warn(
            item["linkId"], "enableBehavior", f"{said}: any is enough, so that more is asked"
        )
        item["enableBehavior"] = "any"


def _mend_condition(condition: dict[str, Any], link_id: str, notes: Notes) -> None:
    if "hasAnswer" in condition and "operator" not in condition:
        condition["operator"] = "exists"
        condition["answerBoolean"] = condition.pop("hasAnswer")
        notes.warn(link_id, "hasAnswer", "this key of STU3 was read as operator exists")
    if condition.get("operator") not in OPERATORS:
        condition["operator"] = "=" if kind_in(condition, "answer") else "exists"
        condition.setdefault("answerBoolean", True) if condition["operator"] == "exists" else None
        notes.warn(
            link_id, "operator", f"it is missing or unknown; read as {condition['operator']}"
        )
    question = condition.get("question")
    if isinstance(question, int) and not isinstance(question, bool):
        condition["question"] = str(question)
