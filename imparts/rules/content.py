"""Reading authored content: one table of a file, key by key, with plain sentences for mistakes.

A content file is written by a clinician, so a slip must be answered in words that say what is
wrong and where. Every key that nobody asked for is refused at the end: a misspelt key would
otherwise be a rule that silently does not apply.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

NOT_CHECKED = "not yet checked by a clinician"


# No text, number or file of ours comes near these; what does is a mistake or an attack.
LONGEST_TEXT = 20_000
LONGEST_FILE = 5_000_000
LARGEST_NUMBER = 10**9
FEWEST_DIGITS_AFTER_POINT = -9

_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")

Read = TypeVar("Read")
Place = tuple[str | int, ...]  # ("items", 3, "text"): the key text of the third table of items


class ContentRefused(ValueError):
    """A content file breaks a rule of its kind; the message is one sentence for its author."""

    def __init__(self, sentence: str, *, at: Place = ()) -> None:
        super().__init__(sentence)
        self.at = at


class Table:
    """One table of a content file; keys are taken out one by one, and none may be left over."""

    def __init__(self, values: Mapping[str, Any], where: str, at: Place = ()) -> None:
        self._left = dict(values)
        self.where = where
        self.at = at

    def refuse(self, sentence: str, key: str = "") -> ContentRefused:
        """The error to raise, naming the place in the file."""
        return ContentRefused(f"{self.where}: {sentence}", at=(*self.at, key) if key else self.at)

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
            raise self.refuse(f"{key} must be {said}", key)
        return self._left.pop(key)

    def holds(self, key: str, kind: type[Any] | tuple[type[Any], ...]) -> bool:
        """Whether a key stands in the table with a value of one kind; true is not a number."""
        value = self._left.get(key)
        return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))

    def words(self, key: str) -> str:
        """Text that must be there and not be empty."""
        text = self.text(key)
        if not text.strip():
            raise self.refuse(f"{key} is empty", key)
        return text

    def plain_name(self, key: str) -> str:
        """An id that others will see in addresses, files and codes: letters, digits and "_"."""
        name = self.words(key)
        if not _PLAIN_NAME.fullmatch(name):
            raise self.refuse(
                f"{key} is {name[:40]!r}; an id begins with a letter and holds letters, digits "
                'and "_", at most 60 of them',
                key,
            )
        return name

    def words_or(self, key: str, otherwise: str = "") -> str:
        """Text that may be left out or be empty."""
        return self.text(key) if self.has(key) else otherwise

    def words_if(self, key: str) -> str | None:
        """Text that may be left out, but not be empty."""
        return self.words(key) if self.has(key) else None

    def text(self, key: str) -> str:
        """Text that must be there, and may be empty."""
        text: str = self.take(key, str, "text in quotes")
        self._check_text(key, text)
        return text

    def _check_text(self, key: str, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            raise self.refuse(f"{key} is longer than {LONGEST_TEXT} characters", key)
        if "\x00" in text:
            raise self.refuse(f"{key} holds a NUL character", key)

    def whole(self, key: str) -> int:
        """A whole number."""
        number: int = self.take(key, int, "a whole number")
        if abs(number) > LARGEST_NUMBER:
            raise self.refuse(f"{key} is beyond {LARGEST_NUMBER}", key)
        return number

    def whole_or(self, key: str, otherwise: int | None = None) -> int | None:
        """A whole number that may be left out."""
        return self.whole(key) if self.has(key) else otherwise

    def number(self, key: str) -> Decimal:
        """A number, exact to the digits written in the file."""
        return self.as_number(key, self.take(key, (int, Decimal), "a number"))

    def as_number(self, key: str, value: object) -> Decimal:
        """A value as an exact number; refused unless it is one, and of a size that can be."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.refuse(f"{key} must be a number", key)
        found = Decimal(value)
        exponent = found.as_tuple().exponent
        if not isinstance(exponent, int):  # infinite, or not a number
            raise self.refuse(f"{key} must be a number", key)
        # copy_abs, since abs rounds, and a number of a billion digits cannot be rounded.
        if found.copy_abs() > LARGEST_NUMBER or not FEWEST_DIGITS_AFTER_POINT <= exponent <= 9:
            raise self.refuse(f"{key} is a number beyond what can be scored", key)
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
        if isinstance(found, datetime):
            raise self.refuse(f"{key} must be a day like 2026-11-21, without a time", key)
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there."""
        found = self.take(key, list, "a list of texts")
        if not all(isinstance(name, str) and name for name in found):
            raise self.refuse(f"{key} must be a list of texts", key)
        for name in found:
            self._check_text(key, name)
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
            raise self.refuse(f"{key} must be a list of whole numbers", key)
        return tuple(found)

    def table(self, key: str) -> "Table":
        """A table inside this one that must be there."""
        return Table(self.take(key, dict, "a table"), f"{self.where}, {key}", (*self.at, key))

    def table_or(self, key: str) -> "Table | None":
        """A table inside this one that may be left out."""
        return self.table(key) if self.has(key) else None

    def tables(self, key: str) -> tuple["Table", ...]:
        """A list of tables; none when the key is left out."""
        if not self.has(key):
            return ()
        found = self.take(key, list, "a list of tables")
        if not all(isinstance(one, dict) for one in found):
            raise self.refuse(f"{key} must be a list of tables", key)
        return tuple(
            Table(one, f"{self.where}, {key} {number}", (*self.at, key, number))
            for number, one in enumerate(found, start=1)
        )

    def read_each(self, key: str, read: Callable[["Table"], Read]) -> tuple[Read, ...]:
        """What is read from each of a list of tables, of which nothing may be left over."""
        return tuple(one.read_whole(read) for one in self.tables(key))

    def read_if(self, key: str, read: Callable[["Table"], Read]) -> Read | None:
        """What is read from a table inside this one that may be left out."""
        inside = self.table_or(key)
        return inside.read_whole(read) if inside else None

    def read_whole(self, read: Callable[["Table"], Read]) -> Read:
        """What is read from this table; refused when something in it was not asked for."""
        found = read(self)
        self.end()
        return found

    def check_review(self, last: date, following: date) -> None:
        """Refuse a file of which the next review does not come after the last one."""
        if following <= last:
            raise self.refuse("the next review is not after the last one")

    def end(self) -> None:
        """Refuse whatever nobody asked for."""
        if self._left:
            unknown = sorted(self._left)
            said = ", ".join(name[:40] for name in unknown[:10])
            raise self.refuse(f"{said} is not a key that is known here", unknown[0])


def read_toml(text: str, kind: str) -> Table:
    """The outermost table of a file; its own id, once known, says where a mistake stands."""
    if "\x00" in text:
        raise ContentRefused(f"This {kind} file holds a NUL character; save it as plain text.")
    if len(text) > LONGEST_FILE:
        raise ContentRefused(f"This {kind} file is longer than {LONGEST_FILE} characters.")
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise ContentRefused(f"This {kind} file is not valid TOML: {problem}") from None
    except (ValueError, RecursionError, ArithmeticError):
        raise ContentRefused(
            f"This {kind} file cannot be read: a number in it is too long, or its tables are "
            "nested too deeply."
        ) from None
    name = values.get("id") or values.get("nation")
    return Table(values, name[:60] if isinstance(name, str) and name else f"This {kind} file")


def one_of(table: Table, key: str, allowed: tuple[str, ...], otherwise: str | None = None) -> str:
    """A text that must be one of a few."""
    found = table.words(key) if otherwise is None else table.words_or(key, otherwise)
    if found not in allowed:
        raise table.refuse(f"{key} is {found[:60]!r}; it must be one of {', '.join(allowed)}", key)
    return found
