"""The library's list: one row an instrument, by what it measures."""

from collections.abc import Iterable
from dataclasses import dataclass

from imparts.rules.instruments.definition import Instrument


@dataclass(frozen=True, slots=True)
class Row:
    """One instrument."""

    name: str
    measures: str


@dataclass(frozen=True, slots=True)
class Library:
    """All instruments."""

    title: str
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, instruments: Iterable[Instrument]) -> "Library":
        """Put the library into words."""
        return cls(
            title="Library",
            rows=tuple(Row(one.short_title, one.measures) for one in instruments),
        )
