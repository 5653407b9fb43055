"""Growth: when a queue has grown so that trust IT should look, and when it is empty again."""

from datetime import datetime, timedelta

from imparts.outbox.destination import Destination
from imparts.outbox.queries import Standing

GREW, DRAINED = "grew", "drained"
_A_MOMENT = timedelta(minutes=1)


def word_of(stands: Standing, to: Destination, *, at: datetime) -> str:
    """grew, drained, or nothing while it is between: so that no queue is told of to and fro.

    From how many messages or minutes on is set for each destination; the numbers that it has until
    then are a local choice, from general knowledge, not verified here.
    """
    waited = at - stands.oldest_at if stands.oldest_at else timedelta(0)
    if stands.waiting >= to.grown_from_messages:
        return GREW
    if waited >= timedelta(minutes=to.grown_from_minutes):
        return GREW
    return DRAINED if waited < _A_MOMENT else ""
