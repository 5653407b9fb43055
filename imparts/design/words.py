"""Words on a page: a phrase, and whether it is the part that must be read."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of text, printed bold when it is the part that must be read."""

    text: str
    strong: bool = False


def plain_number(value: Decimal) -> str:
    """14 and 4.6, never 14.0."""
    return f"{value.normalize():f}"


def counted(number: int, thing: str) -> str:
    """1 answer, 2 answers."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
