"""Moments: FHIR's dates as they are searched: prefixes, partial dates, days, moments, periods."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from imparts.gateway.fhir_server.problems import bad_request

PREFIXES = ("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap")
_WRITTEN = re.compile(
    r"(?P<prefix>[a-z]{2})?(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)"
    r"(T(?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)(\.(?P<part>\d{1,9}))?)?"
    r"(?P<zone>Z|[+ -]\d\d:\d\d)?)?)?)?"
)
_PLAINLY = (
    "A date is written like 2026-11-22, 2026-11 or 2026-11-22T09:30:00Z, with eq, ne, gt, lt, ge, "
    "le, sa, eb or ap in front where it is compared."
)


_MOST_ROOM = timedelta(days=3650)
_FIRST_YEAR, _LAST_YEAR = 1800, 2200  # whoever is cared for here was born and will die in between


@dataclass(frozen=True, slots=True)
class AskedDate:
    """What was asked: how to compare, and the stretch of time that the date covers: [low, high)."""

    prefix: str
    low: datetime
    high: datetime
    first_day: date
    end_day: date


Ends = Callable[[AskedDate], tuple[Any, Any]]


def as_moments(asked: AskedDate) -> tuple[Any, Any]:
    """The stretch as moments, for columns of moments."""
    return asked.low, asked.high


def as_days(asked: AskedDate) -> tuple[Any, Any]:
    """The stretch as days, for columns of days."""
    return asked.first_day, asked.end_day


def asked(written: str) -> AskedDate:
    """Read a date with its prefix; a sentence where it is none."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found or (found["prefix"] or "eq") not in PREFIXES:
        raise bad_request(_PLAINLY)
    try:
        low, high = _stretch(found)
    except (ValueError, OverflowError):
        raise bad_request(_PLAINLY) from None
    first = timezone.localdate(low)
    end = first + timedelta(days=1) if found["hour"] else timezone.localdate(high)
    return AskedDate(found["prefix"] or "eq", low, high, first, end)


def _stretch(found: re.Match[str]) -> tuple[datetime, datetime]:
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError
    if found["hour"]:
        return _of_clock(found, date(year, month, day))
    if found["day"]:
        end = date(year, month, day) + timedelta(days=1)
    elif found["month"]:
        end = date(year + month // 12, month % 12 + 1, 1)
    else:
        end = date(year + 1, 1, 1)
    return _midnight(date(year, month, day)), _midnight(end)


def _of_clock(found: re.Match[str], day: date) -> tuple[datetime, datetime]:
    part = (found["part"] or "")[:6]
    clock = time(
        int(found["hour"]), int(found["minute"]), int(found["second"] or 0),
        int(part.ljust(6, "0")) if part else 0,
    )  # fmt: skip
    low = datetime.combine(day, clock, tzinfo=_zone(found["zone"]))
    length = timedelta(minutes=1)
    if found["second"]:
        length = timedelta(microseconds=10 ** (6 - len(part))) if part else timedelta(seconds=1)
    return low.astimezone(UTC), (low + length).astimezone(UTC)


def _zone(written: str | None) -> Any:
    if not written:
        return timezone.get_default_timezone()
    # A plus sign in an address that was not encoded arrives as a space.
    return datetime.fromisoformat("2000-01-01T00:00:00" + written.replace(" ", "+")).tzinfo


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def condition(start: str, end: str, asked: AskedDate, ends: Ends, *, at: datetime) -> Q:
    """A row's stretch compared with the asked one; `start` and `end` are one path for a moment.

    As FHIR says: eq is "lies within", ap is "overlaps a tenth of the way from now more or less".
    """
    if asked.prefix == "ap":
        return _about(start, end, asked, ends, at=at)
    low, high = ends(asked)
    is_period = start != end
    never_ends = Q(**{f"{end}__isnull": True}) if is_period else Q()
    within = Q(**{f"{start}__gte": low, f"{end}__lt": high})
    after = Q(**{f"{end}__gte": high}) | never_ends if is_period else Q(**{f"{end}__gte": high})
    ways = {
        "eq": within,
        "ne": ~within,
        "gt": after,
        "lt": Q(**{f"{start}__lt": low}),
        "ge": (Q(**{f"{end}__gte": low}) | never_ends) if is_period else Q(**{f"{end}__gte": low}),
        "le": Q(**{f"{start}__lt": high}),
        "sa": Q(**{f"{start}__gte": high}),
        "eb": Q(**{f"{end}__lt": low}),
    }
    return ways[asked.prefix]


def _about(start: str, end: str, asked: AskedDate, ends: Ends, *, at: datetime) -> Q:
    room = min(abs(at - asked.low) / 10, _MOST_ROOM)
    wide = AskedDate(
        "eq", asked.low - room, asked.high + room,
        timezone.localdate(asked.low - room),
        timezone.localdate(asked.high + room) + timedelta(days=1),
    )  # fmt: skip
    low, high = ends(wide)
    ended = Q(**{f"{end}__gte": low})
    if start != end:
        ended |= Q(**{f"{end}__isnull": True})
    return Q(**{f"{start}__lt": high}) & ended


def of(written: str) -> datetime:
    """A moment as we write it."""
    return datetime.fromisoformat(written)
