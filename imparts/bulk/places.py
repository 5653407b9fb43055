"""Places: expressions that say of a column of answers which answer of the item each one is.

The place of an answer is its place among the item's answers; one place more means "not answered".
Null means that the column cannot say: then the form is looked at one by one, and either scored
there or refused with a sentence. A place is only ever given to an answer that is certainly allowed.
"""

from typing import Any

import polars as pl

from imparts.rules.instruments.definition import Item

FACT_WORDS = {"true": 1, "True": 1, "TRUE": 1, "false": 0, "False": 0, "FALSE": 0}


def values_of(item: Item) -> list[int]:
    """The item's answers in the order of their places."""
    return [option.value for option in item.options]


def place_of(item: Item, kind: Any) -> pl.Expr:
    """The place of each answer in a column of this type."""
    column, missing = pl.col(item.id), pl.lit(len(item.options), pl.UInt32)
    if item.free_text:  # it has no values: whatever is written adds nothing
        found = pl.lit(0 if kind == pl.String else None, pl.UInt32)
    elif kind.is_integer():
        found = _among(column.cast(pl.Int64, strict=False), item)
    elif kind.is_float():
        whole = column.cast(pl.Int64, strict=False)
        found = _among(pl.when(whole.cast(pl.Float64) == column).then(whole), item)
    else:
        found = pl.lit(None, pl.UInt32)
    return pl.when(column.is_null()).then(missing).otherwise(found)


def place_of_cell(item: Item) -> pl.Expr:
    """The place of each answer in a column of CSV cells, in which nothing means not answered."""
    missing = len(item.options)
    if item.free_text:
        return pl.lit(missing, pl.UInt32)
    cells = {"": missing}
    for place, value in enumerate(values_of(item)):
        cells |= {str(value): place, f"{value}.0": place}
    return pl.col(item.id).replace_strict(cells, default=None, return_dtype=pl.UInt32)


def fact_of(name: str, kind: Any) -> pl.Expr:
    """1 where a fact about the person is so, 0 where it is not or nothing is said."""
    column = pl.col(name)
    said = column.cast(pl.UInt32) if kind == pl.Boolean else pl.lit(None, pl.UInt32)
    return pl.when(column.is_null()).then(pl.lit(0, pl.UInt32)).otherwise(said)


def fact_of_cell(name: str) -> pl.Expr:
    """The same of a CSV's cells."""
    return pl.col(name).replace_strict({"": 0, **FACT_WORDS}, default=None, return_dtype=pl.UInt32)


def _among(column: pl.Expr, item: Item) -> pl.Expr:
    values = values_of(item)
    if values == list(range(values[0], values[0] + len(values))):
        inside = column.is_between(values[0], values[-1])
        return pl.when(inside).then((column - values[0]).cast(pl.UInt32, strict=False))
    places = dict(zip(values, range(len(values)), strict=True))
    return column.replace_strict(places, default=None, return_dtype=pl.UInt32)
