"""The frozen shapes of how one instrument is scored: totals, subscales, tables and bands.

Nothing here decides anything; scoring_reader.py makes these shapes from a file, checks.py refuses
what contradicts itself, and rules.scoring works with them.
"""

from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.instruments.conditions import Condition


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of scores."""

    code: str
    label: str
    lowest: Decimal
    highest: Decimal
    in_words: str = ""  # inside a sentence: "moderately severe"
    short: str = ""  # inside a narrow column: "mod. severe"


@dataclass(frozen=True, slots=True)
class SkipRule:
    """Items that do not apply: as a fact passed in says, or because earlier answers are zero."""

    rule: str  # if_true, if_zero or if_sum_zero
    skips: tuple[str, ...]
    when_items: tuple[str, ...] = ()
    when_context: str | None = None


@dataclass(frozen=True, slots=True)
class SubscaleRule:
    """A part of an instrument with a score of its own."""

    name: str
    label: str
    items: tuple[str, ...]
    method: str  # sum or mean
    may_be_missing: int
    bands: tuple[Band, ...] = ()
    decimals: int = 0
    table: str = ""  # the name of the look-up table that the sum is turned by
    # What each answer counts here, where that differs: Chalder bimodal counts 0, 0, 1, 1.
    recoded: tuple[tuple[int, int], ...] = ()
    direction: str = ""  # of this part, where the parts of an instrument differ


@dataclass(frozen=True, slots=True)
class BestOf:
    """A category of items of which the highest counts; an aid or help in use raises it to 2."""

    name: str
    label: str
    items: tuple[str, ...]
    aids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookUp:
    """A published table from a raw score to the score that is reported."""

    name: str
    pairs: tuple[tuple[int, Decimal], ...]

    def result(self, raw: int) -> Decimal | None:
        """What the table says of a raw score."""
        return dict(self.pairs).get(raw)


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of a decision table: when every condition holds, the result is this category."""

    category: str
    when: tuple[Condition, ...]  # none: whatever the answers are


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """How answers become a result."""

    # sum, mean, category, subscales, profile, best_of_category, table, decision_table or licensor
    method: str
    lowest: Decimal | None
    highest: Decimal | None
    decimals: int
    may_be_missing: int
    missing_rule: str
    missing_status: str
    skips: tuple[SkipRule, ...] = ()
    subscales: tuple[SubscaleRule, ...] = ()
    note: str = ""
    multiply_by: Decimal = Decimal(1)  # PAID: the sum times 1.25
    missing_counts_as_zero: int = 0  # DLQI: one missing answer counts 0
    least_answered: int | None = None  # FACIT-F: a score needs more than half of the answers
    groups: tuple[BestOf, ...] = ()  # HAQ-DI: its categories
    groups_needed: int = 0  # HAQ-DI: the number of categories that a score needs
    tables: tuple[LookUp, ...] = ()
    decisions: tuple[Decision, ...] = ()
    # What must come with a licensed wording before this can be scored: table, formula, subscales,
    # categories, decision_table or reversed_items. Empty: nothing.
    needs: str = ""

    @property
    def adds_up(self) -> bool:
        """Whether the answers that count are added up to one score, or averaged, or looked up."""
        return self.method in ("sum", "mean", "table")

    @property
    def gives_number(self) -> bool:
        """Whether the whole has one score; else it is a word, digits, or parts with their own."""
        return self.adds_up or self.method == "best_of_category"

    def table(self, name: str) -> LookUp | None:
        """The look-up table of this name."""
        return next((table for table in self.tables if table.name == name), None)
