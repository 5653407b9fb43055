"""Parts: what one patient does today, in minutes before and after the moment of looking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from imparts.demo.past.answering import Answers

_PAST, _AHEAD = 130, 150  # minutes that a whole list reaches back and ahead


@dataclass(frozen=True, slots=True)
class Part:
    """One appointment of today: when, how far it has come, and what was answered."""

    patient: UUID
    minutes: int
    """The appointment's time; before now is negative."""
    state: str = "booked"
    """booked, arrived, in_room, left or did_not_attend"""
    arrived: int = 0
    """All of these are minutes ago."""
    moved: int = 0
    place: str = ""
    asking: str = "none"
    """none, finished, answering, declined, no_time or other"""
    asked: int = 0
    answers: Mapping[str, Answers] | None = None
    stops_after: int | None = None
    who_helped: str = "nobody"
    tablet: int = 1
    days_before: int = 0
    """Answered so many days before the visit, not on a clinic tablet."""
    asks_for_help: bool = False
    decides: bool = False
    """Whether the suggested steps have been decided on."""

    @property
    def called_in(self) -> int:
        """How many minutes ago someone who has been seen went into the room."""
        return min(self.arrived - 1, self.moved + 18) if self.state == "left" else self.moved


@dataclass(frozen=True, slots=True)
class Timeline:
    """Minutes as moments of one day: squeezed near midnight, so that all of it fits into today.

    What has happened is never later than `at`, and never before the day began.
    """

    at: datetime

    def before(self, minutes: float) -> datetime:
        """So many minutes ago."""
        local = timezone.localtime(self.at)
        since_midnight = local.hour * 60 + local.minute + local.second / 60
        return self.at - timedelta(minutes=minutes * min(1.0, since_midnight / _PAST))

    def around(self, minutes: int) -> datetime:
        """An appointment's time, on a grain of five minutes unless the night is near."""
        if minutes < 0:
            moment = self.before(-minutes)
        else:
            local = timezone.localtime(self.at)
            left = 24 * 60 - 10 - (local.hour * 60 + local.minute)
            ahead = minutes * max(0.0, min(1.0, left / _AHEAD))
            moment = self.at + timedelta(minutes=ahead)
        local = timezone.localtime(moment)
        rounded = local.replace(minute=local.minute - local.minute % 5, second=0, microsecond=0)
        return rounded.astimezone(moment.tzinfo)
