"""One row of the measures table, whatever it is a measure of."""

from dataclasses import dataclass

from imparts.design.words import Phrase
from imparts.workspace.pages.sparkline import Spark


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure."""

    name: str
    short: str
    score: str
    out_of: str
    in_words: str
    change: tuple[Phrase, ...]
    spark: Spark | None = None
    note: str = ""
    is_compared: bool = True
    """Whether the change stands in a column of its own; an estimate takes its place."""
    is_part: bool = False
    """Whether it belongs to the total in the row above."""
    trend: str = ""
    """The name of its trend page; empty where there is none."""
