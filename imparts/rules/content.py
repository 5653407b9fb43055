"""Reading authored content: one table of a file, key by key, with plain sentences for mistakes.

A content file is written by a clinician, so a slip must be answered in words that say what is
wrong and where. Every key that nobody asked for is refused at the end: a misspelt key would
otherwise be a rule that silently does not apply.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

NOT_CHECKED = "not yet checked by a clinician"


class ContentRefused(ValueError):
    """A content file breaks a rule of its kind; the message is one sentence for its author."""


class Table:
    """One table of a content file; keys are taken out one by one, and none may be left over."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self._left = dict(values)
        self.where = where

    def refuse(self, sentence: str) -> ContentRefused:
        """The error to raise, naming the place in the file."""
        return ContentRefused(f"{self.where}: {sentence}")

    def has(self, key: str) -> bool:
        """Whether a key stands in the table and has not been taken yet."""
        return key in self._left

    def names_left(self) -> tuple[str, ...]:
        """The keys that nobody has taken yet."""
        return tuple(self._left)

    def take(self, key: str, kind: type[Any] | tuple[type[Any], ...], said: str) -> Any:
        """Take a value that must be there and be of one kind."""
        if key not in self._left:
            raise self.refuse(f"{key} is missing")
        if not self.holds(key, kind):
            raise self.refuse(f"{key} must be {said}")
        return self._left.pop(key)

    def holds(self, key: str, kind: type[Any] | tuple[type[Any], ...]) -> bool:
        """Whether a key stands in the table with a value of one kind; true is not a number."""
        value = self._left.get(key)
        return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))

    def words(self, key: str) -> str:
        """Text that must be there and not be empty."""
        text: str = self.take(key, str, "text in quotes")
        if not text.strip():
            raise self.refuse(f"{key} is empty")
        return text

    def words_or(self, key: str, otherwise: str = "") -> str:
        """Text that may be left out or be empty."""
        return self.take(key, str, "text in quotes") if self.has(key) else otherwise

    def whole(self, key: str) -> int:
        """A whole number."""
        number: int = self.take(key, int, "a whole number")
        return number

    def whole_or(self, key: str, otherwise: int | None = None) -> int | None:
        """A whole number that may be left out."""
        return self.whole(key) if self.has(key) else otherwise

    def number(self, key: str) -> Decimal:
        """A number, exact to the digits written in the file."""
        found = Decimal(self.take(key, (int, Decimal), "a number"))
        if not found.is_finite():
            raise self.refuse(f"{key} must be a number")
        return found

    def number_or(self, key: str) -> Decimal | None:
        """A number that may be left out."""
        return self.number(key) if self.has(key) else None

    def yes(self, key: str, otherwise: bool | None = None) -> bool:
        """True or false."""
        if otherwise is not None and not self.has(key):
            return otherwise
        answer: bool = self.take(key, bool, "true or false")
        return answer

    def day(self, key: str) -> date:
        """A day, written like 2026-11-21."""
        found: date = self.take(key, date, "a day like 2026-11-21")
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there."""
        found = self.take(key, list, "a list of texts")
        if not all(isinstance(name, str) and name for name in found):
            raise self.refuse(f"{key} must be a list of texts")
        return tuple(found)

    def names_or(self, key: str) -> tuple[str, ...]:
        """A list of texts that may be left out."""
        return self.names(key) if self.has(key) else ()

    def wholes_or(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers that may be left out."""
        if not self.has(key):
            return ()
        found = self.take(key, list, "a list of whole numbers")
        if not all(type(number) is int for number in found):
            raise self.refuse(f"{key} must be a list of whole numbers")
        return tuple(found)

    def table(self, key: str) -> "Table":
        """A table inside this one that must be there."""
        return Table(self.take(key, dict, "a table"), f"{self.where}, {key}")

    def table_or(self, key: str) -> "Table | None":
        """A table inside this one that may be left out."""
        return self.table(key) if self.has(key) else None

    def tables(self, key: str) -> tuple["Table", ...]:
        """A list of tables; none when the key is left out."""
        if not self.has(key):
            return ()
        found = self.take(key, list, "a list of tables")
        if not all(isinstance(one, dict) for one in found):
            raise self.refuse(f"{key} must be a list of tables")
        return tuple(
            Table(one, f"{self.where}, {key} {number}") for number, one in enumerate(found, start=1)
        )

    def end(self) -> None:
        """Refuse whatever nobody asked for."""
        if self._left:
            raise self.refuse(f"{', '.join(sorted(self._left))} is not a key that is known here")


def read_toml(text: str, kind: str) -> Table:
    """The outermost table of a file; its own id, once known, says where a mistake stands."""
    if "\x00" in text:
        raise ContentRefused(f"This {kind} file holds a NUL character; save it as plain text.")
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise ContentRefused(f"This {kind} file is not valid TOML: {problem}") from None
    name = values.get("id") or values.get("nation")
    return Table(values, name if isinstance(name, str) and name else f"This {kind} file")


def one_of(table: Table, key: str, allowed: tuple[str, ...], otherwise: str | None = None) -> str:
    """A text that must be one of a few."""
    found = table.words(key) if otherwise is None else table.words_or(key, otherwise)
    if found not in allowed:
        raise table.refuse(f"{key} is {found!r}; it must be one of {', '.join(allowed)}")
    return found
