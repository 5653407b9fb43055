"""Reading conditions: when an item applies, checked against the question that each asks about."""

from collections.abc import Mapping
from typing import Any

from imparts.rules.forms.definition import EnableWhen, FormOption
from imparts.rules.forms.reading.notes import Notes
from imparts.rules.forms.reading.values_reader import as_type, kind_in, value_in
from imparts.rules.forms.values import Coding, Value

_ORDERED = ("decimal", "integer", "date", "dateTime", "time", "quantity", "string", "text")


def read_conditions(
    item: Mapping[str, Any],
    types: Mapping[str, str],
    options: Mapping[str, tuple[FormOption, ...]],
    notes: Notes,
) -> tuple[EnableWhen, ...]:
    """The conditions of one item.

    A condition that cannot be read counts as fulfilled: then a question is asked once too often,
    and not once too seldom. With "any", one such condition fulfils them all.
    """
    link_id, listed = item["linkId"], item.get("enableWhen") or ()
    found = [_condition(held, link_id, types, options, notes) for held in listed]
    readable = tuple(one for one in found if one is not None)
    if item.get("enableBehavior") == "any" and len(readable) != len(found):
        return ()
    for _ in readable:
        notes.honour("enableWhen")
    return readable


def _condition(
    held: Mapping[str, Any],
    link_id: str,
    types: Mapping[str, str],
    options: Mapping[str, tuple[FormOption, ...]],
    notes: Notes,
) -> EnableWhen | None:
    question, operator = held.get("question"), str(held.get("operator"))
    kind = types.get(question) if isinstance(question, str) else None
    if kind is None or not isinstance(question, str) or kind in ("group", "display"):
        named = repr(question)[:60]
        said = f"it asks about {named}, which is no question of this form; the item always applies"
        notes.not_honour(link_id, "enableWhen", said)
        return None
    value = _wanted(held, operator, kind, options[question])
    if value is None:
        said = f"the answer to {question[:60]} that it asks for cannot be read or never given"
        notes.not_honour(link_id, "enableWhen", f"{said}; the item always applies")
        return None
    if operator in (">", "<", ">=", "<=") and kind not in _ORDERED and isinstance(value, Coding):
        said = "answers that are codes have no order, so nothing is more or less than they are"
        notes.not_honour(link_id, "enableWhen", f"{said}; the item always applies")
        return None
    read = value_in(held, "answer")
    if isinstance(value, Coding) and not value.same_as(read):
        notes.warn(link_id, "enableWhen", "an answer named incompletely was read as the one meant")
    return EnableWhen(question, operator, value)


def _wanted(
    held: Mapping[str, Any], operator: str, kind: str, options: tuple[FormOption, ...]
) -> Value | None:
    value = value_in(held, "answer")
    if operator == "exists":
        return value if isinstance(value, bool) else None
    offered = _offered(value, options, by_label=kind_in(held, "answer") == "answerString")
    return offered if offered is not None else as_type(value, kind)


def _offered(
    wanted: Value | None, options: tuple[FormOption, ...], *, by_label: bool
) -> Value | None:
    """The one option that an answer means when it is named without its system, or by its label."""
    codings = [option.value for option in options if isinstance(option.value, Coding)]
    if not codings or any(coding.same_as(wanted) for coding in codings):
        return None
    fitting = [coding for coding in codings if _may_mean(wanted, coding, by_label=by_label)]
    return fitting[0] if len(fitting) == 1 else None


def _may_mean(wanted: Value | None, offered: Coding, *, by_label: bool) -> bool:
    if isinstance(wanted, str):
        return by_label and wanted in (offered.display, offered.code)
    if not isinstance(wanted, Coding) or (wanted.system and wanted.system != offered.system):
        return False
    if wanted.code:
        return wanted.code == offered.code
    return wanted.display == offered.display
