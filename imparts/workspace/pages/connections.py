"""What the hospital record will not take, and what waits for it: no names, no numbers of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.design.dates import clock, short_day

if TYPE_CHECKING:
    from imparts.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Refusal:
    """One message that the destination refused, in its own words."""

    control_id: str
    kind: str
    owed: str
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Connections:
    """How the messages owed to the hospital record stand."""

    title: str
    waiting: str
    refusals: tuple[Refusal, ...]

    @classmethod
    def of(cls, refused: "Iterable[Message]", *, oldest_seconds: float) -> "Connections":
        """Put the outbox into words; the trace of one message by its control id."""
        return cls(
            title="Hospital record",
            waiting=f"The oldest unsent message has waited {oldest_seconds:.0f} seconds."
            if oldest_seconds
            else "Nothing waits to be sent.",
            refusals=tuple(
                Refusal(m.control_id, m.kind, _when(m.created_at), m.attempts, m.last_error)
                for m in refused
            ),
        )


def _when(moment: datetime) -> str:
    return f"{short_day(moment)} {clock(moment)}"
