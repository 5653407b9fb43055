"""JSON text: a stranger's file to plain values, or one sentence that says why not."""

import json
import unicodedata
from collections import Counter
from decimal import Decimal
from typing import Any

from imparts.rules.content import ContentRefused
from imparts.rules.forms.reading.notes import Notes

LONGEST_FILE = 10_000_000  # characters
LONGEST_TEXT = 100_000
DEEPEST = 100
MOST_DIGITS = 40

# Turns the writing direction of what follows around, so that a text can pose as another.
_TURNS = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e"}
# Drawings and generated pages of a file: never shown, so their length does not matter.
_NOT_READ = ("div", "data")


def load(text: str, notes: Notes) -> dict[str, Any]:
    """The one object that a file holds, with numbers exact and texts without control characters."""
    if len(text) > LONGEST_FILE:
        raise ContentRefused(f"the file is longer than {LONGEST_FILE:,} characters")
    held = _parse(text.removeprefix("\ufeff").strip())
    if not isinstance(held, dict):
        raise ContentRefused("the file holds no FHIR resource; it must begin with {")
    cleaned: dict[str, Any] = _clean(held, notes, "", 0)
    return cleaned


def _parse(text: str) -> Any:
    if not text:
        raise ContentRefused("the file is empty")
    if text.startswith("<"):
        raise ContentRefused("the file is XML; save the questionnaire as JSON and import that")
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_without_twins,
        )
    except json.JSONDecodeError as wrong:
        raise ContentRefused(
            f"the file is not JSON: line {wrong.lineno}, character {wrong.colno} cannot be read"
        ) from None
    except RecursionError:
        raise ContentRefused("the file is nested too deeply") from None
    except ContentRefused:
        raise
    except (ValueError, ArithmeticError):
        raise ContentRefused("the file holds a number that is far too large") from None


def _no_number(name: str) -> Any:
    raise ContentRefused(f"the file holds {name} where a number should be")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ContentRefused(
            f"the key {twice[:50]!r} stands twice in one object, so it is not clear which counts"
        )
    return made


def _clean(value: Any, notes: Notes, key: str, depth: int) -> Any:
    if depth > DEEPEST:
        raise ContentRefused(f"the file is nested more than {DEEPEST} deep")
    if isinstance(value, dict):
        return {
            name: _clean(one, notes, name, depth + 1)
            for name, one in value.items()
            if one is not None or _is_empty(name, notes)
        }
    if isinstance(value, list):
        return [_clean(one, notes, key, depth + 1) for one in value]
    if isinstance(value, str):
        return _clean_text(value, notes, key)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        _check_number(value, key)
    return value


def _is_empty(name: str, notes: Notes) -> bool:
    notes.warn("", name, "null is no value in FHIR; it was left out")
    return False


def _clean_text(text: str, notes: Notes, key: str) -> str:
    if len(text) > LONGEST_TEXT and key not in _NOT_READ:
        raise ContentRefused(
            f"{key[:50]} holds a text of {len(text):,} characters; shorten it to {LONGEST_TEXT:,}"
        )
    if text.isprintable():
        return text
    kept = "".join(letter for letter in text if not _is_dropped(letter))
    if kept != text:
        notes.warn("", key, "control characters, which no text may hold, were taken out")
    return kept


def _is_dropped(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return (kind == "Cc" and letter not in "\n\r\t") or kind == "Cs" or letter in _TURNS


def _check_number(value: int | Decimal, key: str) -> None:
    exact = Decimal(value)
    if abs(exact.adjusted()) > MOST_DIGITS or len(exact.as_tuple().digits) > MOST_DIGITS:
        raise ContentRefused(f"{key[:50]} holds a number of more than {MOST_DIGITS} digits")
