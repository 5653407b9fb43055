"""Reading the outbox: where messages go, what waits, how long, why, and what became of each."""

from imparts.outbox.queries.destinations import destination, destinations
from imparts.outbox.queries.standing import (
    OFTEN_PUT_OFF,
    Queue,
    Standing,
    given_up,
    in_record_since,
    last_sent_at,
    next_due_at,
    not_here,
    oldest_of_each,
    oldest_waiting_seconds,
    queues,
    refused,
    standing,
)
from imparts.outbox.queries.tracing import Step, Trace, Traced, trace, traces_of
from imparts.outbox.queries.traffic import Bar, bars, by_quarter

__all__ = [
    "OFTEN_PUT_OFF",
    "Bar",
    "Queue",
    "Standing",
    "Step",
    "Trace",
    "Traced",
    "bars",
    "by_quarter",
    "destination",
    "destinations",
    "given_up",
    "in_record_since",
    "last_sent_at",
    "next_due_at",
    "not_here",
    "oldest_of_each",
    "oldest_waiting_seconds",
    "queues",
    "refused",
    "standing",
    "trace",
    "traces_of",
]
