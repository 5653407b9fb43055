"""All writing of what the record sends: receiving, applying, once more, forgetting, who may send.

receiving    receive: one message, kept, applied and answered in one transaction
outcomes     how applying went, in our own words
applying     apply: what each kind of message does
refusals     Refused, NotNow, Applied: what applying a message says
replaying    replay: once more, by a person
purging      what messages say is deleted when the time to keep it is over
senders      who may send
naming       what a sender's own codes mean here
"""

from imparts.gateway.inbound.actions.purging import purge, purge_old
from imparts.gateway.inbound.actions.receiving import receive, receive_cut_short
from imparts.gateway.inbound.actions.refusals import Applied, NotNow, Refused
from imparts.gateway.inbound.actions.replaying import ReplayRefused, replay
from imparts.gateway.inbound.actions.senders import (
    SenderRefused,
    end_sender,
    know_sender,
    let_sender_again,
)

__all__ = [
    "Applied",
    "NotNow",
    "Refused",
    "ReplayRefused",
    "SenderRefused",
    "end_sender",
    "know_sender",
    "let_sender_again",
    "purge",
    "purge_old",
    "receive",
    "receive_cut_short",
    "replay",
]
