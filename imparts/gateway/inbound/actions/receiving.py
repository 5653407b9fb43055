"""Receiving: one message, known, kept, applied and answered, all in one transaction or not at all.

A message that was answered once is answered the same again and applied no second time, so a sender
may send it as often as it likes.
"""

from datetime import datetime

from imparts.gateway.hl7v2.acknowledgement import Answer
from imparts.gateway.hl7v2.listener import Peer


def receive(raw: bytes, *, peer: Peer, at: datetime) -> Answer:
    """Take one message, and say what became of it."""
    raise NotImplementedError
