"""Receiving: one message, known, kept, applied and answered, all in one transaction or not at all.

A message that was taken is answered the same again and applied no second time, so a sender may send
it as often as it likes. One that was not taken is tried afresh each time it comes: nothing of it
was applied before, and what was in its way may have been put right. The same control id with other
content is refused, kept and shown: either may be the true one, so a person has to look.

What fails undoes all that it did; then the message is kept by itself, with why it was not taken.
What comes from a sender that is not known is kept too, but takes up no control id, so that nobody
can stand in a known sender's way.
"""

from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.gateway.hl7v2.acknowledgement import Answer
from imparts.gateway.hl7v2.envelope import LONGEST_CONTROL_ID, Envelope, read_envelope
from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.inbound.actions import refusals
from imparts.gateway.inbound.actions.keeping import Arrival, Outcome, hold, keep, write_outcome
from imparts.gateway.inbound.actions.outcomes import NotTaken, applied, named, refusal
from imparts.gateway.inbound.actions.refusals import Refused
from imparts.gateway.inbound.models import Became, KnownSender, ReceivedMessage
from imparts.gateway.inbound.queries.senders import (
    known_sender,
    remembered_sender,
    why_not_from,
)

BY_RECORD = "record"


def receive(raw: bytes, *, peer: Peer, at: datetime, envelope: Envelope | None = None) -> Answer:
    """Take one message, and say what became of it. `envelope` is its header where it was read."""
    arrival = Arrival(raw, envelope or read_envelope(raw), peer.address, at)
    try:
        with transaction.atomic():
            outcome = _taken(arrival, peer)
    except NotTaken as why:
        outcome = _kept(arrival, why)
    return _answer(arrival, outcome)


def receive_cut_short(begun: bytes, words: str, *, peer: Peer, at: datetime) -> Answer:
    """Keep that something came which is no whole message, and refuse it."""
    arrival = Arrival(begun, read_envelope(begun), peer.address, at)
    refused = refusal(Refused(words, error=refusals.SEGMENT_MISSING))
    return _answer(arrival, _kept(arrival, NotTaken(refused)))


def _answer(arrival: Arrival, outcome: Outcome) -> Answer:
    control_id = arrival.envelope.control_id
    return Answer(outcome.code, control_id, outcome.words, outcome.where, outcome.error)


def _taken(arrival: Arrival, peer: Peer) -> Outcome:
    """Keep and apply; NotTaken when it cannot be."""
    sender, message, is_repeat = _begun(arrival, peer)
    if is_repeat:
        hold(message)
        before = Became.objects.filter(message=message).order_by("pk").last()
        if before is not None and before.code == Became.Code.DONE:
            return Outcome(before.code, before.words)
    outcome = applied(arrival, sender=sender)
    write_outcome(message, outcome, by=BY_RECORD, at=arrival.at)
    return outcome


def _kept(arrival: Arrival, why: NotTaken) -> Outcome:
    """Keep a message that was not taken, in a transaction of its own, and say why."""
    try:
        with transaction.atomic():
            if why.is_first and why.sender is not None:
                message, _ = _first_of(arrival, why.sender)
            else:
                message = _by_itself(arrival, why.sender)
            outcome = named(why.outcome, message)
            write_outcome(message, outcome, by=BY_RECORD, at=arrival.at)
            if why.is_stranger:
                about = f"received message {message}"
                did = "refused a message of a stranger"
                audit.record(who=BY_RECORD, did=did, about=about, why=outcome.words, at=arrival.at)
    except NotTaken as other:  # another connection has used its control id meanwhile
        return _kept(arrival, other)
    return outcome


def _begun(arrival: Arrival, peer: Peer) -> tuple[KnownSender, int, bool]:
    """Who sends, and the message as kept. What is remembered of a sender counts while it is so."""
    came = arrival.envelope
    sender = remembered_sender(came.application, came.facility)
    if sender is not None and not why_not_from(sender, peer) and _has_an_id(came):
        message = keep(arrival, sender=sender, is_first=True, as_read=sender.version)
        if message is not None:
            return sender, message, False
    sender = _who_may_send(came, peer)
    return sender, *_first_of(arrival, sender)


def _has_an_id(came: Envelope) -> bool:
    return 0 < len(came.control_id) <= LONGEST_CONTROL_ID


def _who_may_send(came: Envelope, peer: Peer) -> KnownSender:
    sender = known_sender(came.application, came.facility)
    why_not = why_not_from(sender, peer)
    if sender is None or why_not:
        unknown = Refused(why_not, where="MSH-3", error=refusals.NOT_KNOWN_HERE)
        raise NotTaken(refusal(unknown), is_stranger=True)
    if not _has_an_id(came):
        nameless = Refused(
            f"MSH-10 must hold a control id of 1 to {LONGEST_CONTROL_ID} characters.",
            where="MSH-10", error=refusals.FIELD_MISSING,
        )  # fmt: skip
        raise NotTaken(refusal(nameless), sender)
    return sender


def _first_of(arrival: Arrival, sender: KnownSender) -> tuple[int, bool]:
    """The message that this one is, or repeats; NotTaken when that said something else."""
    message = keep(arrival, sender=sender, is_first=True)
    if message is not None:
        return message, False
    first = ReceivedMessage.objects.get(
        sender=sender, control_id=arrival.envelope.control_id, is_first=True
    )
    if first.digest != arrival.digest:
        other = Refused(
            "This control id was used before, for a message that said something else.",
            where="MSH-10", error=refusals.USED_BEFORE,
        )  # fmt: skip
        raise NotTaken(refusal(other), sender)
    keep(arrival, sender=sender, repeat_of=first.pk, with_content=False)
    return first.pk, True


def _by_itself(arrival: Arrival, sender: KnownSender | None) -> int:
    """Kept without being held against any other message."""
    message = keep(arrival, sender=sender)
    assert message is not None  # only a first message can be in another's way
    return message
