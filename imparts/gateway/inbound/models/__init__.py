"""Tables of what the hospital record sends us, and of who may send it.

senders     KnownSender
messages    ReceivedMessage, its Content, and what it Became
facts       FactAsOf, ServiceCode, NumberIssuer: how old facts are, what codes stand for
"""

from imparts.gateway.inbound.models.facts import FactAsOf, NumberIssuer, ServiceCode
from imparts.gateway.inbound.models.messages import Became, Content, ReceivedMessage
from imparts.gateway.inbound.models.senders import KnownSender

__all__ = [
    "Became", "Content", "FactAsOf", "KnownSender", "NumberIssuer", "ReceivedMessage",
    "ServiceCode",
]  # fmt: skip
