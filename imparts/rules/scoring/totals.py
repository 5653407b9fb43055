"""Totals: from the answers that apply to one score, or to none.

A missing answer is never counted as zero. Each instrument's file says how many answers may be
missing; within that allowance the total is scaled up to the full length, halves going up, and
marked as prorated, so that nobody reads an estimate as a measurement. Beyond it there is no score.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from imparts.rules.instruments.definition import Item

COMPLETE, PRORATED, INCOMPLETE = "complete", "prorated", "incomplete"


@dataclass(frozen=True, slots=True)
class Method:
    """How several answers become one number."""

    name: str  # sum or mean
    decimals: int
    may_be_missing: int


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
        contribution(item, value) for item in asked if (value := answers.get(item.id)) is not None
    ]
    missing = tuple(item.id for item in asked if answers.get(item.id) is None)
    if not given or len(missing) > method.may_be_missing:
        return Total(INCOMPLETE, None, len(asked), missing)
    full = len(asked) if method.name == "sum" else 1
    score = rounded(Decimal(sum(given)) * full / len(given), method.decimals)
    return Total(PRORATED if missing else COMPLETE, score, len(asked), missing)


def rounded(exact: Decimal, decimals: int) -> Decimal:
    """Round to so many decimals, halves going up."""
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
