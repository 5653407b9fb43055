"""A chain over rows: each row carries a digest of itself and of the row before it.

Whoever has the rows can work the digests out again with any tool that knows SHA-256. A row that was
left out, added, moved or changed breaks the chain at its place, and a shortened file ends with
another digest than the one on its sheet.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FIRST = "0" * 64
"""What stands before the first row."""
HOW = (
    "Each row's chain is the SHA-256, in hexadecimal, of the text made of three parts: the chain "
    "of the row before (64 zeros before the first row), a line feed, and the row's other values as "
    "a JSON list of texts without spaces between them, in UTF-8."
)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Rows in order, each with its link of the chain."""

    head: Row
    rows: tuple[Row, ...]
    links: tuple[str, ...]

    @classmethod
    def of(cls, head: Sequence[str], rows: Iterable[Sequence[str]]) -> "Proof":
        """Make values safe for a spreadsheet, then link the rows."""
        safe = tuple(tuple(safe_in_a_sheet(value) for value in row) for row in rows)
        return cls(tuple(head), safe, links_of(safe))

    @property
    def last(self) -> str:
        """The digest that stands for the whole."""
        return self.links[-1] if self.links else FIRST


def links_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """The link of every row."""
    links: list[str] = []
    for row in rows:
        links.append(_link(links[-1] if links else FIRST, row))
    return tuple(links)


def first_break(rows: Sequence[Row], links: Sequence[str]) -> int | None:
    """The number of the first row that does not fit the one before, from 1; None when all fit."""
    if len(rows) != len(links):
        return min(len(rows), len(links)) + 1
    before = FIRST
    for number, (row, link) in enumerate(zip(rows, links, strict=True), start=1):
        if _link(before, row) != link:
            return number
        before = link
    return None


def safe_in_a_sheet(value: str) -> str:
    """The value, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _link(before: str, row: Row) -> str:
    said = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()
