"""How things stand: what waits for a destination, how long, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet

from imparts.outbox.destination import Destination
from imparts.outbox.models import Message, NotHere
from imparts.outbox.queries.destinations import destinations


@dataclass(frozen=True, slots=True)
class Standing:
    """How the messages to one or more destinations stand."""

    waiting: int
    oldest_at: datetime | None
    last_error: str
    """Why the one that was tried last was not taken; empty when nothing waits."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How one destination's queue stands, for those who look after it."""

    destination: Destination
    stands: Standing
    next_try_at: datetime | None
    """None when nothing waits."""
    refused: int
    """Messages that it will not take, and about which nobody has decided."""
    put_off: int
    """Waiting messages to which it has answered "not this time" again and again."""
    last_sent_at: datetime | None


OFTEN_PUT_OFF = 20
"""From so many answers of "not this time" on, a message is tried once an hour and shown. A local
choice, from general knowledge, not verified here."""


def queues() -> tuple[Queue, ...]:
    """Every destination with what waits for it and what it refused."""
    return tuple(_queue(each) for each in destinations())


def _queue(to: Destination) -> Queue:
    here = Message.objects.filter(destination=to.code)
    waiting = here.filter(state=Message.State.WAITING)
    return Queue(
        destination=to,
        stands=standing(to.code),
        next_try_at=next_due_at(
            destination=to.code, refusal_blocks_patient=to.refusal_blocks_patient
        ),
        refused=refused(to.code).count(),
        put_off=waiting.filter(put_off__gte=OFTEN_PUT_OFF).count(),
        last_sent_at=last_sent_at(here),
    )


def standing(*codes: str) -> Standing:
    """What waits for these destinations, since when, and what stands in the way."""
    waiting = Message.objects.filter(state=Message.State.WAITING, destination__in=codes)
    found = waiting.aggregate(number=Count("pk"), oldest=Min("created_at"))
    tried = waiting.exclude(last_error="").order_by("-next_attempt_at").first()
    return Standing(found["number"], found["oldest"], tried.last_error if tried else "")


def oldest_waiting_seconds(*codes: str, at: datetime) -> float:
    """How long the oldest unsent message to these destinations has waited; 0 when nothing waits."""
    oldest = standing(*codes).oldest_at
    return max(0.0, (at - oldest).total_seconds()) if oldest else 0.0


def oldest_of_each(*, at: datetime) -> dict[str, float]:
    """Seconds for which the oldest unsent message to each destination has waited, by code."""
    codes = [each.code for each in destinations()]
    waiting = Message.objects.filter(state=Message.State.WAITING, destination__in=codes)
    oldest = dict(waiting.order_by().values_list("destination").annotate(oldest=Min("created_at")))
    return {
        code: round(max(0.0, (at - oldest[code]).total_seconds()), 1) if code in oldest else 0.0
        for code in codes
    }


def next_due_at(*, destination: str, refusal_blocks_patient: bool = False) -> datetime | None:
    """When there may be something to send again; None when nothing waits.

    Only the first message of each patient counts, and not before its lease ends: those behind it
    have to wait whatever their own moment is, and a worker must not be woken for them in vain.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select min(greatest(m.next_attempt_at, m.leased_until)) from outbox_message m
            where m.state = 'waiting' and m.destination = %(to)s
              and not exists (
                  select 1 from outbox_message e
                  where e.patient = m.patient and e.destination = m.destination
                    and e.state = 'waiting' and e.id < m.id)
              and not (%(blocks)s and exists (
                  select 1 from outbox_message e
                  where e.patient = m.patient and e.destination = m.destination
                    and e.state = 'refused' and e.id < m.id))
            """,
            {"to": destination, "blocks": refusal_blocks_patient},
        )
        found: datetime | None = cursor.fetchone()[0]
    return found


def refused(*codes: str) -> QuerySet[Message]:
    """Messages that these destinations will not take, newest first: a person has to look."""
    return Message.objects.filter(state=Message.State.REFUSED, destination__in=codes).order_by(
        "-id"
    )


def given_up(*codes: str, since: datetime) -> QuerySet[Message]:
    """Messages with no sense or nobody to send them to, newest first, each with its reason."""
    return Message.objects.filter(
        state=Message.State.GIVEN_UP, destination__in=codes, created_at__gte=since
    ).order_by("-id")


def in_record_since(about: Iterable[UUID]) -> datetime | None:
    """When the last of these things reached the record; None while any of them has not."""
    is_sent = Q(state=Message.State.SENT)
    found = Message.objects.filter(about__in=list(about)).aggregate(
        of_all=Count("pk"), sent=Count("pk", filter=is_sent), last=Max("sent_at")
    )
    return found["last"] if found["of_all"] == found["sent"] else None


def not_here(*codes: str) -> QuerySet[NotHere]:
    """What these destinations have and we have not, since a restore; the newest first."""
    return NotHere.objects.filter(destination__in=codes).order_by("-sent_at")


def last_sent_at(among: QuerySet[Message] | None = None) -> datetime | None:
    """When the last message of all, or among these, was sent, as far as this database knows."""
    every = Message.objects.all() if among is None else among
    found: datetime | None = every.filter(state=Message.State.SENT).aggregate(at=Max("sent_at"))[
        "at"
    ]
    return found
