"""Traffic: how much went to a destination in the last day, by quarters of an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

QUARTERS = 96
_QUARTER = timedelta(minutes=15)

_COUNTED = """
    select quarter, sum(sent), sum(silent) from (
        select floor(extract(epoch from sent_at - %(since)s) / 900)::int as quarter,
               1 as sent, 0 as silent
        from outbox_message
        where destination = %(code)s and state = 'sent'
          and sent_at >= %(since)s and sent_at < %(until)s
        union all
        select floor(extract(epoch from began_at - %(since)s) / 900)::int, 0, 1
        from outbox_attempt
        where destination = %(code)s and outcome = 'no_answer'
          and began_at >= %(since)s and began_at < %(until)s
    ) as counted group by quarter
"""


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
    ends_at = _quarter_of(until) + _QUARTER
    since = ends_at - QUARTERS * _QUARTER
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"code": destination, "since": since, "until": ends_at})
        counted = {quarter: (sent, silent) for quarter, sent, silent in cursor.fetchall()}
    return tuple(
        _bar(since + number * _QUARTER, *counted.get(number, (0, 0))) for number in range(QUARTERS)
    )


def _bar(begins_at: datetime, sent: int, silent: int) -> Bar:
    return Bar(begins_at, int(sent), is_outage=bool(silent) and not sent)


def _quarter_of(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)
