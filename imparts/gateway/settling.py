"""Settling: what a server did with a message is written down, for the record as for notices.

Taken and done, refused until a person looks, or tried again after a pause.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.gateway.outcomes import Outcome, Told
from imparts.gateway.pauses import Pauses
from imparts.outbox import actions as outbox

if TYPE_CHECKING:
    from imparts.outbox.models import Message


def settle(message: "Message", told: Told, pauses: Pauses, *, now: Callable[[], datetime]) -> bool:
    """Write down what became of a leased message; whether it was taken."""
    match told.outcome:
        case Outcome.TAKEN:
            outbox.mark_sent(message, at=now())
        case Outcome.REFUSED:
            outbox.mark_refused(message, reason=told.words)
        case _:
            again_at = now() + pauses.after(message.attempts)
            outbox.retry_later(message, next_attempt_at=again_at, reason=told.words)
    return told.outcome is Outcome.TAKEN
