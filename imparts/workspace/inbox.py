"""Everything that waits for one person in the alert list, in plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.workspace.visits import Whereabouts

if TYPE_CHECKING:
    from imparts.pathways.queries import AlertStory


@dataclass(frozen=True, slots=True)
class ToAssess:
    """Someone whom a pathway asks to assess before the session ends, and nobody has decided yet."""

    patient: UUID
    sitting: UUID
    who: Whereabouts
    what: str
    """The step, its verb first: "Assess mood today"."""
    why: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """Every alert that someone may act on, as the queries found them."""

    open_ones: "Sequence[AlertStory]"
    worklist: "Sequence[AlertStory]"
    information: "Sequence[AlertStory]"
    closed_today: "Sequence[AlertStory]"
    to_assess: Sequence[ToAssess] = ()

    @property
    def all(self) -> "tuple[AlertStory, ...]":
        """Every story of it."""
        return (*self.open_ones, *self.worklist, *self.information, *self.closed_today)
