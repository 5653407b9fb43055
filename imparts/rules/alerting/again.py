"""Again: calls that come back, while nobody takes an alert and after somebody took it.

None of this stands in our clinical reference: each is a local choice [P] of when silence is too
long. The next one is counted from the last that was made, so a worker that was away makes one.
"""

from datetime import datetime, timedelta

from imparts.rules.alerting.clocks import AGAIN_EVERY, Clocks
from imparts.rules.alerting.hours import is_watched, next_closing, next_opening
from imparts.rules.alerting.ladder import AGAIN, DEPUTY, MANAGER, TAKER, Rung


def again(last_call: datetime, number: int, clocks: Clocks, clinic_day: datetime | None) -> Rung:
    """The next call of everybody, half an hour after the last.

    `clinic_day` is when the person was in clinic, if they were: on that day it comes at any hour.
    Otherwise what would come outside the hours waits for the next opening.
    """
    at = last_call + AGAIN_EVERY
    minutes: int | None = AGAIN_EVERY // timedelta(minutes=1)
    if not is_watched(at, clocks) and not _is_same_day(at, clinic_day, clocks):
        at, minutes = next_opening(at, clocks), None
    return Rung(AGAIN, at, "still not taken", minutes=minutes, mark=str(number))


def unacted(since: datetime, number: int, clocks: Clocks) -> tuple[Rung, ...]:
    """Taken, and nothing recorded since: whoever took it is reminded, and the deputy is called.

    `since` is the taking or the last note, and `number` how many of these there were: each begins
    the minutes anew, none ends them.
    """
    at = since + timedelta(minutes=clocks.act_within)
    many = "a minute" if clocks.act_within == 1 else f"{clocks.act_within} minutes"
    why, mark = f"nothing recorded after {many}", f"unacted {number}"
    return tuple(
        Rung(duty, at, why, minutes=clocks.act_within, mark=mark) for duty in (TAKER, DEPUTY)
    )


def at_closing(after: datetime, clocks: Clocks) -> Rung:
    """Taken, and nothing done when alerts stop being watched for the day: to the manager."""
    at = next_closing(after, clocks)
    day = f"{at.astimezone(clocks.zone):%Y-%m-%d}"
    why = f"nothing done by {clocks.closes_at:%H:%M}"
    return Rung(MANAGER, at, why, mark=day)


def _is_same_day(at: datetime, clinic_day: datetime | None, clocks: Clocks) -> bool:
    if clinic_day is None:
        return False
    return at.astimezone(clocks.zone).date() == clinic_day.astimezone(clocks.zone).date()
