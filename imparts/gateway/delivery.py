"""Delivery: takes what is owed from the outbox to one destination, again until it is there.

Messages are leased, not locked: no transaction is open while the destination thinks. A worker that
dies leaves leases that end by themselves, and another worker sends the same text with the same
control id. So a destination gets each message at least once, and knows by the control id when it
has it already. What is due is leased in lots, because a database asked twice for each message is
slower than most records. What is not taken holds back the rest of its patient's in the same lot.

Two kinds of failure, two pauses. A destination that *answers* "not this time" delays that message
and the later ones of that patient, nobody else's. One that does not answer at all is left alone for
a while, so that a record that is down is asked about once a minute and not once for each message
that waits.
"""

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.gateway.outcomes import Outcome, Told
from imparts.gateway.pauses import Pauses
from imparts.gateway.settling import Answered, settle_all
from imparts.gateway.ways import CannotBeWritten, Way
from imparts.outbox import actions as outbox
from imparts.outbox.destination import RECORD, Destination
from imparts.outbox.queries import next_due_at

if TYPE_CHECKING:
    from imparts.outbox.models import Message

__all__ = ["LEASE_SECONDS", "RECORD", "Delivered", "Delivery", "Now"]

LEASE_SECONDS = 50  # more than one message may take by any way; then the next worker has its turn
_LOT, _RUN = 50, 10  # patients, and messages of each
_LOTS = 20  # then it is looked whether the destination has changed
_UNSETTLED_FOR = timedelta(milliseconds=200)
_log = logging.getLogger("imparts.gateway")

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many messages the destination took, and when there may be something to do again."""

    count: int
    next_due_at: datetime | None


class Delivery:
    """One worker's way to one destination: its connection, and when it may be used again."""

    def __init__(
        self,
        way: Way,
        to: Destination,
        *,
        pauses: Pauses | None = None,
        chance: Callable[[], float] = random.random,
        is_told_to_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._way = way
        self._to = to
        self._pauses = pauses or Pauses(chance=chance)
        self._is_told_to_stop = is_told_to_stop

    def close(self) -> None:
        """Drop the connection; the next message opens a new one."""
        self._way.close()

    def deliver_due(self, *, now: Now) -> Delivered:
        """Send what is due until nothing is or nobody answers; to be called in no transaction."""
        taken = 0
        for _ in range(_LOTS):
            if not self._to.can_be_sent_to or self._pauses.is_resting(now()):
                break
            leased = self._leased(now())
            if not leased:
                break
            taken += self._deliver(leased, now)
        return Delivered(taken, self._next_due_at(now()))

    def _leased(self, at: datetime) -> "list[Message]":
        return outbox.lease_many(
            destination=self._to.code, at=at, seconds=LEASE_SECONDS,
            most=max(1, _LOT // self._to.connections), run=_RUN,
            refusal_blocks_patient=self._to.refusal_blocks_patient,
        )  # fmt: skip

    def _deliver(self, leased: "list[Message]", now: Now) -> int:
        """Send leased messages one after another; how many the destination has now."""
        ready, held = self._written(leased, now)
        taken = 0
        back: list[Message] = []
        with self._settled(now) as account:
            for place, message in enumerate(ready):
                if not self._may_go_on(message, now()):
                    back += ready[place:]
                    break
                if message.patient in held:
                    back.append(message)
                    continue
                told = self._try(message, account, now)
                taken += told.outcome is Outcome.TAKEN
                if self._holds_back(told.outcome):
                    held.add(message.patient)
        outbox.give_back(back)
        return taken

    def _try(self, message: "Message", account: Callable[[Answered], None], now: Now) -> Told:
        began_at = now()
        told = self._way.send(message.rendered, control_id=message.control_id)
        account(Answered(message, told, began_at, now()))
        self._remember_silence(told, now)
        return told

    def _holds_back(self, outcome: Outcome) -> bool:
        """Do later messages of the same patient wait, as things are?"""
        if outcome is Outcome.REFUSED:
            return self._to.refusal_blocks_patient
        return outcome is not Outcome.TAKEN

    def _may_go_on(self, message: "Message", at: datetime) -> bool:
        """Is there time left for one more try, and somebody who answers?"""
        if self._is_told_to_stop() or self._pauses.is_resting(at):
            return False
        until = message.leased_until
        return until is not None and at + timedelta(seconds=self._way.longest) < until

    @contextmanager
    def _settled(self, now: Now) -> Iterator[Callable[[Answered], None]]:
        """What is told within is written down soon after, and at the end, whatever happens."""
        unsettled: list[Answered] = []

        def settle_now() -> None:
            some, unsettled[:] = list(unsettled), []
            settle_all(some, self._pauses)

        def account(answered: Answered) -> None:
            unsettled.append(answered)
            if now() - unsettled[0].ended_at >= _UNSETTLED_FOR:
                settle_now()

        try:
            yield account
        finally:
            settle_now()

    def _written(self, leased: "list[Message]", now: Now) -> "tuple[list[Message], set[UUID]]":
        """Those with a text, kept before it is sent; and whose others wait for people to look."""
        texts: dict[int, str] = {}
        unwritable: list[outbox.Tried] = []
        for message in leased:
            if message.rendered:
                continue
            try:
                message.rendered = texts[message.pk] = self._way.write(message, self._to)
            except CannotBeWritten as wrong:
                unwritable.append(_unwritable(message, str(wrong), now()))
            except Exception as slip:  # of ours: this one waits for people, and no other for it
                _log.exception("message %s cannot be written", message.control_id)
                unwritable.append(_unwritable(message, type(slip).__name__, now()))
        outbox.keep_all_rendered(texts)
        outbox.settle_all(unwritable)
        blocks = self._holds_back(Outcome.REFUSED)
        held = {one.message.patient for one in unwritable} if blocks else set()
        return [message for message in leased if message.rendered], held

    def _remember_silence(self, told: Told, now: Now) -> None:
        """Rest after a silence; say once that it began and once that it ended."""
        if told.outcome is not Outcome.NO_ANSWER:
            if self._pauses.end_silence():
                _log.warning("%s answers again", self._to.code)
        elif self._pauses.begin_silence(now()):
            _log.warning("%s does not answer: %s", self._to.code, told.words)

    def _next_due_at(self, at: datetime) -> datetime | None:
        if not self._to.can_be_sent_to:
            return None
        due = next_due_at(
            destination=self._to.code, refusal_blocks_patient=self._to.refusal_blocks_patient
        )
        if due is not None and self._pauses.is_resting(at) and self._pauses.not_before:
            return max(due, self._pauses.not_before)
        return due


def _unwritable(message: "Message", why: str, at: datetime) -> outbox.Tried:
    return outbox.Tried(
        message, outbox.Outcome.UNWRITABLE, at, at, words=f"cannot be written: {why}"
    )
