"""Random forms and random answers to them, for properties that hold of every form."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from imparts.rules.forms.definition import Form, FormItem
from imparts.rules.forms.paths import Place, repeating_around
from imparts.rules.forms.values import Coding, Quantity, Value
from tests.rules.forms.published import coding, form_of, question, weighed

TYPES = ("boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url",
         "choice", "open-choice", "quantity")  # fmt: skip
OPERATORS = ("=", "!=", ">", "<", ">=", "<=", "exists")
CODES = ("a", "b", "c")

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "decimal": st.sampled_from([Decimal("0.5"), Decimal(1), Decimal("2.25"), Decimal(-3)]),
    "integer": st.integers(-2, 3),
    "date": st.dates(date(2024, 1, 1), date(2024, 1, 5)),
    "dateTime": st.sampled_from([datetime(2024, 1, day, 9, tzinfo=UTC) for day in (1, 2, 3)]),
    "time": st.sampled_from([time(9), time(10, 30), time(23, 59, 59)]),
    "string": st.sampled_from(["a", "b", "x y"]),
    "text": st.sampled_from(["a", "line\nbreak"]),
    "url": st.sampled_from(["http://example.org/a", "urn:x"]),
    "choice": st.sampled_from(CODES).map(lambda code: Coding(**coding(code))),
    "open-choice": st.sampled_from(["own words"])
    | st.sampled_from(CODES).map(lambda code: Coding(**coding(code))),
    "quantity": st.sampled_from([Quantity(Decimal(n), "kg", "u", "kg") for n in (1, 2)]),
}  # fmt: skip
_KEYS: dict[type, Callable[[Any], tuple[str, Any]]] = {
    bool: lambda value: ("Boolean", value),
    int: lambda value: ("Integer", value),
    Decimal: lambda value: ("Decimal", float(value)),
    datetime: lambda value: ("DateTime", value.isoformat()),
    date: lambda value: ("Date", value.isoformat()),
    time: lambda value: ("Time", value.isoformat()),
    str: lambda value: ("String", value),
    Coding: lambda value: ("Coding", coding(value.code)),
    Quantity: lambda value: (
        "Quantity", {"value": float(value.value), "unit": "kg", "system": "u", "code": "kg"}
    ),
}  # fmt: skip


def keyed(value: Value, start: str) -> dict[str, Any]:
    """A value under its key: answerBoolean, valueCoding, ..."""
    kind, held = _KEYS[type(value)](value)
    return {start + kind: held}


@st.composite
def questionnaires(draw: st.DrawFn) -> dict[str, Any]:
    """A questionnaire with groups, repeats, nested questions and conditions on earlier items."""
    names = iter(range(1000))
    asked: list[tuple[str, str]] = []
    return form_of(item=_items(draw, names, asked, 0))


def _items(draw: st.DrawFn, names: Any, asked: list[tuple[str, str]], depth: int) -> list[Any]:
    return [_item(draw, names, asked, depth) for _ in range(draw(st.integers(1, 4 - depth)))]


def _item(draw: st.DrawFn, names: Any, asked: list[tuple[str, str]], depth: int) -> dict[str, Any]:
    kinds = ("group", *TYPES) if depth < 2 else TYPES
    kind = draw(st.sampled_from(kinds)) if names.__length_hint__() < 1000 else "choice"
    made = question(f"i/{next(names)}", kind)
    made |= _conditions(draw, asked)
    if draw(st.booleans()):
        made["repeats"] = True
    if kind in ("choice", "open-choice"):
        made["answerOption"] = [weighed(code, number) for number, code in enumerate(CODES)]
    if kind == "group":
        made["item"] = _items(draw, names, asked, depth + 1)
        return made
    asked.append((made["linkId"], kind))
    if depth < 2 and draw(st.integers(0, 3)) == 0:
        made["item"] = _items(draw, names, asked, depth + 1)
    return made


def _conditions(draw: st.DrawFn, asked: list[tuple[str, str]]) -> dict[str, Any]:
    conditions = []
    for name, kind in draw(st.lists(st.sampled_from(asked), max_size=2)) if asked else []:
        operator = draw(st.sampled_from(OPERATORS))
        ordered = kind not in ("choice", "open-choice")
        if operator == "exists":
            wanted = {"answerBoolean": draw(st.booleans())}
        else:
            operator = operator if ordered else draw(st.sampled_from(["=", "!="]))
            wanted = keyed(draw(VALUES[kind]), "answer")
        conditions.append({"question": name, "operator": operator, **wanted})
    behaviour = draw(st.sampled_from(["any", "all"]))
    return {"enableWhen": conditions, "enableBehavior": behaviour} if conditions else {}


@st.composite
def answered(draw: st.DrawFn, form: Form) -> dict[str, tuple[Value, ...]]:
    """Answers to some of a form's questions, in up to two times of each repeating group."""
    found: dict[str, tuple[Value, ...]] = {}
    for item in form.all_items:
        for within in _places(form, item):
            if item.is_question and draw(st.booleans()):
                most = 2 if item.repeats else 1
                values = draw(st.lists(VALUES[item.type], min_size=1, max_size=most))
                found[str(Place(item.link_id, within))] = tuple(values)
    return found


def _places(form: Form, item: FormItem) -> list[tuple[tuple[str, int], ...]]:
    places: list[tuple[tuple[str, int], ...]] = [()]
    for group in repeating_around(form, item.link_id):
        places = [(*place, (group, number)) for place in places for number in (1, 2)]
    return places
