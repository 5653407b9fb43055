"""Waiting times: how long people of a service wait for each option, and how old that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from imparts.design.dates import short_day
from imparts.design.words import counted
from imparts.organisations.models import Service
from imparts.pathways.models import WaitingTime

# What is older than a week may have changed, and the page says so (USERS, section 2, row 14).
FRESH_FOR = timedelta(days=7)
IN_WEEKS_FROM = 14


@dataclass(frozen=True, slots=True)
class Wait:
    """How long people wait for one option, as of a day."""

    days: int
    as_of: date
    is_stale: bool
    is_measured: bool
    by: str
    on: date
    """The day on which it is read."""

    @property
    def long(self) -> str:
        """ "5 weeks", or "6 days"; only whole weeks are said in weeks."""
        if self.days == 0:
            return "none"
        if self.days >= IN_WEEKS_FROM and self.days % 7 == 0:
            return counted(self.days // 7, "week")
        return counted(self.days, "day")

    @property
    def dated(self) -> str:
        """ "12 Nov", or "as of 2 Nov, may have changed"; another year is named."""
        said = short_day(self.as_of)
        if self.as_of.year != self.on.year:
            said = f"{said} {self.as_of.year}"
        return f"as of {said}, may have changed" if self.is_stale else said

    @property
    def words(self) -> str:
        """ "wait 5 weeks, 12 Nov", or "wait 5 weeks as of 2 Nov, may have changed"."""
        return f"wait {self.long}{' ' if self.is_stale else ', '}{self.dated}"


def waits_of(service: Service | int, on: date) -> dict[str, Wait]:
    """The wait for each option of a service that somebody has entered, by the option's code."""
    pk = service if isinstance(service, int) else service.pk
    return waits_at([pk], on).get(pk, {})


def waits_at(services: Iterable[int], on: date) -> dict[int, dict[str, Wait]]:
    """The same of several services: of each option the latest day, and of one day the last row."""
    rows = (
        WaitingTime.objects.filter(service_id__in=list(services), as_of__lte=on)
        .order_by("service_id", "option", "-as_of", "-id")
        .distinct("service_id", "option")
    )
    found: dict[int, dict[str, Wait]] = {}
    for row in rows:
        found.setdefault(row.service_id, {})[row.option] = Wait(
            days=row.days,
            as_of=row.as_of,
            is_stale=on - row.as_of > FRESH_FOR,
            is_measured=row.is_measured,
            by=row.by,
            on=on,
        )
    return found
