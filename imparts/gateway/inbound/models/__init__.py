"""Tables of what the hospital record sends us, and of who may send it.

senders     KnownSender
messages    ReceivedMessage, its Content, and what it Became
facts       FactAsOf; ServiceCode, MeasureCode, NumberIssuer: how old facts are, what codes mean
"""

from imparts.gateway.inbound.models.facts import (
    FactAsOf,
    MeasureCode,
    NumberIssuer,
    ServiceCode,
)
from imparts.gateway.inbound.models.messages import Became, Content, ReceivedMessage
from imparts.gateway.inbound.models.senders import KnownSender

__all__ = [
    "Became", "Content", "FactAsOf", "KnownSender", "MeasureCode", "NumberIssuer",
    "ReceivedMessage", "ServiceCode",
]  # fmt: skip
