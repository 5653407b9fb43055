"""One way to write a date, a time, an age; always local time (Europe/London)."""

from datetime import date, datetime

from django.utils import timezone


def _local_day(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def local(moment: datetime) -> datetime:
    """The same moment as a clock on the wall shows it; it reads no clock."""
    return timezone.localtime(moment)


def local_or_none(moment: datetime | None) -> datetime | None:
    """The same, for something that may not have happened."""
    return local(moment) if moment else None


def day(moment: date | datetime) -> str:
    """17 November 2026."""
    local = _local_day(moment)
    return f"{local.day} {local:%B %Y}"


def long_day(moment: date | datetime) -> str:
    """Tuesday 17 November."""
    local = _local_day(moment)
    return f"{local:%A} {local.day} {local:%B}"


def short_day(moment: date | datetime) -> str:
    """17 Nov."""
    local = _local_day(moment)
    return f"{local.day} {local:%b}"


def brief_day(moment: date | datetime) -> str:
    """17 Nov 2026."""
    return f"{short_day(moment)} {_local_day(moment).year}"


def brief_moment(moment: datetime) -> str:
    """17 Nov 2026 10:16."""
    return f"{brief_day(moment)} {clock(moment)}"


def record_day(moment: date | datetime) -> str:
    """14-Mar-1961, as in the patient banner."""
    return f"{_local_day(moment):%d-%b-%Y}"


def clock(moment: datetime) -> str:
    """10:16."""
    return f"{timezone.localtime(moment):%H:%M}"


def age_on(born: date, on: date) -> int:
    """Whole years lived on a day; someone born on 29 February has a birthday on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
