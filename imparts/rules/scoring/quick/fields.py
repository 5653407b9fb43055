"""Fields: small sums over the answers of one form, kept side by side in one whole number.

Each answer adds a fixed amount to each field, so the number of a whole form is the sum of one
looked-up number for each answer, in Python and in columns alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# No field crosses a multiple of this, so that columns of 64-bit numbers can hold the fields.
WORD = 62

Value = int | None  # None is "not answered"
Amounts = Mapping[Value, int]


@dataclass(frozen=True, slots=True)
class Field:
    """A sum over some items: what each value of each item adds."""

    adds: Mapping[str, Amounts]

    @property
    def bits(self) -> int:
        """How many bits the greatest sum needs."""
        return sum(max(amounts.values()) for amounts in self.adds.values()).bit_length()


def field_of(adds: Mapping[str, Amounts]) -> Field:
    """A field whose amounts begin at nothing; what every form would add says nothing."""
    made = {}
    for item, amounts in adds.items():
        least = min(amounts.values())
        made[item] = {value: amount - least for value, amount in amounts.items()}
    return Field(made)


class Row:
    """Fields side by side, each with its place in the number."""

    def __init__(self) -> None:
        self._placed: list[tuple[Field, int]] = []
        self._free = 0

    def place(self, field: Field) -> int:
        """Find or make a place for a field; gives the bits of the number that are the field's."""
        bits = field.bits
        for known, shift in self._placed:
            if known == field:
                return ((1 << bits) - 1) << shift
        if self._free % WORD + bits > WORD:
            self._free += WORD - self._free % WORD
        self._placed.append((field, self._free))
        self._free += bits
        return ((1 << bits) - 1) << (self._free - bits)

    @property
    def words(self) -> int:
        """How many columns of numbers hold the row."""
        return max(1, -(-self._free // WORD))

    def amounts(self, item: str, values: Iterable[Value]) -> dict[Value, int]:
        """What each value of one item adds to the whole number."""
        found: dict[Value, int] = dict.fromkeys(values, 0)
        for field, shift in self._placed:
            for value, amount in field.adds.get(item, {}).items():
                found[value] += amount << shift
        return found
