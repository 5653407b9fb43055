"""Known: the results of the numbers met so far, worked out once and joined to all forms."""

from typing import Any

import polars as pl

from imparts.bulk.columns import CONTEXT, Layout, Result, refusal
from imparts.bulk.numbers import number_columns, number_of, word
from imparts.rules.scoring.quick.scorer import REMEMBERED, QuickScorer
from imparts.rules.scoring.refused import ScoringRefused

ROW = "\0row"  # the place of a form in its table; no file has a column of this name


class Known:
    """Results of one instrument in a table with the same columns throughout."""

    def __init__(
        self, scorer: QuickScorer, layout: Layout, schema: dict[str, Any], *, cells: bool
    ) -> None:
        self._scorer = scorer
        self._layout = layout
        self._words = [word(place) for place in range(scorer.words)]
        self._columns = number_columns(scorer, schema, cells=cells)
        items = scorer.instrument.items
        self._items = [one.id for one in items if one.id in schema and not one.free_text]
        self._facts = [name for name in scorer.contexts if CONTEXT + name in schema]
        nothing = pl.DataFrame(schema=dict.fromkeys(self._words, pl.Int64))
        self._table = self._as_table(nothing, [])

    def score(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The results with their rows, and the forms that are odd."""
        numbered = frame.with_columns(self._columns)
        odd = numbered.filter(pl.col(self._words[0]).is_null())
        if odd.height:
            numbered = numbered.filter(pl.col(self._words[0]).is_not_null())
        self._learn(numbered)
        found = numbered.select(ROW, *self._words).join(
            self._table, on=self._words, how="left", maintain_order="left"
        )
        return found.drop(self._words), odd.drop(self._words)

    def _learn(self, numbered: pl.DataFrame) -> None:
        """See that every number of a table is known."""
        different = numbered.unique(self._words, keep="any")
        new = different.join(self._table, on=self._words, how="anti")
        if not new.height:
            return
        if self._table.height + new.height > REMEMBERED:
            new, self._table = different, self._table.clear()
        results = [self._result(form) for form in new.iter_rows(named=True)]
        table = self._as_table(new.select(self._words), results)
        self._table = pl.concat([self._table, table])

    def _as_table(self, numbers: pl.DataFrame, results: list[Result]) -> pl.DataFrame:
        return pl.concat([numbers, self._layout.table(results)], how="horizontal")

    def _result(self, form: dict[str, Any]) -> Result:
        number = number_of([form[name] for name in self._words])
        answers = {name: _answer(form[name]) for name in self._items}
        context = {name: _is_so(form[CONTEXT + name]) for name in self._facts}
        try:
            return self._layout.of_result(self._scorer.result(number, answers, context))
        except ScoringRefused as refused:
            return refusal(str(refused))


def _answer(value: Any) -> int | None:
    """An answer that has a place already: 2, 2.0 or their texts; nothing is not answered."""
    return None if value is None or value == "" else int(float(value))


def _is_so(value: Any) -> bool:
    return value is True or str(value).lower() == "true"
