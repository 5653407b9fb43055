"""Owing, leasing and settling messages."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from imparts.outbox.models import Message

CHANNEL = "imparts_outbox"
NOTICES = "notices"
# No pause and no lease of ours is this long. A moment further ahead was set by a clock that has
# been put back since, and what waits for it would wait for nothing.
LONGEST_WAIT = timedelta(minutes=10)


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


def new_notice(
    *, kind: str, staff: int, service: int, at: datetime, alert: int | None = None, rung: str = ""
) -> Message:
    """A notice owed to one member of staff, not yet stored: ids only, nothing clinical.

    The text is made from kind, rung and the service's name alone (gateway/notices/words.py). With
    an alert, it is sent only while that alert is open. A notice is about no patient and waits
    behind no other, so it stands under an id of its own.
    """
    its_own = uuid4()
    facts = {"staff": staff, "service": service, "alert": alert, "rung": rung}
    return new_message(
        destination=NOTICES, kind=kind, patient=its_own, about=its_own, facts=facts, at=at
    )


def part_of(message: Message, *, destination: str, at: datetime) -> Message:
    """The same for one of its ways, not yet stored: as old as the whole, its name its own."""
    made = new_message(
        destination=destination, kind=message.kind, patient=uuid4(), about=message.about,
        facts=message.facts, at=at,
    )  # fmt: skip
    made.created_at = message.created_at
    return made


def post_all(messages: list[Message]) -> None:
    """Store messages in the caller's transaction and wake the worker when it commits."""
    if not messages:
        return
    Message.objects.bulk_create(messages)
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [CHANNEL])


def post_once(message: Message, *, name: str) -> bool:
    """Store a message that is owed once, whoever asks how often; True when it is new.

    Its control id is made from its name, and the database allows one of each.
    """
    message.control_id = sha256(name.encode()).hexdigest()[:20].upper()
    if Message.objects.filter(control_id=message.control_id).exists():
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        Message.objects.bulk_create([message], ignore_conflicts=True)
        cursor.execute("select pg_notify(%s, '')", [CHANNEL])
    return True


def lease_next(*, destination: str, at: datetime, seconds: int = 30) -> Message | None:
    """Take the next due message that no other worker holds and that is first of its patient.

    A patient's messages go out strictly in order: while an earlier one waits (for a retry, say),
    later ones of the same patient wait behind it and other patients' pass. The lease ends by
    itself, so a worker that dies holds nothing up for longer than `seconds`. What waits for a
    moment further ahead than any pause of ours waits because a clock was wrong: it is due.
    """
    with transaction.atomic():
        message = Message.objects.raw(
            """
                select m.* from outbox_message m
                where m.state = 'waiting' and m.destination = %s
                  and (m.next_attempt_at <= %s or m.next_attempt_at > %s)
                  and (m.leased_until is null or m.leased_until < %s or m.leased_until > %s)
                  and not exists (
                      select 1 from outbox_message e
                      where e.patient = m.patient and e.destination = m.destination
                        and e.state = 'waiting' and e.id < m.id)
                order by m.next_attempt_at, m.id
                limit 1 for update skip locked
                """,
            [destination, at, at + LONGEST_WAIT, at, at + LONGEST_WAIT],
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


def give_up(message: Message, *, reason: str) -> None:
    """Sending it has no sense any more, or there is nobody to send it to; kept, with the reason."""
    _settle(message, Message.State.GIVEN_UP, at=None, error=reason)


def becomes(message: Message, others: list[Message], *, at: datetime) -> None:
    """Settle a message by those that it becomes, together or not at all, and at most once."""
    with transaction.atomic():
        held = Message.objects.select_for_update().filter(
            pk=message.pk, state=Message.State.WAITING
        )
        if held.exists():
            post_all(others)
            mark_sent(message, at=at)


def retry_later(message: Message, *, next_attempt_at: datetime, reason: str) -> None:
    """Not taken this time: wait, then try again."""
    Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        next_attempt_at=next_attempt_at, leased_until=None, last_error=reason[:300]
    )


def _settle(message: Message, state: str, *, at: datetime | None, error: str) -> None:
    Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        state=state, sent_at=at, leased_until=None, last_error=error[:300]
    )
