"""Clocks: after how many minutes the next person is called, and in which hours alerts are watched.

The defaults are those of our clinical reference, section 3.2 (15 minutes to the deputy, 30 to
liaison, while the clinic runs), and of our notes on users, section 4.4 (unread at 10:00: to the
manager). They are proposals that each site confirms or changes. What comes after liaison, and what
comes after somebody has taken an alert, stands in neither: a local choice [P].
"""

from dataclasses import dataclass, field
from datetime import time, timedelta, tzinfo
from zoneinfo import ZoneInfo

SHORTEST, LONGEST = 1, 480
AGAIN_EVERY = timedelta(minutes=30)
"""[P] Everybody is called again as often, while nobody takes the alert."""
UK = ZoneInfo("Europe/London")
_DAYS = "1234567"


class ClocksRefused(ValueError):
    """Clocks by which somebody would never be called; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """One service's clocks and hours, in the wall clock's time of the place."""

    deputy_after: int
    """Minutes after the alert was raised, or handed on."""
    liaison_after: int
    """The same, counted from the same moment."""
    opens_at: time
    closes_at: time
    """Not after opening: the hours run over midnight; the same: the whole day."""
    weekdays: str
    """Days on which alerts are watched: "12345" is Monday to Friday; no bank holiday is known."""
    unread_by: time
    """What came outside these hours and nobody has taken by then goes to the manager."""
    out_of_hours: str
    """What staff are told to do outside these hours, in words."""
    act_within: int = 60
    """[P] Minutes after taking, or after the last note, by which what was done is recorded."""
    zone: tzinfo = field(default=UK)

    def __post_init__(self) -> None:
        why = self._why_not()
        if why:
            raise ClocksRefused(why)

    def _why_not(self) -> str:
        if not SHORTEST <= self.deputy_after <= LONGEST:
            return f"The deputy is called after {SHORTEST} to {LONGEST} minutes."
        if not SHORTEST <= self.liaison_after <= LONGEST:
            return f"Liaison is called after {SHORTEST} to {LONGEST} minutes."
        if self.liaison_after <= self.deputy_after:
            return "Liaison is called after the deputy: give a later time."
        if not SHORTEST <= self.act_within <= LONGEST:
            return f"What was done is recorded within {SHORTEST} to {LONGEST} minutes."
        if not self.weekdays or set(self.weekdays) - set(_DAYS):
            return "Choose at least one day on which alerts are watched."
        return ""


DEFAULT_CLOCKS = Clocks(
    deputy_after=15,
    liaison_after=30,
    opens_at=time(8),
    closes_at=time(18),
    weekdays="12345",
    unread_by=time(10),
    out_of_hours="Answers that come outside these hours wait in the next working morning's queue.",
)
