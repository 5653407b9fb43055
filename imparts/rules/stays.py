"""Stays in hospital: where somebody is, from what was said of it, in whatever order it came.

What was said is put into the order in which the sender said it, and read from its beginning. So a
message that arrives late takes the place that it always had, and undoes nothing that is newer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

EXPECTED, HERE, LEFT, CANCELLED = "expected", "here", "left", "cancelled"


class Move(Protocol):
    """One thing said of a stay."""

    @property
    def what(self) -> str: ...
    @property
    def ward(self) -> str: ...
    @property
    def room(self) -> str: ...
    @property
    def bed(self) -> str: ...
    @property
    def happened_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How a stay stands after everything that was said of it."""

    state: str = ""
    ward: str = ""
    room: str = ""
    bed: str = ""
    since: datetime | None = None

    @property
    def is_here(self) -> bool:
        """Is the person in hospital?"""
        return self.state == HERE

    @property
    def place(self) -> str:
        """Ashdown ward, room 2, bed 4: as much of it as the hospital says."""
        beside = (("room", self.room), ("bed", self.bed))
        return ", ".join([*filter(None, [self.ward]), *(f"{n} {v}" for n, v in beside if v)])


def standing(moves: Iterable[Move]) -> Standing:
    """How a stay stands; `moves` come in the order in which they were said."""
    now = Standing()
    for move in moves:
        now = _after(now, move)
    return now


def _after(now: Standing, move: Move) -> Standing:
    match move.what:
        case "expected":
            return now if now.state in (HERE, LEFT) else _at_its_place(now, move, EXPECTED)
        case "admitted" | "transferred":
            return _at_its_place(now, move, HERE)
        case "updated":
            return _at_its_place(now, move, now.state or HERE)
        case "discharged":
            return replace(now, state=LEFT, since=move.happened_at)
        case "admission_cancelled":
            return Standing(state=CANCELLED, since=move.happened_at)
        case "discharge_cancelled":
            # It takes back a discharge; where there is none, there is nothing to take back.
            return _at_its_place(now, move, HERE) if now.state == LEFT else now
    raise ValueError(f"unknown move: {move.what}")


def _at_its_place(now: Standing, move: Move, state: str) -> Standing:
    """The place of the message; where it names none, the one that was known."""
    since = now.since if state == now.state and now.since else move.happened_at
    if not (move.ward or move.room or move.bed):
        return replace(now, state=state, since=since)
    return Standing(state, move.ward, move.room, move.bed, since)
