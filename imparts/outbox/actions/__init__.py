"""All writing of the outbox: owing, leasing, settling, what people decide, and after a restore."""

from imparts.outbox.actions.by_people import (
    CannotDecide,
    give_up_by_person,
    send_again,
    set_destination,
)
from imparts.outbox.actions.leasing import LEASE_SECONDS, give_back, lease_many, lease_next
from imparts.outbox.actions.owing import (
    CHANNEL,
    NOTICES,
    new_message,
    new_notice,
    owed,
    part_of,
    post_all,
    post_once,
)
from imparts.outbox.actions.restoring import Reconciled, reconcile
from imparts.outbox.actions.settling import (
    Outcome,
    Tried,
    becomes,
    give_up,
    keep_all_rendered,
    keep_rendered,
    mark_refused,
    mark_sent,
    retry_later,
    settle_all,
)
from imparts.outbox.actions.telling import say_of_queue

__all__ = [
    "CHANNEL",
    "LEASE_SECONDS",
    "NOTICES",
    "CannotDecide",
    "Outcome",
    "Reconciled",
    "Tried",
    "becomes",
    "give_back",
    "give_up",
    "give_up_by_person",
    "keep_all_rendered",
    "keep_rendered",
    "lease_many",
    "lease_next",
    "mark_refused",
    "mark_sent",
    "new_message",
    "new_notice",
    "owed",
    "part_of",
    "post_all",
    "post_once",
    "reconcile",
    "retry_later",
    "say_of_queue",
    "send_again",
    "set_destination",
    "settle_all",
]
