"""What the summary needs to know of one measure of one visit, whoever keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from imparts.rules.instruments.definition import Instrument, Item
from imparts.rules.scoring.parts import Part
from imparts.rules.scoring.result import number_to_act_on


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of text, printed bold when it is the part that must be read."""

    text: str
    strong: bool = False


class Answered(Protocol):
    """One question and what became of it: a value, declined, or neither (not reached)."""

    @property
    def item(self) -> Item: ...
    @property
    def value(self) -> int | None: ...
    @property
    def declined(self) -> bool: ...


class Before(Protocol):
    """The last complete score before this one."""

    @property
    def on(self) -> date: ...
    @property
    def score(self) -> Decimal: ...


class Measured(Protocol):
    """One instrument of one visit."""

    @property
    def instrument(self) -> Instrument: ...
    @property
    def answers(self) -> Sequence[Answered]: ...
    @property
    def status(self) -> str: ...
    @property
    def score(self) -> Decimal | None: ...
    @property
    def lower(self) -> Decimal | None: ...
    @property
    def upper(self) -> Decimal | None: ...
    @property
    def answered(self) -> int: ...
    @property
    def asked(self) -> int: ...
    @property
    def before(self) -> Before | None: ...
    @property
    def is_first(self) -> bool: ...
    @property
    def flags(self) -> Sequence[str]: ...
    @property
    def parts(self) -> Sequence["MeasuredPart"]: ...


class Beside(Protocol):
    """A measure of the body that has moved beyond chance, as far as the gist tells it."""

    @property
    def name(self) -> str: ...
    @property
    def word(self) -> str: ...
    @property
    def since(self) -> date: ...


class MeasuredPart(Protocol):
    """One subscale of an instrument at one visit."""

    @property
    def part(self) -> Part: ...
    @property
    def before(self) -> Before | None: ...


def to_act_on(measured: Measured) -> Decimal | None:
    """The number to hold against a threshold, as rules.scoring.result has it."""
    return number_to_act_on(
        measured.status, measured.score, measured.lower, measured.upper,
        measured.instrument.direction,
    )  # fmt: skip
