"""Reading the outbox: what is waiting, how long, and why."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, QuerySet

from imparts.outbox.models import Message


def oldest_waiting_seconds(*, at: datetime) -> float:
    """How long the oldest unsent message has waited; 0 when nothing waits."""
    oldest = Message.objects.filter(state=Message.State.WAITING).aggregate(m=Min("created_at"))["m"]
    return max(0.0, (at - oldest).total_seconds()) if oldest else 0.0


def next_due_at(*, destination: str) -> datetime | None:
    """When there may be something to send again; None when nothing waits.

    Only the first message of each patient counts, and not before its lease ends: those behind it
    have to wait whatever their own moment is, and a worker must not be woken for them in vain.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select min(greatest(m.next_attempt_at, m.leased_until)) from outbox_message m
            where m.state = 'waiting' and m.destination = %s
              and not exists (
                  select 1 from outbox_message e
                  where e.patient = m.patient and e.destination = m.destination
                    and e.state = 'waiting' and e.id < m.id)
            """,
            [destination],
        )
        found: datetime | None = cursor.fetchone()[0]
    return found


def refused() -> QuerySet[Message]:
    """Messages that the destination will not take, newest first: a person has to look."""
    return Message.objects.filter(state=Message.State.REFUSED).order_by("-id")


def in_record_since(about: Iterable[UUID]) -> datetime | None:
    """When the last of these things reached the record; None while any of them has not."""
    messages = Message.objects.filter(about__in=list(about))
    if not messages.exists() or messages.exclude(state=Message.State.SENT).exists():
        return None
    return messages.aggregate(m=Max("sent_at"))["m"]
