"""Keeping: a message as it came, and what became of it, each in one statement."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from imparts.gateway.hl7v2.envelope import LONGEST_CONTROL_ID, Envelope
from imparts.gateway.hl7v2.moments import Zone
from imparts.gateway.hl7v2.said import Unreadable
from imparts.gateway.inbound.actions.refusals import Did
from imparts.gateway.inbound.models import KnownSender
from imparts.gateway.inbound.queries.senders import TABLES, VERSION

_NAME, _ADDRESS = 180, 45  # as long as the columns are
_WORDS, _WHERE = 300, 40
_LOCKS = 0x1A9A28  # any number, as long as nothing else of ours locks by it
_KEEP = f"""
    with kept as (
        insert into inbound_receivedmessage (received_at, sender_id, application, facility,
            control_id, kind, said_at, digest, size, peer, is_first, repeat_of_id)
        select %s::timestamptz, %s::bigint, %s, %s, %s, %s, %s::timestamptz, %s, %s::int, %s,
            %s::bool, %s::bigint
        where %s::text = '' or exists (
            select 1 from {TABLES} where sender.id = %s::bigint and {VERSION} = %s)
        on conflict (sender_id, control_id) where is_first do nothing
        returning id
    ), content as (
        insert into inbound_content (message_id, raw, received_at)
        select id, %s, %s from kept where %s
    )
    select id from kept"""
_WRITE_OUTCOME = """
    insert into inbound_became
        (message_id, at, code, words, "where", error, patient, did, by)
    values (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message on its way in."""

    raw: bytes
    envelope: Envelope
    peer: str
    at: datetime
    # Of a message that is applied once more: when it came first. By that its times are read.
    first_came_at: datetime | None = None

    @property
    def digest(self) -> str:
        """By which the same message is known again."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message when it was applied."""

    code: str
    words: str = ""
    where: str = ""
    error: str = ""
    patient: UUID | None = None
    did: tuple[Did, ...] = ()


def keep(
    arrival: Arrival,
    *,
    sender: KnownSender | None,
    is_first: bool = False,
    repeat_of: int | None = None,
    with_content: bool = True,
    as_read: str = "",
) -> int | None:
    """Keep a message; None when it is not the first of its control id after all.

    While another connection is keeping the same control id, this waits until it has. With
    `as_read`, None too when what is known of its sender is not of this version any more.
    """
    came = arrival.envelope
    envelope = (
        arrival.at, sender.pk if sender else None, came.application[:_NAME], came.facility[:_NAME],
        came.control_id[:LONGEST_CONTROL_ID], came.kind, said_at(came, came_at=arrival.at),
        arrival.digest, len(arrival.raw), arrival.peer[:_ADDRESS], is_first, repeat_of,
    )  # fmt: skip
    with connection.cursor() as cursor:
        guard = (as_read, sender.pk if sender else None, as_read)
        cursor.execute(_KEEP, [*envelope, *guard, arrival.raw, arrival.at, with_content])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def write_outcome(message: int, outcome: Outcome, *, by: str, at: datetime) -> None:
    """Add what became of a message; earlier rows stay."""
    values = (
        message, at, outcome.code, outcome.words[:_WORDS], outcome.where[:_WHERE], outcome.error,
        outcome.patient, json.dumps(outcome.did), by,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_OUTCOME, values)


def hold(message: int) -> None:
    """Let nobody else apply this message until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCKS, message % 2**31])


def said_at(envelope: Envelope, *, came_at: datetime) -> datetime | None:
    """MSH-7, when it is a moment that there is."""
    try:
        return Zone.of(envelope.said, came_at=came_at).moment(envelope.said, where="MSH-7")
    except (Unreadable, OverflowError):
        return None
