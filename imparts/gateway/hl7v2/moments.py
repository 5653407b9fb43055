"""Moments: days and times as messages write them, of every precision, in the sender's time zone.

A time without an offset is the sender's local time: that of the United Kingdom, unless MSH-7 itself
names an offset that the United Kingdom does not have at that moment. An offset of +0100 in July
says no more than "British Summer Time"; an appointment in December is not an hour early for it.

In the hour that comes twice in autumn the later of the two is meant, unless that lies ahead of us.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from imparts.gateway.hl7v2.said import Unreadable

UNITED_KINGDOM = ZoneInfo("Europe/London")
_SLACK = timedelta(minutes=5)  # by which a sender's clock may be ahead of ours in that hour
_WRITTEN = re.compile(
    r"(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,6}))?)?)?)?)?)?"
    r"([+-]\d{4})?", re.ASCII,
)  # fmt: skip


def moment(at: datetime) -> str:
    """A moment as we write it: by the clocks of the United Kingdom, with its offset."""
    return at.astimezone(UNITED_KINGDOM).strftime("%Y%m%d%H%M%S%z")


@dataclass(frozen=True, slots=True)
class Zone:
    """Which clocks a message goes by, and when it came."""

    clocks: tzinfo
    came_at: datetime

    @classmethod
    def of(cls, said: str, *, came_at: datetime) -> "Zone":
        """From MSH-7."""
        found = _WRITTEN.fullmatch(said.strip(" "))
        offset = _offset(found.group(8)) if found else None
        if offset is None:
            return cls(UNITED_KINGDOM, came_at)
        here = cls(timezone(offset), came_at).moment(said, where="MSH-7")
        if here is None or here.astimezone(UNITED_KINGDOM).utcoffset() == offset:
            return cls(UNITED_KINGDOM, came_at)
        return cls(timezone(offset), came_at)

    def moment(self, said: str, *, where: str) -> datetime | None:
        """A moment in UTC, to the minute or better; None when none or only a day is given."""
        parts = _parts(said, where)
        if parts is None or parts[4] is None:
            return None
        year, month, day, hour, minute = (int(each or 0) for each in parts[:5])
        second, fraction = int(parts[5] or 0), int((parts[6] or "").ljust(6, "0"))
        try:
            # Some senders write the minute's last second as 60, and midnight as 24:00.
            local = datetime(year, month, day, hour % 24, minute, min(second, 59), fraction)
            local += timedelta(days=hour // 24)
        except (ValueError, OverflowError):
            raise Unreadable("This is no day and time that there is.", where=where) from None
        offset = _offset(parts[7])
        return self._in_utc(local, timezone(offset) if offset is not None else self.clocks)

    def day(self, said: str, *, where: str) -> date | None:
        """A day; None when nothing is given, or less than a day: a year or a month alone."""
        parts = _parts(said, where)
        if parts is None or parts[2] is None:
            return None
        try:
            return date(int(parts[0] or 0), int(parts[1] or 0), int(parts[2]))
        except ValueError:
            raise Unreadable("This is no day that there is.", where=where) from None

    def _in_utc(self, local: datetime, clocks: tzinfo) -> datetime:
        first, second = (local.replace(tzinfo=clocks, fold=fold).astimezone(UTC) for fold in (0, 1))
        # Where clocks went forward the second lies before the first: that hour was left out.
        if first < second <= self.came_at + _SLACK:
            return second
        return first


def _parts(said: str, where: str) -> tuple[str | None, ...] | None:
    if not said:
        return None
    found = _WRITTEN.fullmatch(said)
    hour = found.group(4) if found else None
    if found is None or (hour and int(hour) > 24):
        raise Unreadable("A day is written YYYYMMDD, a time YYYYMMDDHHMMSS.", where=where)
    return found.groups()


def _offset(written: str | None) -> timedelta | None:
    if written is None:
        return None
    hours, minutes = int(written[1:3]), int(written[3:])
    ahead = timedelta(hours=hours, minutes=minutes)
    if hours > 15 or minutes > 59:
        return None
    return -ahead if written[0] == "-" else ahead
