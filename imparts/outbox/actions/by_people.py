"""By people: what trust IT decides about a message, and how a destination is used.

Each is told with who and why. Whoever calls these writes the audit as well (gateway.actions).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from imparts.outbox.actions.owing import new_control_id, wake_workers
from imparts.outbox.actions.settling import MOST_WORDS
from imparts.outbox.destination import Destination
from imparts.outbox.models import Attempt, DestinationSettings, Message

_NO_REASON = "Say why, in a few words: whoever looks at this message later needs to know."


class CannotDecide(Exception):
    """What was asked for cannot be done with this message, in a sentence for the page."""


@transaction.atomic
def send_again(
    message_id: int, *, by: str, why: str, at: datetime, facts: Mapping[str, Any] | None = None
) -> Message:
    """Send a refused message again, as it is written now, under a new control id.

    The old text and id were refused, so the destination has neither; a destination that remembers
    ids would refuse the same one for ever. What was sent under the old id stays in the account of
    the tries. `facts` takes the place of the old ones where they were wrong.
    """
    message = _decided_about(message_id, why=why, states=(Message.State.REFUSED,))
    _write_down(message, Attempt.Outcome.SENT_AGAIN, by=by, why=why, at=at)
    message.control_id, message.rendered = new_control_id(), ""
    message.facts = message.facts if facts is None else dict(facts)
    message.state, message.next_attempt_at = Message.State.WAITING, at
    message.attempts = message.put_off = 0
    message.last_error = ""
    message.save()
    wake_workers()
    return message


@transaction.atomic
def give_up_by_person(message_id: int, *, by: str, why: str, at: datetime) -> Message:
    """Never send this message: somebody has looked, and says why."""
    states = (Message.State.REFUSED, Message.State.WAITING)
    message = _decided_about(message_id, why=why, states=states)
    _write_down(message, Attempt.Outcome.GIVEN_UP, by=by, why=why, at=at)
    message.state, message.leased_until = Message.State.GIVEN_UP, None
    message.last_error = why.strip()[:MOST_WORDS]
    message.save(update_fields=["state", "leased_until", "last_error"])
    return message


def set_destination(to: Destination, *, by: str, why: str, at: datetime) -> DestinationSettings:
    """Use a destination as given from now on; how it was used before stays on record."""
    return DestinationSettings.objects.create(
        code=to.code, name=to.name, way=to.way, sends=to.sends, address=to.address,
        services=sorted(to.services), mapping=dict(to.mapping), connections=to.connections,
        is_paused=to.is_paused, refusal_blocks_patient=to.refusal_blocks_patient,
        grown_from_messages=to.grown_from_messages, grown_from_minutes=to.grown_from_minutes,
        at=at, by=by, why=why,
    )  # fmt: skip


def _decided_about(message_id: int, *, why: str, states: tuple[str, ...]) -> Message:
    if not why.strip():
        raise CannotDecide(_NO_REASON)
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise CannotDecide("This message is not there any more. Look at the list again.")
    if message.state not in states:
        raise CannotDecide(
            f"This message is {_STANDS[message.state]}. Somebody else, or the record, was quicker: "
            "look at the list again."
        )
    return message


_STANDS = {
    Message.State.WAITING: "waiting to be sent already",
    Message.State.SENT: "sent already",
    Message.State.REFUSED: "refused",
    Message.State.GIVEN_UP: "given up already",
}


def _write_down(message: Message, outcome: str, *, by: str, why: str, at: datetime) -> None:
    Attempt.objects.create(
        message=message.pk, destination=message.destination, control_id=message.control_id,
        began_at=at, ended_at=at, outcome=outcome, words=why.strip()[:MOST_WORDS], by=by,
    )  # fmt: skip
