"""Settling: what became of a message is written down, with an account of the try."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from imparts.outbox.actions.owing import post_all
from imparts.outbox.models import Attempt, Message

Outcome = Attempt.Outcome
MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Tried:
    """One try of a leased message, and what came of it."""

    message: Message
    outcome: Outcome
    began_at: datetime
    ended_at: datetime
    words: str = ""
    """What was answered, or why there is no answer."""
    again_at: datetime | None = None
    """When to try again, where it may be taken yet."""


def settle_all(tried: Sequence[Tried]) -> None:
    """Write down every try and where its message stands now, together or not at all."""
    if not tried:
        return
    with transaction.atomic():
        _mark_all_sent([one for one in tried if one.outcome == Outcome.TAKEN])
        for one in tried:
            if one.outcome in (Outcome.REFUSED, Outcome.UNWRITABLE):
                mark_refused(one.message, reason=one.words)
            elif one.outcome != Outcome.TAKEN:
                _put_off(one)
        Attempt.objects.bulk_create([_account_of(one) for one in tried])


def _mark_all_sent(taken: list[Tried]) -> None:
    if not taken:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update outbox_message m
            set state = 'sent', sent_at = taken.at, leased_until = null, last_error = ''
            from unnest(%s::bigint[], %s::timestamptz[]) as taken (id, at)
            where m.id = taken.id and m.state = 'waiting'
            """,
            [[one.message.pk for one in taken], [one.ended_at for one in taken]],
        )


def _put_off(one: Tried) -> None:
    assert one.again_at is not None
    if one.outcome == Outcome.NOT_THIS_TIME:
        Message.objects.filter(pk=one.message.pk).update(put_off=F("put_off") + 1)
    retry_later(one.message, next_attempt_at=one.again_at, reason=one.words)


def _account_of(one: Tried) -> Attempt:
    return Attempt(
        message=one.message.pk, destination=one.message.destination,
        control_id=one.message.control_id, began_at=one.began_at, ended_at=one.ended_at,
        outcome=one.outcome, words=one.words[:MOST_WORDS],
    )  # fmt: skip


def keep_all_rendered(texts: Mapping[int, str]) -> None:
    """Keep texts by message as first sent, so that every resend is the same to the letter."""
    if not texts:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update outbox_message m set rendered = made.text
            from jsonb_to_recordset(%s::jsonb) as made (id bigint, text text) where m.id = made.id
            """,
            [json.dumps([{"id": pk, "text": text} for pk, text in texts.items()])],
        )


def keep_rendered(message: Message, *, text: str) -> None:
    """The same for one."""
    message.rendered = text
    keep_all_rendered({message.pk: text})


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
        next_attempt_at=next_attempt_at, leased_until=None, last_error=reason[:MOST_WORDS]
    )


def _settle(message: Message, state: str, *, at: datetime | None, error: str) -> None:
    Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        state=state, sent_at=at, leased_until=None, last_error=error[:MOST_WORDS]
    )
