"""Numbers: each form of a table as the number that its result depends on, column by column.

A number of more than 62 bits stands in several columns. Null means that the form is odd: an answer
that is not certainly allowed, a column that the instrument does not have, no id.
"""

from collections.abc import Mapping
from functools import reduce
from operator import add, and_
from typing import Any

import polars as pl

from imparts.bulk import places
from imparts.bulk.columns import CONTEXT, ID, context_columns, item_columns
from imparts.rules.instruments.definition import Item
from imparts.rules.scoring.quick.fields import WORD
from imparts.rules.scoring.quick.scorer import QuickScorer

Schema = Mapping[str, Any]


def word(place: int) -> str:
    """The name of a column of numbers; no file's column has it."""
    return f"\0word {place}"


def words_of(number: int, words: int) -> list[int]:
    """A number, cut into words."""
    return [_in_word(number, place) for place in range(words)]


def _in_word(number: int, place: int) -> int:
    """What of a number stands in the word at this place."""
    return number >> (WORD * place) & ((1 << WORD) - 1)


def number_of(words: list[int]) -> int:
    """The words, put together again."""
    return sum(part << (WORD * place) for place, part in enumerate(words))


def number_columns(scorer: QuickScorer, schema: Schema, *, cells: bool) -> list[pl.Expr]:
    """The columns of numbers, for a table with these columns."""
    fine = _is_fine(scorer, schema, cells=cells)
    return [
        pl.when(fine).then(total).alias(word(place))
        for place, total in enumerate(_totals(scorer, schema, cells=cells))
    ]


def _totals(scorer: QuickScorer, schema: Schema, *, cells: bool) -> list[pl.Expr]:
    items = scorer.instrument.items
    here = [item for item in items if item.id in schema]
    away = sum(scorer.adds[item.id][None] for item in items if item.id not in schema)
    found = {item.id: _place(item, schema, cells=cells) for item in here}
    amounts = {item.id: _amounts(scorer, item) for item in here}
    for fact, amount in scorer.fact_adds.items():
        if CONTEXT + fact in schema:
            found[fact], amounts[fact] = _fact(CONTEXT + fact, schema, cells=cells), [0, amount]
    return [
        reduce(
            add, (_looked_up(found[n], amounts[n], place) for n in found), pl.lit(rest, pl.Int64)
        )
        for place, rest in enumerate(words_of(away, scorer.words))
    ]


def _place(item: Item, schema: Schema, *, cells: bool) -> pl.Expr:
    return places.place_of_cell(item) if cells else places.place_of(item, schema[item.id])


def _fact(name: str, schema: Schema, *, cells: bool) -> pl.Expr:
    return places.fact_of_cell(name) if cells else places.fact_of(name, schema[name])


def _amounts(scorer: QuickScorer, item: Item) -> list[int]:
    """What the answer at each place adds, and after them what no answer adds."""
    adds = scorer.adds[item.id]
    return [*(adds[value] for value in places.values_of(item)), adds[None]]


def _looked_up(found: pl.Expr, amounts: list[int], place: int) -> pl.Expr:
    part = pl.Series([_in_word(amount, place) for amount in amounts])
    return pl.lit(part.cast(pl.Int64)).gather(found)


def _is_fine(scorer: QuickScorer, schema: Schema, *, cells: bool) -> pl.Expr:
    """Whether there is an id, nothing in others' columns, and every fact is true or false."""
    id_known = ID in schema and (schema[ID].is_integer() or schema[ID] == pl.String)
    if not id_known:
        return pl.lit(False)
    others = [name for name in item_columns(schema) if name not in scorer.adds]
    facts = [_fact(name, schema, cells=cells).is_not_null() for name in context_columns(schema)]
    given = pl.col(ID) != "" if cells else pl.col(ID).is_not_null()
    unused = [pl.col(name) == "" if cells else pl.col(name).is_null() for name in others]
    return reduce(and_, [given, *unused, *facts])
