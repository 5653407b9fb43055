"""Adding up, as FHIRPath: sums and means over the items that apply, empty while any is open.

A missing answer is never zero: every expression first counts the answers and gives nothing at all
unless each item that applies has one. Items that count alike are added together. An answer that the
item does not have is not counted, so that the result is empty and not smaller.

Rounding is done in whole numbers, halves going up, because FHIRPath leaves open how round() treats
a half: a mean of 10 over 3 items to one decimal is (10 x 20 + 3) div 6, then divided by 10.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from imparts.gateway.fhir.applies import Applying
from imparts.gateway.fhir.choices import Choices
from imparts.gateway.fhir.paths import (
    NOTHING,
    answers_to,
    first_that_holds,
    if_else,
    joined,
    quoted,
)
from imparts.rules.instruments.definition import Item

Worth = Callable[[Item, int], int]


@dataclass(frozen=True, slots=True)
class Added:
    """Three expressions: is everything answered, what is the sum, and of how many items."""

    is_complete: str
    amount: str
    asked: str

    def when_complete(self, result: str) -> str:
        """A result, or nothing while an answer is open."""
        return if_else(self.is_complete, result, NOTHING)


def added(applying: Applying, items: Sequence[Item], worth: Worth) -> Added:
    """Add up what the answers to some items are worth."""
    alike: dict[tuple[str, str], list[str]] = {}
    for item in items:
        counts = worth_of(applying.choices[item.id], worth)
        alike.setdefault((applying.gone(item), counts), []).append(item.id)
    parts = [_part(names, gone, counts) for (gone, counts), names in alike.items()]
    return Added(
        joined([one.is_complete for one in parts], "and"),
        joined([one.amount for one in parts], "+"),
        joined([one.asked for one in parts], "+"),
    )


def worth_of(choices: Choices, worth: Worth) -> str:
    """What $this answer counts."""
    item = choices.item
    pairs = [(option, worth(item, option.value)) for option in item.options]
    if choices.is_number:
        if all(counts == option.value for option, counts in pairs):
            return "$this"
        ends = item.lowest + item.highest
        if all(counts == ends - option.value for option, counts in pairs):
            return f"{ends} - $this"
        cases = [(f"$this = {option.value}", str(counts)) for option, counts in pairs]
        return first_that_holds(cases)
    cases = [(f"code = {quoted(choices.code(option))}", str(counts)) for option, counts in pairs]
    return first_that_holds(cases)


def _part(names: list[str], gone: str, counts: str) -> Added:
    counted = f"{answers_to(names)}.select({counts})"
    is_complete = f"{counted}.count() = {len(names)}"
    amount = f"{counted}.aggregate($total + $this, 0)"
    if not gone:
        return Added(is_complete, amount, str(len(names)))
    return Added(
        f"({gone} or {is_complete})",
        if_else(gone, "0", amount),
        if_else(gone, "0", str(len(names))),
    )


def rounded(amount: str, *, times: Fraction, over: str = "1", decimals: int = 0) -> str:
    """An amount times a fraction, over a number of items, to so many decimals, halves going up."""
    if times == 1 and over == "1" and decimals == 0:
        return amount
    scale = 10**decimals
    below = over if times.denominator == 1 else f"{times.denominator} * {over}"
    above = f"{amount} * {2 * scale * times.numerator}"
    whole = f"(({above} + {below}) div (2 * {below}))"
    return whole if decimals == 0 else f"{whole} / {scale}"
