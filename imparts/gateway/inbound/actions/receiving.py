"""Receiving: one message, known, kept, applied and answered, all in one transaction or not at all.

A message that was taken is answered the same again and applied no second time, so a sender may send
it as often as it likes. One that was not taken is tried afresh each time it comes: nothing of it
was applied before, and what was in its way may have been put right. The same control id with other
content is refused, kept and shown: either may be the true one, so a person has to look.

What comes from a sender that is not known is kept too, but takes up no control id, so that nobody
can stand in a known sender's way.
"""

from datetime import datetime

from django.db import transaction

from imparts.gateway.hl7v2.acknowledgement import Answer
from imparts.gateway.hl7v2.envelope import LONGEST_CONTROL_ID, read_envelope
from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.inbound.actions import refusals
from imparts.gateway.inbound.actions.keeping import Arrival, Outcome, hold, keep, write_outcome
from imparts.gateway.inbound.actions.outcomes import applied, refusal
from imparts.gateway.inbound.actions.refusals import Refused
from imparts.gateway.inbound.models import Became, KnownSender, ReceivedMessage
from imparts.gateway.inbound.queries.senders import known_sender, why_not_from

BY_RECORD = "record"


def receive(raw: bytes, *, peer: Peer, at: datetime) -> Answer:
    """Take one message, and say what became of it."""
    arrival = Arrival(raw, read_envelope(raw), peer.address, at)
    with transaction.atomic():
        outcome = _received(arrival, peer)
    return Answer(
        outcome.code, arrival.envelope.control_id, outcome.words, outcome.where, outcome.error
    )


def receive_cut_short(begun: bytes, words: str, *, peer: Peer, at: datetime) -> Answer:
    """Keep that something came which is no whole message, and refuse it."""
    arrival = Arrival(begun, read_envelope(begun), peer.address, at)
    refused = Refused(words, error=refusals.SEGMENT_MISSING)
    with transaction.atomic():
        outcome = _not_taken(arrival, None, refused)
    return Answer(outcome.code, arrival.envelope.control_id, words, error=outcome.error)


def _received(arrival: Arrival, peer: Peer) -> Outcome:
    came = arrival.envelope
    sender = known_sender(came.application, came.facility)
    try:
        _let_in(sender, peer)
    except Refused as refused:
        return _not_taken(arrival, None, refused)
    assert sender is not None  # _let_in refuses it
    if not 0 < len(came.control_id) <= LONGEST_CONTROL_ID:
        nameless = Refused(
            f"MSH-10 must hold a control id of 1 to {LONGEST_CONTROL_ID} characters.",
            where="MSH-10", error=refusals.FIELD_MISSING,
        )  # fmt: skip
        return _not_taken(arrival, sender, nameless)
    message = keep(arrival, sender=sender, is_first=True)
    if message is None:
        return _came_before(arrival, sender)
    return _outcome(arrival, sender, message)


def _let_in(sender: KnownSender | None, peer: Peer) -> None:
    why_not = why_not_from(sender, peer)
    if why_not:
        raise Refused(why_not, where="MSH-3", error=refusals.NOT_KNOWN_HERE)


def _not_taken(arrival: Arrival, sender: KnownSender | None, refused: Refused) -> Outcome:
    """Kept and refused, without being held against any other message."""
    message = keep(arrival, sender=sender)
    assert message is not None  # only a first message can be in another's way
    outcome = refusal(refused)
    write_outcome(message, outcome, by=BY_RECORD, at=arrival.at)
    return outcome


def _came_before(arrival: Arrival, sender: KnownSender) -> Outcome:
    first = ReceivedMessage.objects.get(
        sender=sender, control_id=arrival.envelope.control_id, is_first=True
    )
    if first.digest != arrival.digest:
        other = Refused(
            "This control id was used before, for a message that said something else.",
            where="MSH-10", error=refusals.USED_BEFORE,
        )  # fmt: skip
        return _not_taken(arrival, sender, other)
    keep(arrival, sender=sender, repeat_of=first.pk, with_content=False)
    hold(first.pk)
    before = Became.objects.filter(message=first).order_by("pk").last()
    if before is not None and before.code == Became.Code.DONE:
        return Outcome(before.code, before.words)
    return _outcome(arrival, sender, first.pk)


def _outcome(arrival: Arrival, sender: KnownSender, message: int) -> Outcome:
    outcome = applied(arrival, sender=sender, message=message)
    write_outcome(message, outcome, by=BY_RECORD, at=arrival.at)
    return outcome
