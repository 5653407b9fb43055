"""Reading what the record sent and what became of it.

messages    received: searched; text_of: what one says
senders     known_sender, known_senders, why_not_from
"""

from imparts.gateway.inbound.queries.messages import (
    Received,
    last_received_at,
    received,
    received_message,
    text_of,
)
from imparts.gateway.inbound.queries.senders import known_sender, known_senders, why_not_from

__all__ = [
    "Received",
    "known_sender",
    "known_senders",
    "last_received_at",
    "received",
    "received_message",
    "text_of",
    "why_not_from",
]
