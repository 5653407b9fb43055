"""Ladder: who is called for an alert in which order, each with the moment and the reason."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from imparts.rules.alerting.clocks import Clocks
from imparts.rules.alerting.hours import is_watched, next_opening, unread_by_after

OWNER, DEPUTY, LIAISON, MANAGER = "owner", "deputy", "liaison", "manager"
TAKER, EVERYONE, AGAIN = "taker", "everyone", "again"
"""Whoever has taken it; everyone who may; everybody who was called before. No duties of the day."""
DESK = "desk"
"""Not a rung of the ladder: the owner is called because the patient wants to leave."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One duty that is called unless somebody has taken the alert before."""

    duty: str
    at: datetime
    why: str
    """ "not taken after 15 minutes", for a line of the ledger."""
    round: int = 1
    """2 and more: the alert was handed on, and who receives it has the minutes anew."""
    mark: str = ""
    """What tells it from another call of the same duty: "later", "unacted 2"."""
    minutes: int | None = None
    """Counted from the start of the round; None when it is a time of day."""

    @property
    def code(self) -> str:
        """By which the call is known: one call a code and alert."""
        code = self.duty if self.round == 1 else f"{self.duty} {self.round}"
        return f"{code} {self.mark}" if self.mark else code


def ladder(raised_at: datetime, clocks: Clocks, is_in_clinic: bool) -> tuple[Rung, ...]:
    """Who is called for an alert, first to last.

    While the person is in clinic the minutes run, whatever the hour: somebody is there, and they
    may leave. An answer from elsewhere runs by the minutes while alerts are watched. Outside these
    hours it waits for the next opening, and goes to the manager when nobody has taken it in time.
    """
    # Real minutes: adding to a time of the wall clock would go wrong when the clock is changed.
    since = raised_at.astimezone(UTC)
    if is_in_clinic or is_watched(since, clocks):
        return _in_minutes(since, clocks, 1)
    opening = next_opening(since, clocks)
    unread_by = unread_by_after(opening, clocks)
    return (
        Rung(OWNER, opening, "came outside the hours; waited in the morning's queue"),
        Rung(MANAGER, unread_by, f"not taken by {clocks.unread_by:%H:%M}"),
    )


def ladder_from_hand_on(handed_on_at: datetime, clocks: Clocks, times: int) -> tuple[Rung, ...]:
    """Who is called when an alert was handed on for the nth time and nobody has accepted it.

    Whoever receives it was called when it was handed on, so this begins with the deputy.
    """
    return _in_minutes(handed_on_at.astimezone(UTC), clocks, times + 1)[1:]


def _in_minutes(since: datetime, clocks: Clocks, number: int) -> tuple[Rung, ...]:
    def after(duty: str, minutes: int) -> Rung:
        words = f"not taken after {minutes} minutes" if minutes != 1 else "not taken after a minute"
        why = words if minutes else "at once"
        return Rung(duty, since + timedelta(minutes=minutes), why, number, minutes=minutes)

    return (
        after(OWNER, 0),
        after(DEPUTY, clocks.deputy_after),
        after(LIAISON, clocks.liaison_after),
        after(MANAGER, clocks.liaison_after + clocks.deputy_after),
    )
