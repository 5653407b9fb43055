"""The frozen shapes of one pathway, and of what it recommends for one visit."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Trigger:
    """What leads to a level: a score from or up to a value, a flag, or a band; and its words.

    Up to a value is for instruments of which a lower score is worse.
    """

    instrument: str
    because: str
    score_from: Decimal | None = None
    flag: str | None = None
    band: str | None = None
    score_up_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    id: str
    order: int
    verb_first: str  # stands in bold: "Talk today"
    text: str  # goes on in the same sentence: " about mood: function, how long, ..."
    offer: str
    within: str
    responsible: str
    source: str


@dataclass(frozen=True, slots=True)
class Level:
    """What is done when any of its triggers is met and none of a level above it.

    A level without steps says that nothing follows, and keeps the levels below it from following.
    """

    code: str
    triggers: tuple[Trigger, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Pathway:
    """What follows from the scores of one visit; its levels run from the highest down."""

    id: str
    title: str
    version: str
    levels: tuple[Level, ...]
    authored_by: str
    checked_by: str
    reviewed_on: date
    next_review: date
    sources: tuple[str, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of every level."""
        return tuple(step for level in self.levels for step in level.steps)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One step for one visit, with its reason; a clinician decides."""

    step_id: str
    verb_first: str
    text: str
    reason: str
    offer: str
    within: str
    responsible: str
    source: str
    pathway_id: str
    pathway_version: str
    order: int

    def as_json(self) -> dict[str, Any]:
        """As it is stored with the visit."""
        return asdict(self)
