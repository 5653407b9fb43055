"""Owing, leasing and settling messages."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from imparts.outbox.models import Message

CHANNEL = "imparts_outbox"


def new_message(
    *,
    destination: str,
    kind: str,
    patient: UUID,
    about: UUID,
    facts: Mapping[str, Any],
    at: datetime,
) -> Message:
    """A message not yet stored, with a control id that stays the same however often it is sent."""
    return Message(
        control_id=uuid4().hex[:20].upper(),
        destination=destination,
        kind=kind,
        patient=patient,
        about=about,
        facts=dict(facts),
        created_at=at,
        next_attempt_at=at,
    )


def post_all(messages: list[Message]) -> None:
    """Store messages in the caller's transaction and wake the worker when it commits."""
    if not messages:
        return
    Message.objects.bulk_create(messages)
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [CHANNEL])


def lease_next(*, destination: str, at: datetime, seconds: int = 30) -> Message | None:
    """Take the next due message that no other worker holds and that is first of its patient.

    A patient's messages go out strictly in order: while an earlier one waits (for a retry, say),
    later ones of the same patient wait behind it and other patients' pass. The lease ends by
    itself, so a worker that dies holds nothing up for longer than `seconds`.
    """
    with transaction.atomic():
        message = Message.objects.raw(
            """
                select m.* from outbox_message m
                where m.state = 'waiting' and m.destination = %s and m.next_attempt_at <= %s
                  and (m.leased_until is null or m.leased_until < %s)
                  and not exists (
                      select 1 from outbox_message e
                      where e.patient = m.patient and e.destination = m.destination
                        and e.state = 'waiting' and e.id < m.id)
                order by m.next_attempt_at, m.id
                limit 1 for update skip locked
                """,
            [destination, at, at],
        )
        for found in message:
            found.leased_until = at + timedelta(seconds=seconds)
            found.attempts += 1
            found.save(update_fields=["leased_until", "attempts"])
            return found
    return None


def keep_rendered(message: Message, *, text: str) -> None:
    """Keep the text as first sent, so that every resend is the same to the letter."""
    message.rendered = text
    message.save(update_fields=["rendered"])


def mark_sent(message: Message, *, at: datetime) -> None:
    """The destination has said that it has this very message."""
    _settle(message, Message.State.SENT, at=at, error="")


def mark_refused(message: Message, *, reason: str) -> None:
    """The destination will never take this message; a person has to look."""
    _settle(message, Message.State.REFUSED, at=None, error=reason)


def retry_later(message: Message, *, next_attempt_at: datetime, reason: str) -> None:
    """Not taken this time: wait, then try again."""
    Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        next_attempt_at=next_attempt_at, leased_until=None, last_error=reason[:300]
    )


def _settle(message: Message, state: str, *, at: datetime | None, error: str) -> None:
    Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        state=state, sent_at=at, leased_until=None, last_error=error[:300]
    )
