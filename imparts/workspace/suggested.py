"""What was suggested after one visit and what has come of it, in plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from imparts.design.words import Phrase


@dataclass(frozen=True, slots=True)
class Step:
    """One suggested step, and what has been decided about it."""

    id: str
    verb_first: str
    text: str
    reason: str
    decided: str = ""
    is_done: bool = False
    kind: str = "talk"
    waits: tuple[Phrase, ...] = ()
    """How long one waits for what it offers, with the day on which that was so."""
    because: str = ""
    """Source, pathway and version in one line."""
    opt_out: bool = False
    """A referral that stands unless the person says no: saying no is one click."""
    asks: tuple[str, ...] = ()
    """Instruments that a step of the kind repeat has asked."""
    referral: UUID | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be asked again: its id and its name for clinicians."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """Everything that the column of next steps says."""

    entry: int | None = None
    steps: Sequence[Step] = ()
    line: str = ""
    """How many pathways spoke, and who has checked them."""
    in_full: str = ""
    """The pathways by title and version, each with who has checked it."""
    stepped_out: str = ""
    booked: Sequence[tuple[str, str]] = ()
    """What is booked to be asked again: the instrument, and the words."""
    may_repeat: Sequence[Measure] = field(default=())
