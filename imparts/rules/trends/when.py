"""When: how far back something lies, as one says it: since June, on 3 November, in June 2025."""

from datetime import date

NEAR_DAYS = 45  # nearer than this a day is named, further back a month is enough


def since(before: date, on: date) -> str:
    """Such as "since June", "since 3 November" or "since earlier that day"."""
    return "since earlier that day" if before == on else f"since {_named(before, on)}"


def when(before: date, on: date) -> str:
    """Such as "on 3 November", "in June" or "in June 2025"."""
    return f"{'on' if _is_near(before, on) else 'in'} {_named(before, on)}"


def _is_near(before: date, on: date) -> bool:
    return (on - before).days <= NEAR_DAYS


def _named(before: date, on: date) -> str:
    if _is_near(before, on):
        return f"{before.day} {before:%B}"
    return f"{before:%B}" if before.year == on.year else f"{before:%B %Y}"
