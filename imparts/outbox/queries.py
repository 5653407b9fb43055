"""Reading the outbox: what is waiting, how long, and why."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Min, QuerySet

from imparts.outbox.models import Message


def oldest_waiting_seconds(*, at: datetime) -> float:
    """How long the oldest unsent message has waited; 0 when nothing waits."""
    oldest = Message.objects.filter(state=Message.State.WAITING).aggregate(m=Min("created_at"))["m"]
    return max(0.0, (at - oldest).total_seconds()) if oldest else 0.0


def next_due_at(*, destination: str) -> datetime | None:
    """When the next waiting message may be tried; None when nothing waits."""
    waiting = Message.objects.filter(state=Message.State.WAITING, destination=destination)
    return waiting.aggregate(m=Min("next_attempt_at"))["m"]


def refused() -> QuerySet[Message]:
    """Messages that the destination will not take, newest first: a person has to look."""
    return Message.objects.filter(state=Message.State.REFUSED).order_by("-id")


def in_record_since(about: Iterable[UUID]) -> datetime | None:
    """When the last of these things reached the record; None while any of them has not."""
    messages = Message.objects.filter(about__in=list(about))
    if not messages.exists() or messages.exclude(state=Message.State.SENT).exists():
        return None
    return messages.aggregate(m=Max("sent_at"))["m"]
