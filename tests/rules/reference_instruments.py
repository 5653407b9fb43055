"""The reference file of instruments, turned into the same shapes that shipped files are read into.

For tests only: it proves that the engine can score every instrument of the reference, shipped or
not. Only instruments with worked cases have enough in them to be turned.
"""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from imparts.rules.instruments.conditions import Condition
from imparts.rules.instruments.definition import (
    Band,
    Category,
    Cut,
    Flag,
    Instrument,
    Item,
    Option,
    Rights,
    ScoringRule,
    SkipRule,
    SubscaleRule,
)
from imparts.rules.instruments.reader import read_instrument

REFERENCE = Path(__file__).parent / "reference"
SHIPPED = Path(__file__).parents[2] / "imparts" / "content" / "instruments"
SHOW_IF = {
    "any of q1..q9 > 0": Condition(tuple(f"q{n}" for n in range(1, 10)), at_least=1),
    "q1 in (2,3)": Condition(("q1",), one_of=(2, 3)),
}


@cache
def shipped() -> dict[str, Instrument]:
    """Every shipped instrument by its id."""
    found = [read_instrument(path.read_text("utf-8")) for path in SHIPPED.rglob("*.toml")]
    return {instrument.id: instrument for instrument in found}


@cache
def reference() -> dict[str, dict[str, Any]]:
    """Every instrument of the reference, as JSON."""
    whole = json.loads((REFERENCE / "instruments.json").read_text("utf-8"))
    return {one["id"]: one for one in whole["instruments"]}


@cache
def with_cases() -> tuple[str, ...]:
    """The ids of the instruments that have worked cases."""
    return tuple(name for name, one in reference().items() if one["worked_cases"])


@cache
def turned(name: str) -> Instrument:
    """One instrument of the reference as an Instrument."""
    one = reference()[name]
    names = {item["id"] for item in one["items"]}
    cuts = [cut for cut in one["cutpoints"] if isinstance(cut["value"], int)]
    return Instrument(
        **_only_named(name),
        id=name,
        title=one["title"],
        version=one["version"],
        items=tuple(_item(item, names) for item in one["items"]),
        scoring=_scoring(one["scoring"]),
        bands=tuple(_band(band) for band in one["bands"]),
        categories=_categories(one["items"]),
        cuts=tuple(Cut(cut["code"], Decimal(cut["value"]), cut["status"]) for cut in cuts),
        flags=tuple(_flag(flag) for flag in one["flags"]),
    )


def _only_named(name: str) -> dict[str, Any]:
    """What scoring does not look at."""
    texts = ("short_title", "measures", "part", "recall", "stem", "who_source", "change_source")
    lists = ("alerts", "sources", "codes", "facts", "examples")
    empty = ("reliable_change", "notable_change", "youngest", "oldest")
    return {
        **dict.fromkeys(texts, name),
        **dict.fromkeys(lists, ()),
        **dict.fromkeys(empty, None),
        "direction": "higher_is_worse",
        "rights": Rights("", "", "", "", "yes"),
        "by_proxy": False,
        "authored_by": "",
        "checked_by": "",
        "reviewed_on": date(2026, 11, 21),
        "next_review": date(2027, 11, 21),
    }


def _band(one: dict[str, Any]) -> Band:
    return Band(one["code"], one["label"], Decimal(str(one["min"])), Decimal(str(one["max"])))


def _item(one: dict[str, Any], names: set[str]) -> Item:
    condition = SHOW_IF.get(one.get("show_if", ""))
    if condition:  # the reference names q9 for PHQ-8 too, which has none
        known = tuple(name for name in condition.items if name in names)
        condition = Condition(known, condition.at_least, condition.one_of)
    return Item(
        id=one["id"],
        text=one["text"] or "",
        options=tuple(
            Option(option["label"] or str(option["value"]), option["value"], option.get("category"))
            for option in one.get("options", [])
        ),
        scored=one["scored"],
        reverse=one.get("reverse", False),
        show_if=condition,
        free_text=one.get("free_text", False),
    )


def _categories(items: list[dict[str, Any]]) -> tuple[Category, ...]:
    codes = [option.get("category") for item in items for option in item.get("options", [])]
    return tuple(Category(code, code) for code in dict.fromkeys(codes) if code)


def _scoring(one: dict[str, Any]) -> ScoringRule:
    lowest, highest = one["range"] or (None, None)
    return ScoringRule(
        method=one["method"],
        lowest=None if lowest is None else Decimal(lowest),
        highest=None if highest is None else Decimal(highest),
        decimals=one.get("decimals", 0),
        may_be_missing=one["missing"]["max_prorate"],
        missing_rule=one["missing"]["rule"],
        missing_status="",
        skips=tuple(
            SkipRule(
                skip["rule"],
                tuple(skip["skip_items"]),
                tuple(skip.get("when_items", ())),
                skip.get("when_context"),
            )
            for skip in one.get("skip_rules", [])
        ),
        subscales=tuple(
            SubscaleRule(name, name, tuple(items), "sum", 0)
            for name, items in one.get("subscales", {}).items()
        ),
    )


def _flag(one: dict[str, Any]) -> Flag:
    value = one.get("value")
    return Flag(
        code=one["code"],
        type=one["type"],
        item=one.get("item"),
        items=tuple(one.get("items", ())),
        value=None if value is None else Decimal(value),
        item_value=one.get("item_value"),
        count=one.get("count"),
        least=one.get("min"),
        most=one.get("max"),
    )
