"""What is known of each connection to the world outside, in plain values; nobody's facts in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """How a connection stands; the value is the mark that is drawn beside the words."""

    TROUBLE = "act"
    WELL = "tick"
    QUIET = "ring"


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """One way in or out."""

    code: str
    name: str
    how: str
    state: State
    words: str
    more: str = ""
    last_in: datetime | None = None
    last_out: datetime | None = None
    waiting: int | None = None
    oldest_at: datetime | None = None
    refused: int | None = None
    bars: tuple[int, ...] = ()
    """Messages in each quarter of an hour of the last day, oldest first; empty when not counted."""
    holes: tuple[tuple[int, int], ...] = ()
    """Runs of bars in which it was asked and never answered, each as its first and last place."""
    opens: str = ""
    """Address of its own page; empty where it has none."""
    can_be_tried: bool = False


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One thing that happened to what was looked for."""

    at: datetime
    step: str
    words: str
    is_now: bool = False
    """It still waits: the moment is that since which it does."""
    message: str = ""
    """Control id of the message that can be looked at."""


@dataclass(frozen=True, slots=True)
class RefusedFacts:
    """A message that a destination will not take, in its words."""

    id: int
    destination: str
    destination_name: str
    control_id: str
    about: str
    kind: str
    refused_at: datetime
    words: str
    ours: str = ""
    """What we know that may explain it; empty when nothing."""


@dataclass(frozen=True, slots=True)
class MissingHere:
    """A message that a destination took and that our tables lost in a restore."""

    control_id: str
    about: str
    destination_name: str
    sent_at: datetime
