"""Content changes: every value in which two texts of one authored file differ, with its place.

Comments and the order of keys do not count. A list of tables is compared by the ids, codes or names
of its tables, so that one put in at the top does not make all of them new.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAMED_BY = ("id", "code", "name", "item", "flag", "linkId")
MOST = 400


@dataclass(frozen=True, slots=True)
class ContentChange:
    """One value: where it stands, what it was and what it is; empty is not there."""

    where: str
    before: str
    after: str


def content_changes(before: str, after: str) -> tuple[ContentChange, ...]:
    """Every value that differs between two texts, at most MOST of them."""
    was, now = dict(_values(_read(before))), dict(_values(_read(after)))
    places = dict.fromkeys((*now, *was))
    found = [
        ContentChange(place, was.get(place, ""), now.get(place, ""))
        for place in places
        if was.get(place, "") != now.get(place, "")
    ]
    return tuple(found[:MOST])


def _read(text: str) -> Any:
    """JSON begins with a brace; everything else of ours is TOML."""
    return json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)


def _values(found: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(found, Mapping):
        for key, value in found.items():
            yield from _values(value, f"{where}, {key}" if where else str(key))
    elif isinstance(found, list) and any(isinstance(one, dict | list) for one in found):
        for number, one in enumerate(found, start=1):
            yield from _values(one, f"{where}, {_name(one, number)}")
    elif isinstance(found, list):
        yield where, ", ".join(_said(one) for one in found)
    else:
        yield where, _said(found)


def _name(one: Any, number: int) -> str:
    if isinstance(one, Mapping):
        for key in NAMED_BY:
            if isinstance(one.get(key), str):
                return str(one[key])
    return str(number)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
