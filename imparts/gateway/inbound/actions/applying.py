"""Applying: hands each message to what reads its kind."""

from datetime import datetime

from imparts.gateway.hl7v2.message import Message
from imparts.gateway.inbound.actions.refusals import KIND_NOT_TAKEN, Applied, Refused
from imparts.gateway.inbound.models import KnownSender


def apply(message: Message, *, sender: KnownSender, at: datetime) -> Applied:
    """Do what one message says, in the caller's transaction; Refused or NotNow when it cannot."""
    raise Refused("Messages of this kind are not taken.", where="MSH-9", error=KIND_NOT_TAKEN)
