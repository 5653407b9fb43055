"""Conditions: when something applies, given the answers so far; and "not known yet" is an answer.

A condition on a question that is still unanswered is neither true nor false. Whoever asks must
decide what that means: a question waits, a score keeps every way open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from imparts.rules.content import Table

Answers = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Condition:
    """Any of some items is at least a value, or is one of some values."""

    items: tuple[str, ...]
    at_least: int | None = None
    one_of: tuple[int, ...] = ()
    instrument: str | None = None

    def is_met(self, answers: Answers) -> bool | None:
        """True or false once it is settled; None while answers that could settle it are missing."""
        values = [answers.get(item) for item in self.items]
        if any(value is not None and self._fits(value) for value in values):
            return True
        return None if any(value is None for value in values) else False

    def _fits(self, value: int) -> bool:
        if self.at_least is not None:
            return value >= self.at_least
        return value in self.one_of


def read_condition(table: Table, *, names_instrument: bool = False) -> Condition:
    """A condition of a file: any_of = [...] with is_at_least = 1 or is_one_of = [2, 3]."""
    instrument = table.words("instrument") if names_instrument else None
    items = table.names("any_of")
    at_least = table.whole_or("is_at_least")
    one_of = table.wholes_or("is_one_of")
    if (at_least is None) == (not one_of):
        raise table.refuse("say is_at_least = 1 or is_one_of = [2, 3], and only one of the two")
    table.end()
    return Condition(items, at_least, one_of, instrument)
