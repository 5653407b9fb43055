"""Queues: one for each destination, each sent on threads of its own.

A destination that is slow, or does not answer, holds up its own queue and no other. What is set for
a destination counts from the next round: a changed address opens a new connection, a paused one is
left alone, and one that is gone ends.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from imparts.gateway.delivery import Delivery, Now
from imparts.gateway.pauses import Pauses
from imparts.gateway.restoring import COMPARED, Compared
from imparts.gateway.ways import open_way
from imparts.outbox.destination import Destination
from imparts.outbox.queries import destinations

_SECONDS_BETWEEN_LOOKS = 1.0
_LEAST_SECONDS = 0.005
_log = logging.getLogger("imparts.gateway")


def deliver_due(*, now: Now, compared: Compared | None = None) -> int:
    """Deliver what is due to every destination, one after another; how many were taken.

    For tests and for whoever wants it done once. The worker gives each destination its own threads.
    """
    (compared or Compared()).make_sure(now=now)
    return sum(_deliver_to(each, now) for each in destinations() if each.can_be_sent_to)


def _deliver_to(to: Destination, now: Now) -> int:
    delivery = Delivery(open_way(to), to)
    try:
        return delivery.deliver_due(now=now).count
    finally:
        delivery.close()


class Queues:
    """Every destination's threads, started and ended as the settings say."""

    def __init__(self, *, now: Now, is_told_to_stop: Callable[[], bool]) -> None:
        self._now = now
        self._is_told_to_stop = is_told_to_stop
        self._compared = COMPARED
        self._lines: dict[str, tuple[Destination, list[_Line]]] = {}

    def look(self) -> None:
        """Wake those that run; start and end what the settings ask for."""
        self.wake()
        wanted = {each.code: each for each in destinations() if each.can_be_sent_to}
        for code, (to, lines) in list(self._lines.items()):
            if wanted.get(code) != to:
                for line in lines:
                    line.end()
                del self._lines[code]
        for code in wanted.keys() - self._lines.keys():
            self._lines[code] = (wanted[code], self._begin(wanted[code]))

    def wake(self) -> None:
        """There may be something to send."""
        for _, lines in self._lines.values():
            for line in lines:
                line.woken.set()

    def join(self) -> None:
        """Wait until what is on its way has arrived; is_told_to_stop has said so."""
        self.wake()
        for _, lines in self._lines.values():
            for line in lines:
                line.thread.join()

    def _begin(self, to: Destination) -> "list[_Line]":
        """As many connections as trust IT allows, with one patience for all of them."""
        pauses = Pauses()
        lines = [
            _Line(to, pauses, self._compared, self._now, self._is_told_to_stop)
            for _ in range(max(1, to.connections))
        ]
        for line in lines:
            line.thread.start()
        return lines


class _Line:
    """One connection to one destination, on a thread of its own."""

    def __init__(
        self,
        to: Destination,
        pauses: Pauses,
        compared: Compared,
        now: Now,
        is_told_to_stop: Callable[[], bool],
    ) -> None:
        self._to, self._pauses, self._compared, self._now = to, pauses, compared, now
        self._is_told_to_stop = is_told_to_stop
        self._is_over = threading.Event()
        self.woken = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True, name=f"to {to.code}")

    def end(self) -> None:
        """Send no more after the message that is on its way."""
        self._is_over.set()
        self.woken.set()

    def _must_end(self) -> bool:
        return self._is_over.is_set() or self._is_told_to_stop()

    def _run(self) -> None:
        try:
            way = open_way(self._to)
        except ValueError as wrong:  # kept from running until its settings change
            _log.error("%s cannot be used: %s", self._to.code, wrong)
            return
        delivery = Delivery(way, self._to, pauses=self._pauses, is_told_to_stop=self._must_end)
        while not self._must_end():
            self._round(delivery)
        delivery.close()
        connections.close_all()

    def _round(self, delivery: Delivery) -> None:
        """Send what is due; then wait until something is, or somebody wakes us."""
        self.woken.clear()
        due = None
        close_old_connections()
        try:
            self._compared.make_sure(now=self._now)
            due = delivery.deliver_due(now=self._now).next_due_at
        except (DatabaseError, InterfaceError):
            self._compared.forget()  # it may come back as it was at an earlier moment
            _log.exception("%s: the database went away; it is tried again", self._to.code)
        except Exception:
            _log.exception("%s: a round failed; it is tried again", self._to.code)
        self.woken.wait(self._pause_before(due))

    def _pause_before(self, due: datetime | None) -> float:
        if due is None:
            return _SECONDS_BETWEEN_LOOKS
        left = (due - self._now()).total_seconds()
        return min(_SECONDS_BETWEEN_LOOKS, max(_LEAST_SECONDS, left))
