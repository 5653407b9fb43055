"""The text of a JSON file to a table, or a sentence that says why not.

Whatever arrives, it ends in a table or in ContentRefused: a key that stands there twice would
otherwise win or lose in silence, and a text that turns its own direction round can show a question
that is not the one that was signed.
"""

import json
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from imparts.rules.content import LONGEST_FILE, LONGEST_TEXT, ContentRefused, Table

DEEPEST = 12
# They put one text over another, so that a reader sees words that are not there.
_TURNS_ROUND = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINE_BREAKS = "\u2028\u2029"


def read_json(text: str, kind: str, named_by: str) -> Table:
    """The outermost object of a file; the value of named_by, once known, names the place."""
    whole = f"This {kind} file"
    if len(text) > LONGEST_FILE:
        raise ContentRefused(f"{whole} is longer than {LONGEST_FILE} characters.")
    values = _values(text.removeprefix("\ufeff"), whole)
    if not isinstance(values, dict):
        raise ContentRefused(f"{whole} must be one JSON object, in braces.")
    name = values.get(named_by)
    where = name[:60] if isinstance(name, str) and name.isprintable() and name else whole
    _check_texts(values, where)
    return Table(values, where)


def _values(text: str, whole: str) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_key_twice
        )
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, character {problem.colno}"
        raise ContentRefused(f"{whole} is not valid JSON at {place}: {problem.msg}.") from None
    except ContentRefused as problem:
        raise ContentRefused(f"{whole} {problem}") from None
    except (ValueError, RecursionError, ArithmeticError):
        raise ContentRefused(
            f"{whole} cannot be read: a number in it is too long, or it is nested too deeply."
        ) from None


def _no_constant(name: str) -> None:
    raise ContentRefused(f"holds {name}, which is not a number.")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ContentRefused(f"has the key {twice[:40]!r} twice in the same place.")
    return found


def _check_texts(values: dict[str, Any], where: str) -> None:
    """Every text and key, however deep; without calling itself, so depth cannot break it."""
    waiting: list[tuple[Any, str, int]] = [(values, where, 0)]
    while waiting:
        value, place, depth = waiting.pop()
        if depth > DEEPEST:
            raise ContentRefused(f"{where}: the file is nested more than {DEEPEST} levels deep")
        if isinstance(value, str):
            _check_text(value, place)
        elif isinstance(value, list):
            waiting += [(one, f"{place} {n}", depth + 1) for n, one in enumerate(value, start=1)]
        elif isinstance(value, dict):
            for key, one in value.items():
                _check_text(key, place)
                waiting.append((one, f"{place}, {key[:40]}", depth + 1))


def _check_text(text: str, place: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ContentRefused(f"{place}: a text is longer than {LONGEST_TEXT} characters")
    for letter in text:
        if letter in "\n\t" or (letter.isprintable() and letter.isascii()):
            continue
        if unicodedata.category(letter) in ("Cc", "Cs") or letter in _TURNS_ROUND + _LINE_BREAKS:
            raise ContentRefused(
                f"{place}: a text holds the character U+{ord(letter):04X}, which cannot be shown; "
                "take it out"
            )


def read_day(table: Table, key: str) -> date:
    """A day, which JSON can only hold as text: "2026-11-21"."""
    text = table.words(key)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise table.refuse(f"{key} must be a day like 2026-11-21")
