"""Telling: that a queue has grown, or is empty again, is said once, whoever looks how often."""

from datetime import datetime

from django.db import connection, transaction

from imparts.outbox.models import QueueSaid

_LOCK_OF_QUEUES = 0x1A75


@transaction.atomic
def say_of_queue(
    destination: str, name: str, *, waiting: int, oldest_at: datetime | None, at: datetime
) -> bool:
    """Write down that it is said now; False when the last word about this queue was the same."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK_OF_QUEUES])
    last = QueueSaid.objects.filter(destination=destination).order_by("-id").first()
    if name == (last.name if last else QueueSaid.Name.DRAINED):
        return False
    QueueSaid.objects.create(
        destination=destination, name=name, at=at, waiting=waiting, oldest_at=oldest_at
    )
    return True
