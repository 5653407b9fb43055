"""Restoring: what the journal says was sent is never sent again, and what we lost is listed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from imparts.outbox.models import Attempt, Message, NotHere
from imparts.outbox.sent import Sent

_AT_ONCE = 1000
_WORDS = "The journal says that it was sent: this database was restored to a moment before."


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was found different from the journal."""

    not_sent_again: int
    not_here: int


def reconcile(sent: Iterable[Sent], *, at: datetime) -> Reconciled:
    """Mark as sent what waits and was sent; list what was sent and is not here."""
    not_again = lost = 0
    left = iter(sent)
    while some := list(islice(left, _AT_ONCE)):
        with transaction.atomic():
            by_id = {one.control_id: one for one in some}
            not_again += _mark_sent(by_id, at=at)
            lost += _list_lost(by_id, at=at)
    return Reconciled(not_again, lost)


def _mark_sent(by_id: dict[str, Sent], *, at: datetime) -> int:
    waiting = list(
        Message.objects.select_for_update().filter(
            control_id__in=list(by_id), state=Message.State.WAITING
        )
    )
    for message in waiting:
        message.state, message.sent_at = Message.State.SENT, by_id[message.control_id].sent_at
        message.leased_until, message.last_error = None, ""
    Message.objects.bulk_update(waiting, ["state", "sent_at", "leased_until", "last_error"])
    Attempt.objects.bulk_create(
        Attempt(
            message=one.pk, destination=one.destination, control_id=one.control_id, began_at=at,
            ended_at=at, outcome=Attempt.Outcome.KNOWN_SENT, words=_WORDS,
        )
        for one in waiting
    )  # fmt: skip
    return len(waiting)


def _list_lost(by_id: dict[str, Sent], *, at: datetime) -> int:
    ids = list(by_id)
    here: Collection[str] = {
        *Message.objects.filter(control_id__in=ids).values_list("control_id", flat=True),
        *Attempt.objects.filter(control_id__in=ids).values_list("control_id", flat=True),
        *NotHere.objects.filter(control_id__in=ids).values_list("control_id", flat=True),
    }
    lost = [one for control_id, one in by_id.items() if control_id not in here]
    NotHere.objects.bulk_create(
        (
            NotHere(
                control_id=one.control_id, destination=one.destination, about=one.about,
                sent_at=one.sent_at, found_at=at,
            )
            for one in lost
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return len(lost)
