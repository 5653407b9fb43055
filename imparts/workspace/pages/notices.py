"""How e-mail and SMS to staff stand: what waits, since when, what is in the way; names nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.dates import clock, short_day

if TYPE_CHECKING:
    from datetime import datetime

    from imparts.gateway.notices.queries import NotSent, WayStanding
    from imparts.outbox.queries import Standing

NOTHING = "Nothing"
NOT_SET_UP = "Not set up. The settings are in the guide for trust IT."
NO_WORKER = (
    "Notices that no worker has looked at yet: {}, since {}. See that `imparts worker` runs."
)


@dataclass(frozen=True, slots=True)
class WayLine:
    """One way: e-mail or SMS."""

    name: str
    waiting: str
    oldest: str
    last_taken: str
    in_the_way: str
    needs_someone: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why notices were not sent, and how often."""

    words: str
    number: int
    last: str


@dataclass(frozen=True, slots=True)
class NoticesShown:
    """The part of the page of connections that is about notices to staff."""

    ways: tuple[WayLine, ...]
    unlooked_at: str
    reasons: tuple[Reason, ...]

    @classmethod
    def of(
        cls,
        ways: "Iterable[WayStanding]",
        *,
        unlooked_at: "Standing",
        not_sent: "Iterable[NotSent]",
    ) -> "NoticesShown":
        """Put how it stands into words."""
        return cls(
            ways=tuple(_line(each) for each in ways),
            unlooked_at=NO_WORKER.format(unlooked_at.waiting, when(unlooked_at.oldest_at))
            if unlooked_at.oldest_at
            else "",
            reasons=tuple(
                Reason(each.reason, each.number, when(each.last_at)) for each in not_sent
            ),
        )


def _line(way: "WayStanding") -> WayLine:
    stands = way.stands
    return WayLine(
        name=way.name,
        waiting=str(stands.waiting) if way.is_set_up or stands.waiting else "",
        oldest=when(stands.oldest_at),
        last_taken=when(way.last_taken_at),
        in_the_way=(stands.last_error or NOTHING) if way.is_set_up else NOT_SET_UP,
        needs_someone=bool(stands.waiting and stands.last_error),
    )


def when(moment: "datetime | None") -> str:
    """A moment of the last days."""
    return f"{short_day(moment)} {clock(moment)}" if moment else ""
