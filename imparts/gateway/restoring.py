"""Restoring: before anything is sent, the journal is asked what was sent already.

A database that was restored to an earlier moment would send again what it has forgotten. So each
worker compares it with the journal when it starts, and after each time that it lost the database.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from imparts.gateway.journal import Journal
from imparts.outbox import actions as outbox
from imparts.outbox.queries import last_sent_at

_EARLIER = timedelta(days=2)  # clocks differ, and what was sent first may be written down last
_log = logging.getLogger("imparts.gateway")


class Compared:
    """Whether this worker has compared its database with the journal."""

    def __init__(self) -> None:
        self._is_done = False
        self._one_at_a_time = threading.Lock()

    def forget(self) -> None:
        """The database was away: it may have been restored meanwhile."""
        self._is_done = False

    def make_sure(self, *, now: Callable[[], datetime]) -> None:
        """Compare, unless that is done; whoever sends asks first."""
        with self._one_at_a_time:
            if not self._is_done:
                self._compare(at=now())
                self._is_done = True

    @staticmethod
    def _compare(*, at: datetime) -> None:
        """A journal that cannot be read holds up no result: a resend is known by its id."""
        try:
            compare_with_journal(at=at)
        except OSError as wrong:
            _log.error("the journal of what was sent cannot be read (%s)", wrong.strerror)


COMPARED = Compared()  # one for each process: all of its queues and its notices ask it


def compare_with_journal(*, at: datetime) -> outbox.Reconciled:
    """Mark as sent what the journal knows to be sent, and list what is there and not here."""
    last = last_sent_at()
    first_day = (last - _EARLIER).date() if last else None
    found = outbox.reconcile(Journal(settings.IMPARTS_DATA).since(first_day), at=at)
    if found.not_sent_again or found.not_here:
        _log.warning(
            "after a crash or a restore: %d messages had been sent and are not sent again; "
            "%d that were sent are not in this database, see the page of connections",
            found.not_sent_again, found.not_here,
        )  # fmt: skip
    return found
