"""What waits for the hospital record and for staff, and what is in the way: no people named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.workspace.pages.notices import NoticesShown, when

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
    notices: NoticesShown

    @classmethod
    def of(
        cls, refused: "Iterable[Message]", *, oldest_seconds: float, notices: NoticesShown
    ) -> "Connections":
        """Put the outbox into words; the trace of one message by its control id."""
        return cls(
            title="Connections",
            waiting=f"The oldest unsent message has waited {oldest_seconds:.0f} seconds."
            if oldest_seconds
            else "Nothing waits to be sent.",
            refusals=tuple(
                Refusal(m.control_id, m.kind, when(m.created_at), m.attempts, m.last_error)
                for m in refused
            ),
            notices=notices,
        )
