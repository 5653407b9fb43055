"""Words on a page: phrases, numbers and counts, the same everywhere."""

from decimal import Decimal

from imparts.rules.summary.measured import Phrase

__all__ = ["Phrase", "capital", "counted", "plain_number"]


def plain_number(value: Decimal) -> str:
    """14 and 4.6, never 14.0."""
    return f"{value.normalize():f}"


def counted(number: int, thing: str) -> str:
    """1 answer, 2 answers."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def capital(words: str) -> str:
    """The same words with a capital in front; nothing stays nothing."""
    return f"{words[:1].upper()}{words[1:]}"
