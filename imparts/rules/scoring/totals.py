"""Totals: from the answers that apply to one score, or to none.

A missing answer is never counted as zero, unless an instrument's own manual says so (DLQI: one).
Each instrument's file says how many answers may be missing; within that allowance the total is
scaled up to the full length, halves going up, and marked as prorated, so that nobody reads an
estimate as a measurement. Beyond it there is no score.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from imparts.rules.instruments.definition import Item, LookUp, ScoringRule, SubscaleRule
from imparts.rules.scoring.refused import ScoringRefused

COMPLETE, PRORATED, INCOMPLETE = "complete", "prorated", "incomplete"


@dataclass(frozen=True, slots=True)
class Method:
    """How several answers become one number."""

    name: str  # sum or mean
    decimals: int
    may_be_missing: int
    multiply_by: Decimal = Decimal(1)
    counts_as_zero: int = 0  # so many missing answers count 0, and the result is an estimate
    table: LookUp | None = None
    recoded: Mapping[int, int] = field(default_factory=dict)

    def counts(self, item: Item, value: int) -> int:
        """What an answer adds."""
        return self.recoded[value] if self.recoded else contribution(item, value)

    def span(self, item: Item) -> tuple[int, int]:
        """The least and the most that an answer to this item could add."""
        added = [self.counts(item, option.value) for option in item.options]
        return min(added), max(added)

    def joined(self, values: Collection[int], scaled_to: int | None = None) -> Decimal:
        """The result of some answers together, scaled up to more of them, and looked up."""
        whole = Decimal(sum(values)) * self.multiply_by
        if self.name == "mean" and values:
            whole /= len(values)
        elif scaled_to is not None:
            whole = whole * scaled_to / len(values)
        if self.table is None:
            return rounded(whole, self.decimals)
        return _looked_up(self.table, rounded(whole, 0))


def method_of(rule: ScoringRule) -> Method:
    """The method of an instrument's total."""
    return Method(
        "mean" if rule.method == "mean" else "sum",
        rule.decimals,
        rule.may_be_missing,
        rule.multiply_by,
        rule.missing_counts_as_zero,
        rule.table("score") if rule.method == "table" else None,
    )


def method_of_part(part: SubscaleRule, rule: ScoringRule) -> Method:
    """The method of one of an instrument's subscales."""
    return Method(
        part.method,
        part.decimals,
        part.may_be_missing,
        table=rule.table(part.table) if part.table else None,
        recoded=dict(part.recoded),
    )


@dataclass(frozen=True, slots=True)
class Total:
    """A number with how far it may be trusted."""

    status: str
    score: Decimal | None
    asked: int
    missing: tuple[str, ...]


def contribution(item: Item, value: int) -> int:
    """What an answer adds; a reversed item counts from the other end of its own scale."""
    return item.lowest + item.highest - value if item.reverse else value


def total(method: Method, asked: Collection[Item], answers: Mapping[str, int | None]) -> Total:
    """Add up, or average, the answers to the items that apply."""
    given = [
        method.counts(item, value) for item in asked if (value := answers.get(item.id)) is not None
    ]
    missing = tuple(item.id for item in asked if answers.get(item.id) is None)
    if not given or len(missing) > max(method.may_be_missing, method.counts_as_zero):
        return Total(INCOMPLETE, None, len(asked), missing)
    as_zero = len(missing) <= method.counts_as_zero
    score = method.joined(given, scaled_to=None if as_zero else len(asked))
    return Total(PRORATED if missing else COMPLETE, score, len(asked), missing)


def _looked_up(table: LookUp, raw: Decimal) -> Decimal:
    found = table.result(int(raw))
    if found is None:  # the reader has made sure that a table holds every raw score
        raise ScoringRefused(f"The table {table.name} holds no score of {raw}.")
    return found


def rounded(exact: Decimal, decimals: int) -> Decimal:
    """Round to so many decimals, halves going up."""
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
