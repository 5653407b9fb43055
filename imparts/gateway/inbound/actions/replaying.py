"""Replaying: a person has a kept message applied once more, when what was in its way is put right.

Any kept message may be applied once more, one also that was refused because its control id was used
before, or because its sender was not known then. Facts keep the time that the message gives them,
so an old message undoes nothing that is newer.
"""

from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.gateway.hl7v2.envelope import read_envelope
from imparts.gateway.inbound.actions.keeping import Arrival, Outcome, hold, write_outcome
from imparts.gateway.inbound.actions.outcomes import NotTaken, applied, named
from imparts.gateway.inbound.models import Content, KnownSender, ReceivedMessage
from imparts.gateway.inbound.queries.senders import known_sender


class ReplayRefused(ValueError):
    """A message cannot be applied once more; the text says why and what to do."""


def replay(received_id: int, *, by: str, at: datetime) -> Outcome:
    """Apply a kept message once more, and say what became of it this time."""
    message = _first(received_id)
    content = Content.objects.filter(message=message).first()
    if content is None:
        raise ReplayRefused(
            "What this message says was deleted when the time to keep it was over, or was never "
            "kept. Ask the sender to send it again."
        )
    raw = bytes(content.raw)
    arrival = Arrival(raw, read_envelope(raw), message.peer, at, first_came_at=message.received_at)
    sender = _sender(arrival)
    with transaction.atomic():
        hold(message.pk)
        outcome = _applied(arrival, sender, message.pk)
        write_outcome(message.pk, outcome, by=by, at=at)
        audit.record(
            who=by, did="applied a received message again", patient=outcome.patient,
            about=f"received message {message.pk}", why=outcome.code, at=at,
        )  # fmt: skip
    return outcome


def _applied(arrival: Arrival, sender: KnownSender, message: int) -> Outcome:
    try:
        with transaction.atomic():
            return applied(arrival, sender=sender)
    except NotTaken as why:
        return named(why.outcome, message)


def _first(received_id: int) -> ReceivedMessage:
    """The message, or the one that it repeats."""
    found = ReceivedMessage.objects.select_related("repeat_of").filter(pk=received_id).first()
    if found is None:
        raise ReplayRefused("There is no such message.")
    return found.repeat_of or found


def _sender(arrival: Arrival) -> KnownSender:
    sender = known_sender(arrival.envelope.application, arrival.envelope.facility)
    if sender is None or not sender.is_active:
        raise ReplayRefused(
            "Its sender may not send here. Let the sender send first, then apply the message again."
        )
    return sender
