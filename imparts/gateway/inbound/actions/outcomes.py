"""Outcomes: a message is read and applied, and whatever happens is said in our own words."""

import logging
from dataclasses import dataclass, replace

from django.db import OperationalError
from psycopg import errors

from imparts.gateway.hl7v2.charsets import UTF_8, decode_message
from imparts.gateway.hl7v2.envelope import Envelope
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.inbound.actions import refusals
from imparts.gateway.inbound.actions.applying import apply
from imparts.gateway.inbound.actions.keeping import Arrival, Outcome
from imparts.gateway.inbound.actions.refusals import NotApplied, Refused
from imparts.gateway.inbound.models import KnownSender

_PASSES = (
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.SerializationFailure,
    errors.QueryCanceled,
)
_OURS = "Our mistake, reference {}. The message is kept."
_log = logging.getLogger("imparts.listener")


@dataclass(slots=True)
class NotTaken(Exception):
    """A message was not taken: the caller undoes everything, then keeps it and why."""

    outcome: Outcome
    sender: KnownSender | None = None
    is_first: bool = False  # it is held against later ones of its control id
    is_stranger: bool = False  # it came from nobody who may send here


def applied(arrival: Arrival, *, sender: KnownSender) -> Outcome:
    """Apply one message, in the caller's transaction; NotTaken says what became of it instead."""
    try:
        return _applied(arrival, sender)
    except OperationalError as wrong:
        if not isinstance(wrong.__cause__, _PASSES):
            raise  # the database has gone: nothing can be kept either
        busy = "The record of this patient is being changed by someone else. Send it again."
        outcome = Outcome("AE", busy, error=refusals.LOCKED)
    except Exception as wrong:
        outcome = _in_words(wrong)
    raise NotTaken(outcome, sender, is_first=True)


def named(outcome: Outcome, message: int) -> Outcome:
    """With the number of the message, where it is by this that somebody will ask."""
    if outcome.error != refusals.OUR_MISTAKE:
        return outcome
    _log.error("received message %d could not be applied: our mistake", message)
    return replace(outcome, words=_OURS.format(message))


def refusal(why: NotApplied) -> Outcome:
    """Why it was not applied, as what became of the message."""
    return Outcome(why.code, why.words, why.where, why.error)


def _applied(arrival: Arrival, sender: KnownSender) -> Outcome:
    _refuse_by_header(arrival.envelope, sender)
    message = read_message(decode_message(arrival.raw, otherwise=sender.charset or UTF_8))
    done = apply(message, sender=sender, at=arrival.at, came_at=arrival.first_came_at or arrival.at)
    return Outcome("AA", done.words, patient=done.patient, did=done.did)


def _in_words(wrong: Exception) -> Outcome:
    """What an error says of the message; of one that we did not foresee, nothing."""
    if isinstance(wrong, NotApplied):
        return refusal(wrong)
    if isinstance(wrong, MessageRefused):
        words = str(wrong)
        return Outcome("AR", f"{words[:1].upper()}{words[1:]}.", error=refusals.WRONG_TYPE)
    _log.error("applying failed", exc_info=wrong)  # logs keep its kind and its place, no text
    return Outcome("AE", error=refusals.OUR_MISTAKE)


def _refuse_by_header(envelope: Envelope, sender: KnownSender) -> None:
    if not envelope.kind:
        raise Refused(
            "MSH-9 does not name a kind of message.", where="MSH-9", error=refusals.KIND_NOT_TAKEN
        )
    if sender.kinds and not {envelope.kind, envelope.kind[:3]} & set(sender.kinds):
        raise Refused(
            "This sender has not been allowed to send messages of this kind.",
            where="MSH-9", error=refusals.KIND_NOT_TAKEN,
        )  # fmt: skip
    if envelope.processing != sender.processing:
        raise Refused(
            f"MSH-11 must be {sender.processing} from this sender.",
            where="MSH-11", error=refusals.PROCESSING_NOT_TAKEN,
        )  # fmt: skip
    if envelope.version and not envelope.version.startswith("2."):
        raise Refused(
            "Only versions 2.1 to 2.8 are read.", where="MSH-12", error=refusals.VERSION_NOT_TAKEN
        )
