"""Settling: what a server did with messages is written down, for the record as for notices.

Taken and done, refused until a person looks, or tried again after a pause. What was taken stands in
the journal before the database is told, so that a database restored to an earlier moment can be
told again (restoring.py).
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from imparts.gateway.journal import Journal
from imparts.gateway.outcomes import Outcome, Told
from imparts.gateway.pauses import Pauses
from imparts.outbox import actions as outbox
from imparts.outbox.queries import OFTEN_PUT_OFF
from imparts.outbox.sent import Sent

if TYPE_CHECKING:
    from imparts.outbox.models import Message

AN_HOUR = timedelta(hours=1)
_log = logging.getLogger("imparts.gateway")


@dataclass(frozen=True, slots=True)
class Answered:
    """One leased message that was tried, and what it was told."""

    message: "Message"
    told: Told
    began_at: datetime
    ended_at: datetime


def settle(message: "Message", told: Told, pauses: Pauses, *, now: Callable[[], datetime]) -> bool:
    """Write down what became of one leased message; whether it was taken."""
    at = now()
    settle_all([Answered(message, told, at, at)], pauses)
    return told.outcome is Outcome.TAKEN


def settle_all(answered: Sequence[Answered], pauses: Pauses) -> None:
    """Write down what became of leased messages."""
    _journal([one for one in answered if one.told.outcome is Outcome.TAKEN])
    outbox.settle_all([_tried(one, pauses) for one in answered])


def _journal(taken: list[Answered]) -> None:
    """A full disk must not make us send for ever what is taken: it is said, and goes on."""
    sent = [
        Sent(one.message.control_id, one.message.destination, one.message.about, one.ended_at)
        for one in taken
    ]
    try:
        Journal(settings.IMPARTS_DATA).add(sent)
    except OSError as wrong:
        _log.error("the journal of what was sent cannot be written (%s)", wrong.strerror)


def _tried(one: Answered, pauses: Pauses) -> outbox.Tried:
    return outbox.Tried(
        message=one.message,
        outcome=outbox.Outcome[one.told.outcome.name],
        began_at=one.began_at,
        ended_at=one.ended_at,
        words=one.told.words,
        again_at=one.ended_at + _pause(one, pauses),
    )


def _pause(one: Answered, pauses: Pauses) -> timedelta:
    """Growing pauses; once an hour for what was put off again and again."""
    if one.told.outcome is not Outcome.NOT_THIS_TIME:
        return pauses.after(one.message.attempts)
    times = one.message.put_off + 1
    return pauses.after(times) if times < OFTEN_PUT_OFF else AN_HOUR
