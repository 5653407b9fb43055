"""Notices to staff that were not sent, and that no worker has looked at; names nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.dates import clock, short_day

if TYPE_CHECKING:
    from datetime import datetime

    from imparts.gateway.notices.queries import NotSent
    from imparts.outbox.queries import Standing

NO_WORKER = (
    "Notices that no worker has looked at yet: {}, since {}. See that `imparts worker` runs."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why notices were not sent, and how often."""

    words: str
    number: int
    last: str


@dataclass(frozen=True, slots=True)
class NoticesShown:
    """The part of the page of connections that is about notices to staff."""

    unlooked_at: str
    reasons: tuple[Reason, ...]

    @classmethod
    def of(cls, *, unlooked_at: "Standing", not_sent: "Iterable[NotSent]") -> "NoticesShown":
        """Put how it stands into words."""
        return cls(
            unlooked_at=NO_WORKER.format(unlooked_at.waiting, when(unlooked_at.oldest_at))
            if unlooked_at.oldest_at
            else "",
            reasons=tuple(
                Reason(each.reason, each.number, when(each.last_at)) for each in not_sent
            ),
        )


def when(moment: "datetime | None") -> str:
    """A moment of the last days."""
    return f"{short_day(moment)} {clock(moment)}" if moment else ""
