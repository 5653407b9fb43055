"""The Friends and Family Test over many answers: how many per cent were positive and negative.

All six answers are in the denominator, "don't know" too. Without answers there is no percentage.
Whoever shows one hides small numbers first: one answer alone is "100 per cent positive".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.totals import rounded

POSITIVE, NEGATIVE = "positive", "negative"


@dataclass(frozen=True, slots=True)
class Shares:
    """Per cent with one decimal; None where nobody answered."""

    positive: Decimal | None
    negative: Decimal | None
    answers: int


def shares_of(instrument: Instrument, counts: Mapping[int, int]) -> Shares:
    """The shares of the answers that lead to "positive" and to "negative"."""
    question = instrument.scored_items[0]
    answers = sum(counts.get(option.value, 0) for option in question.options)

    def share(category: str) -> Decimal | None:
        if not answers:
            return None
        counted = sum(
            counts.get(option.value, 0)
            for option in question.options
            if option.category == category
        )
        return rounded(Decimal(counted) * 100 / answers, 1)

    return Shares(share(POSITIVE), share(NEGATIVE), answers)
