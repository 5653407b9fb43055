"""Outcomes: a message is read and applied, and whatever happens is said in our own words.

What fails undoes what was applied and nothing else: that the message came and how it failed stays.
"""

import logging

from django.db import OperationalError, transaction
from psycopg import errors

from imparts.gateway.hl7v2.charsets import UTF_8, decode_message
from imparts.gateway.hl7v2.envelope import Envelope
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.inbound.actions import refusals
from imparts.gateway.inbound.actions.applying import apply
from imparts.gateway.inbound.actions.keeping import Arrival, Outcome
from imparts.gateway.inbound.actions.refusals import NotNow, Refused
from imparts.gateway.inbound.models import KnownSender

_PASSES = (
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.SerializationFailure,
    errors.QueryCanceled,
)
_log = logging.getLogger("imparts.listener")


def applied(arrival: Arrival, *, sender: KnownSender, message: int) -> Outcome:
    """Apply one kept message, in the caller's transaction, and say what became of it."""
    try:
        return _applied(arrival, sender)
    except Refused as refused:
        return refusal(refused)
    except MessageRefused as refused:
        return Outcome("AR", _sentence(str(refused)), error=refusals.WRONG_TYPE)
    except NotNow as later:
        return Outcome("AE", later.words, later.where, later.error)
    except OperationalError as wrong:
        if not isinstance(wrong.__cause__, _PASSES):
            raise  # the database has gone: nothing can be kept either
        busy = "The record of this patient is being changed by someone else. Send it again."
        return Outcome("AE", busy, error=refusals.LOCKED)
    except Exception:
        # The sentence stands alone: an error's own text may quote what the message says.
        _log.exception("applying failed")
        _log.error("received message %d could not be applied: our mistake", message)
        words = f"Our mistake, reference {message}. The message is kept."
        return Outcome("AE", words, error=refusals.OUR_MISTAKE)


def _applied(arrival: Arrival, sender: KnownSender) -> Outcome:
    _refuse_by_header(arrival.envelope, sender)
    text = decode_message(arrival.raw, otherwise=sender.charset or UTF_8)
    message = read_message(text)
    with transaction.atomic():
        done = apply(message, sender=sender, at=arrival.at)
    return Outcome("AA", done.words, patient=done.patient, did=done.did)


def refusal(refused: Refused) -> Outcome:
    """A refusal as what became of the message."""
    return Outcome("AR", refused.words, refused.where, refused.error)


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


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
