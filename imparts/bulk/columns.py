"""Columns: what a table of forms is called, and what a table of results holds.

A table of results is the same whatever instruments the file holds: subscales stand in one column as
JSON. In Parquet numbers are numbers and flags a list; in CSV everything is text, numbers as in JSON
and flags separated by a space.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from imparts.bulk.refused import FileRefused

ID, INSTRUMENT = "id", "instrument"
CONTEXT = "context."  # a fact about the person: context.periods_not_applicable

FACTS = ("status", "score", "band", "lower", "upper", "flags", "subscales", "profile", "error")

Result = tuple[Any, ...]  # in the order of FACTS


@dataclass(frozen=True, slots=True)
class Layout:
    """How results stand in a table."""

    number: Callable[[int | float | None], Any]
    flags: Callable[[list[str]], Any]
    schema: dict[str, Any]

    def of_result(self, said: dict[str, Any]) -> Result:
        """What as_json() says, as one row."""
        subscales = said.get("subscales")
        return (
            said["status"],
            self.number(said["score"]),
            said["band"],
            self.number(said["lower"]),
            self.number(said["upper"]),
            self.flags(said["flags"]),
            None if subscales is None else json.dumps(subscales),
            said.get("profile"),
            None,
        )

    def table(self, rows: Iterable[Result]) -> pl.DataFrame:
        """Many results as a table."""
        return pl.DataFrame(list(rows), schema=self.schema, orient="row")


def refusal(sentence: str) -> Result:
    """The row of a form that was not scored."""
    return (*[None] * (len(FACTS) - 1), sentence)


def _schema(number: Any, flags: Any) -> dict[str, Any]:
    own = {"score": number, "lower": number, "upper": number, "flags": flags}
    return {fact: own.get(fact, pl.String) for fact in FACTS}


def _as_text(number: int | float | None) -> str | None:
    return None if number is None else json.dumps(number)


TYPED = Layout(
    number=lambda number: number if number is None else float(number),
    flags=list,
    schema=_schema(pl.Float64(), pl.List(pl.String)),
)
TEXT = Layout(number=_as_text, flags=" ".join, schema=_schema(pl.String(), pl.String()))


def item_columns(names: Iterable[str]) -> list[str]:
    """The columns that hold answers: all but the two first and the facts about the person."""
    return [n for n in names if n not in (ID, INSTRUMENT) and not n.startswith(CONTEXT)]


def context_columns(names: Iterable[str]) -> list[str]:
    """The columns that hold facts about the person."""
    return [name for name in names if name.startswith(CONTEXT)]


def check_columns(names: list[str]) -> None:
    """Refuse a table that does not say whose forms they are, or names a column twice."""
    for name in (ID, INSTRUMENT):
        if name not in names:
            raise FileRefused(
                f"There is no column {name}. The columns are id, instrument, and the items by "
                f"their ids, in CSV with commas between them; found: {', '.join(names)[:100]}."
            )
    for place, name in enumerate(names, start=1):
        if not name:
            raise FileRefused(f"Column {place} has no name. Name it, or take it out of the file.")
        if names.count(name) > 1:
            raise FileRefused(f"The column {name[:30]} stands there twice. Take one of them out.")
