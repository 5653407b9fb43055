"""Hours: is somebody watching now, and when next; by the wall clock, over midnight and over summer.

A time of day is the clock on the wall; how long something has waited is real time. When the clock
goes back, a time of day that comes twice means the first; one that is left out means the moment at
which the clock was put forward plus as much. Nobody is called later than they should be.
"""

from datetime import UTC, date, datetime, time, timedelta

from imparts.rules.alerting.clocks import Clocks

_DAY = timedelta(days=1)
_LOOK_AHEAD = 9  # days: the same weekday comes again within seven


def is_watched(at: datetime, clocks: Clocks) -> bool:
    """Whether alerts are watched at a moment."""
    local = at.astimezone(clocks.zone)
    today, now = local.date(), local.time()
    if clocks.opens_at < clocks.closes_at:
        return _is_on(today, clocks) and clocks.opens_at <= now < clocks.closes_at
    if _is_on(today, clocks) and now >= clocks.opens_at:
        return True
    return _is_on(today - _DAY, clocks) and now < clocks.closes_at


def next_opening(at: datetime, clocks: Clocks) -> datetime:
    """When alerts are watched again after a moment at which they are not."""
    first = at.astimezone(clocks.zone).date()
    days = (first + timedelta(days=n) for n in range(_LOOK_AHEAD))
    openings = (on_wall(day, clocks.opens_at, clocks) for day in days if _is_on(day, clocks))
    return next(opening for opening in openings if opening >= at)


def next_closing(after: datetime, clocks: Clocks) -> datetime:
    """When alerts stop being watched for the day, after a moment."""
    first = after.astimezone(clocks.zone).date() - _DAY
    days = [first + timedelta(days=n) for n in range(_LOOK_AHEAD + 1)]
    over_midnight = _DAY if clocks.closes_at <= clocks.opens_at else timedelta()
    closings = (
        on_wall(day + over_midnight, clocks.closes_at, clocks)
        for day in days
        if _is_on(day, clocks)
    )
    return next(closing for closing in closings if closing > after)


def unread_by_after(opening: datetime, clocks: Clocks) -> datetime:
    """When what waited in the queue of an opening goes to the manager."""
    day = opening.astimezone(clocks.zone).date()
    same_day = on_wall(day, clocks.unread_by, clocks)
    return same_day if same_day > opening else on_wall(day + _DAY, clocks.unread_by, clocks)


def on_wall(day: date, at: time, clocks: Clocks) -> datetime:
    """The moment at which the wall clock shows a time on a day, in UTC."""
    return datetime.combine(day, at, tzinfo=clocks.zone).astimezone(UTC)


def _is_on(day: date, clocks: Clocks) -> bool:
    return str(day.isoweekday()) in clocks.weekdays
