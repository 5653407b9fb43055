"""Delivery: takes what is owed from the outbox to the hospital record, again until it is there.

A message is leased, not locked: no transaction is open while the record thinks. A worker that dies
leaves a lease that ends by itself, and another worker sends the same text with the same control id.
So a record gets each message at least once, and knows by the control id when it has it already.

Two kinds of failure, two pauses. A record that *answers* "not this time" delays that message and
the later ones of that patient, nobody else's. A record that does not answer at all is left alone by
this worker for a while, so that a record that is down is asked about once a minute and not once for
each message that waits.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.result_message import write_result
from imparts.gateway.hl7v2.sender import Address, Sender
from imparts.gateway.outcomes import Outcome, Told
from imparts.gateway.pauses import Pauses
from imparts.gateway.settling import settle
from imparts.outbox import actions as outbox
from imparts.outbox.queries import next_due_at
from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.result_facts import ResultFacts

if TYPE_CHECKING:
    from imparts.outbox.models import Message

RECORD = "record"
LEASE_SECONDS = 30  # more than connecting and waiting for an answer take together
_BATCH = 200  # then the worker looks after its other tasks
_log = logging.getLogger("imparts.gateway")

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many messages the record took, and when there may be something to do again."""

    count: int
    next_due_at: datetime | None


def deliver_due(*, now: Now) -> Delivered:
    """Deliver everything that is due to the record that IMPARTS_RECORD_MLLP names, if it names one.

    To be called outside a transaction, by a worker, as often as it likes: the connection and the
    pauses of a record that does not answer are kept between calls.
    """
    to_record = _to_the_record()
    return to_record.deliver_due(now=now) if to_record else Delivered(0, None)


@cache
def _to_the_record() -> "Delivery | None":
    if not settings.IMPARTS_RECORD_MLLP:
        return None
    sender = Sender(Address.named(settings.IMPARTS_RECORD_MLLP))
    return Delivery(sender, processing="T" if settings.IMPARTS_DEMO else "P")


class Delivery:
    """One worker's way to one destination: its connection, and when it may be used again."""

    def __init__(
        self,
        sender: Sender,
        *,
        processing: str = "P",
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._sender = sender
        self._processing = processing
        self._pauses = Pauses(chance=chance)

    def close(self) -> None:
        """Drop the connection; the next message opens a new one."""
        self._sender.close()

    def deliver_due(self, *, now: Now) -> Delivered:
        """Send what is due, one message after another, until nothing is or nobody answers."""
        taken = 0
        for _ in range(_BATCH):
            if self._pauses.is_resting(now()):
                break
            message = outbox.lease_next(destination=RECORD, at=now(), seconds=LEASE_SECONDS)
            if message is None:
                break
            taken += self._deliver(message, now)
        return Delivered(taken, self._next_due_at(now()))

    def _deliver(self, message: "Message", now: Now) -> bool:
        """Send one leased message and settle it; whether the record has it now."""
        if not message.rendered:
            try:
                outbox.keep_rendered(message, text=self._written(message))
            except (FactsRefused, MessageRefused) as wrong:
                outbox.mark_refused(message, reason=f"cannot be written: {wrong}")
                return False
        told = self._sender.send(message.rendered.encode(), control_id=message.control_id)
        self._remember_silence(told, now)
        return settle(message, told, self._pauses, now=now)

    def _written(self, message: "Message") -> str:
        """The text as it will be sent every time: its moment is the one it was owed from."""
        return write_result(
            ResultFacts.from_json(message.facts),
            control_id=message.control_id,
            made_at=message.created_at,
            processing=self._processing,
        )

    def _remember_silence(self, told: Told, now: Now) -> None:
        """Rest after a silence; say once that it began and once that it ended."""
        if told.outcome is not Outcome.NO_ANSWER:
            if self._pauses.end_silence():
                _log.warning("the hospital record answers again")
        elif self._pauses.begin_silence(now()):
            _log.warning("the hospital record does not answer: %s", told.words)

    def _next_due_at(self, at: datetime) -> datetime | None:
        due = next_due_at(destination=RECORD)
        if due is not None and self._pauses.not_before is not None:
            return max(due, self._pauses.not_before)
        return due
