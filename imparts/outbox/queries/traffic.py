"""Traffic: how much went one way in the last day, by quarters of an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    QuerySet,
    Value,
)
from django.db.models.functions import Extract, Floor

from imparts.outbox.models import Attempt, Message

QUARTERS = 96
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Bar:
    """A quarter of an hour."""

    begins_at: datetime
    sent: int
    """How many were acknowledged in it."""
    is_outage: bool
    """It was asked and never answered: a hole, and not a quiet quarter."""


def bars(destination: str, *, until: datetime) -> tuple[Bar, ...]:
    """96 quarters of an hour, the last one the quarter that `until` stands in."""
    to_it = Message.objects.filter(destination=destination, state=Message.State.SENT)
    silent = Attempt.objects.filter(destination=destination, outcome=Attempt.Outcome.NO_ANSWER)
    since = _since(until)
    counted = zip(
        by_quarter(to_it, "sent_at", until=until),
        by_quarter(silent, "began_at", until=until),
        strict=True,
    )
    return tuple(
        Bar(since + number * _QUARTER, sent, is_outage=bool(unanswered) and not sent)
        for number, (sent, unanswered) in enumerate(counted)
    )


def by_quarter(rows: "QuerySet[Any]", moment: str, *, until: datetime) -> tuple[int, ...]:
    """How many rows have their moment in each of the same 96 quarters, counted by the database."""
    since = _since(until)
    after = ExpressionWrapper(F(moment) - Value(since, DateTimeField()), DurationField())
    counted = (
        rows.filter(**{f"{moment}__gte": since, f"{moment}__lt": since + QUARTERS * _QUARTER})
        .annotate(quarter=Floor(Extract(after, "epoch") / _QUARTER.total_seconds()))
        .order_by()
        .values("quarter")
        .annotate(number=Count("pk"))
        .values_list("quarter", "number")
    )
    found = {int(quarter): number for quarter, number in counted}
    return tuple(found.get(quarter, 0) for quarter in range(QUARTERS))


def _since(until: datetime) -> datetime:
    """When the first of the quarters begins."""
    last = until.replace(minute=until.minute - until.minute % 15, second=0, microsecond=0)
    return last - (QUARTERS - 1) * _QUARTER
