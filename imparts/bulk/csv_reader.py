"""CSV in: tables of cells, a block at a time; a row that cannot be read is named, not lost.

Most blocks hold nothing that needs care, and polars reads them whole. The others are read row by
row. A row may go on over several lines inside quotation marks; where a mark is never closed, only
the line on which it stands is refused, and reading goes on with the next one.
"""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from imparts.bulk.blocks import BLOCK, Blocks
from imparts.bulk.columns import ID, INSTRUMENT, check_columns
from imparts.bulk.line_files import not_text, too_long
from imparts.bulk.refused import FileRefused

LONGEST_ROW = 20_000  # characters of a row that goes on over several lines

Unread = dict[int, str]


class Table(NamedTuple):
    """Rows of cells, and why some of them could not be read."""

    frame: pl.DataFrame
    unread: Unread


def read_header(blocks: Blocks) -> list[str]:
    """The names of the columns, from the first line."""
    line = blocks.line()
    if not line:
        raise FileRefused(
            "The file is empty. Its first line must name the columns, such as id,instrument,q1,q2."
            if line is not None
            else f"The first line is longer than {BLOCK} bytes; it must name the columns."
        )
    try:
        names = next(csv.reader([line.decode("utf-8").rstrip("\r\n")], strict=True), [])
    except UnicodeDecodeError:
        raise FileRefused("The first line is not UTF-8 text. Save the file as UTF-8.") from None
    except csv.Error as problem:
        raise FileRefused(f"The first line is not CSV: {problem}.") from None
    check_columns([name.strip() for name in names])
    return [name.strip() for name in names]


def read_tables(blocks: Blocks, names: list[str]) -> Iterator[Table]:
    """The rows after the first line, in their order."""
    first = blocks.lines + 1
    for block in blocks:
        whole = None if block is None else _whole(block, names)
        if whole is not None:
            yield Table(whole, {})
        else:
            yield _Rows(blocks, names, block, first).table()
        first = blocks.lines + 1


def _whole(block: bytes, names: list[str]) -> pl.DataFrame | None:
    """A block in which every line is plainly one row, as polars reads it; else None."""
    block = block.replace(b"\r\n", b"\n")
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    if b'"' in block or b"\r" in block or block.count(b",") != lines * (len(names) - 1):
        return None
    try:
        frame = pl.read_csv(
            block, has_header=False, new_columns=names, infer_schema=False, quote_char=None
        ).fill_null("")
    except pl.exceptions.PolarsError:  # one row is longer, so another is shorter; or bytes
        return None
    return frame if frame.shape == (lines, len(names)) else None


class _Rows:
    """A block that is read row by row."""

    def __init__(self, blocks: Blocks, names: list[str], block: bytes | None, first: int) -> None:
        self._blocks = blocks
        self._names = names
        self._waiting: deque[bytes | None] = deque(
            [None] if block is None else block.removesuffix(b"\n").split(b"\n")
        )
        self._number = first - 1  # of the line that was taken last
        self._unread: Unread = {}
        self._rows: list[list[str]] = []

    def table(self) -> Table:
        """All rows that begin in the block."""
        while self._waiting:
            self._row()
        columns = dict(zip(self._names, zip(*self._rows, strict=True), strict=True))
        return Table(pl.DataFrame(columns, dict.fromkeys(columns, pl.String)), self._unread)

    def _row(self) -> None:
        line = self._next()
        number = self._number
        text = _decoded(line)
        if line is None:
            self._refuse(too_long(number))
        elif text is None:
            self._refuse(not_text(number))
        elif not text:
            self._refuse(f"line {number} is empty")
        elif (cells := self._cells(text)) is None:
            self._refuse(
                f"line {number} is not CSV: a quotation mark is not closed, or not doubled"
            )
        elif len(cells) != len(self._names):
            there, named = len(cells), len(self._names)
            self._refuse(f"line {number} has {there} cells; the first line names {named}", cells)
        else:
            self._rows.append(cells)

    def _cells(self, text: str) -> list[str] | None:
        if '"' not in text:
            return text.split(",")
        used: list[bytes | None] = []
        try:
            return next(csv.reader(self._from(text, used), strict=True))
        except csv.Error:
            self._waiting.extendleft(reversed(used))
            self._number -= len(used)
            return None

    def _from(self, text: str, used: list[bytes | None]) -> Iterator[str]:
        """A line, and those after it for as long as the row goes on and is not too long."""
        length = len(text)
        yield f"{text}\n"
        while length < LONGEST_ROW and self._is_more():
            line = self._next()
            used.append(line)
            more = _decoded(line)
            if more is None:
                return
            length += len(more) + 1
            yield f"{more}\n"

    def _next(self) -> bytes | None:
        self._number += 1
        return self._waiting.popleft()

    def _is_more(self) -> bool:
        """Whether a line waits; when the block is at its end, the file is asked for one."""
        if not self._waiting and (line := self._blocks.line()) != b"":
            self._waiting.append(line and line.removesuffix(b"\n"))
        return bool(self._waiting)

    def _refuse(self, sentence: str, cells: list[str] | None = None) -> None:
        """A row that only says whose it is, as far as that can be seen."""
        self._unread[len(self._rows)] = sentence
        given = dict(zip(self._names, cells or [], strict=False))
        self._rows.append([given.get(n, "") if n in (ID, INSTRUMENT) else "" for n in self._names])


def _decoded(line: bytes | None) -> str | None:
    try:
        return None if line is None else line.decode("utf-8").removesuffix("\r")
    except UnicodeDecodeError:
        return None
