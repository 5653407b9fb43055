"""Whether an instrument may be asked here, in words, the same on every page."""

from datetime import date

from imparts.authoring.queries.library import ENDED, NOT_HERE, OFFERED, STRUCTURE, Standing
from imparts.design.dates import day
from imparts.design.words import counted

SOON = 90  # days before the end of a licence from which the page counts them
SHORT = {
    OFFERED: "Offered",
    STRUCTURE: "Structure only: needs a licensed wording",
    NOT_HERE: "Not signed here",
}
UNSIGNED_DEMO = "Offered in this demonstration only: nobody has signed it."


def in_short(standing: Standing, *, on: date) -> str:
    """For a row of the list."""
    if standing.state == ENDED and standing.licence_ends:
        return f"Licence ended on {day(standing.licence_ends)}"
    if standing.state == OFFERED and (left := _days_left(standing, on=on)) is not None:
        return f"Offered; licence ends {_in_days(left)}"
    if standing.state == OFFERED and not standing.is_signed:
        return "Offered (demonstration)"
    return SHORT[standing.state]


def in_full(standing: Standing, *, on: date) -> str:
    """For the head of a passport."""
    if standing.state != OFFERED:
        return f"Not offered here. {standing.why_not}"
    if not standing.is_signed:
        return UNSIGNED_DEMO
    if standing.licence_ends is None:
        return "Offered here."
    left = _days_left(standing, on=on)
    soon = "" if left is None else f", {_in_days(left)}"
    return f"Offered here. Its licence ends on {day(standing.licence_ends)}{soon}."


def _days_left(standing: Standing, *, on: date) -> int | None:
    """Days until the licence ends, once that is soon."""
    if standing.licence_ends is None:
        return None
    left = (standing.licence_ends - on).days
    return left if left <= SOON else None


def _in_days(left: int) -> str:
    return f"in {counted(left, 'day')}" if left else "today"
