"""Frames: a table of forms in, a table of results out, row for row.

The columns are `id`, `instrument`, the items by their ids, and facts about the person such as
`context.periods_not_applicable`. Several instruments may stand in one table; what does not belong
to a form's instrument is left empty.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from imparts.bulk.columns import FACTS, ID, INSTRUMENT, TEXT, TYPED, refusal
from imparts.bulk.known import ROW, Known
from imparts.bulk.oddities import Oddities
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.requests import RequestScorer

Instruments = Mapping[str, Instrument]


def score_frame(frame: pl.DataFrame, instruments: Instruments) -> pl.DataFrame:
    """Score a whole table at once, as a Parquet file is scored."""
    return FrameScorer(instruments).score(frame)


class FrameScorer:
    """Scores one table after another, all with the same columns; counts what it refuses."""

    def __init__(self, instruments: Instruments, *, cells: bool = False) -> None:
        self.refused = 0
        self._cells = cells  # of a CSV: every column is text
        self._layout = TEXT if cells else TYPED
        self._requests = RequestScorer(instruments)
        self._oddities = Oddities(self._requests, self._layout, cells=cells)
        self._known: dict[str, Known] = {}

    def schema(self, columns: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of the results, for a table with these columns."""
        kind = columns.get(ID, pl.String())
        kept = kind if kind.is_integer() else pl.String()
        return {ID: kept, INSTRUMENT: pl.String(), **self._layout.schema}

    def score(self, frame: pl.DataFrame, unread: Mapping[int, str] | None = None) -> pl.DataFrame:
        """One row out for each row in; `unread` says of some rows why they could not be read."""
        unread = unread or {}
        frame = frame.with_columns(pl.col(pl.Categorical, pl.Enum).cast(pl.String))
        rows = frame.with_row_index(ROW)
        if unread:
            rows = rows.filter(~pl.col(ROW).is_in(list(unread)))
        found, odd = self._in_columns(rows)
        results = [self._oddities.result(form) for form in odd.drop(ROW).iter_rows(named=True)]
        results += [refusal(sentence) for sentence in unread.values()]
        if results:
            at = pl.Series(ROW, [*odd[ROW], *unread], pl.UInt32)
            found.append(self._layout.table(results).insert_column(0, at))
        whole = pl.concat(found) if found else self._layout.table([])
        if len(found) > 1:
            whole = whole.sort(ROW)
        self.refused += whole.height - whole["error"].null_count()
        return pl.concat([self._head(frame), whole.select(FACTS)], how="horizontal")

    def _in_columns(self, rows: pl.DataFrame) -> tuple[list[pl.DataFrame], pl.DataFrame]:
        """The results that columns can say, with their rows, and the forms that are odd."""
        if rows.schema.get(INSTRUMENT) != pl.String:
            return [], rows
        named = set(rows[INSTRUMENT].unique())
        here = [name for name in self._requests.instruments if name in named]
        found, odd = [], [rows.filter(~pl.col(INSTRUMENT).is_in(here).fill_null(False))]
        for name in here:
            part = rows if named == {name} else rows.filter(pl.col(INSTRUMENT) == name)
            scored, left = self._known_of(name, rows.schema).score(part)
            found.append(scored)
            odd.append(left)
        return found, pl.concat(odd)

    def _known_of(self, name: str, schema: Mapping[str, Any]) -> Known:
        if name not in self._known:
            own = {column: kind for column, kind in schema.items() if column != ROW}
            scorer = self._requests.scorer(name)
            self._known[name] = Known(scorer, self._layout, own, cells=self._cells)
        return self._known[name]

    def _head(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Id and instrument as they were given; nothing where they cannot be."""
        schema = self.schema(frame.schema)
        return frame.select(self._kept(n, frame.schema, schema[n]) for n in (ID, INSTRUMENT))

    def _kept(self, name: str, given: Mapping[str, Any], kind: Any) -> pl.Expr:
        if given.get(name) != kind:
            return pl.repeat(None, pl.len(), dtype=kind).alias(name)
        return pl.when(pl.col(name) != "").then(pl.col(name)) if self._cells else pl.col(name)
