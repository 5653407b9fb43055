"""Owing: a message is stored with the fact that made it, in one transaction, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from imparts.outbox.destination import Destination
from imparts.outbox.models import Message
from imparts.outbox.queries.destinations import destinations

CHANNEL = "imparts_outbox"
NOTICES = "notices"


def owed(
    *,
    kind: str,
    patient: UUID,
    about: UUID,
    facts: Mapping[str, Any],
    service: int | None,
    at: datetime,
    sitting: UUID | None = None,
    among: Sequence[Destination] | None = None,
) -> list[Message]:
    """One message for each destination that wants to hear of this, not yet stored: post_all does.

    `kind` is result, correction, withdrawal or document (destination.py). `about` is the response;
    `sitting` what it is a part of, so that either leads to it. Whoever owes much at once
    asks for the destinations once, and hands them in as `among`.
    """
    return [
        new_message(
            destination=each.code, kind=kind, patient=patient, about=about, facts=facts, at=at,
            sitting=sitting,
        )
        for each in (destinations() if among is None else among)
        if each.wants(kind, service=service)
    ]  # fmt: skip


def new_message(
    *,
    destination: str,
    kind: str,
    patient: UUID,
    about: UUID,
    facts: Mapping[str, Any],
    at: datetime,
    sitting: UUID | None = None,
) -> Message:
    """A message not yet stored, with a control id that stays the same however often it is sent."""
    return Message(
        control_id=new_control_id(),
        destination=destination,
        kind=kind,
        patient=patient,
        about=about,
        sitting=sitting,
        facts=dict(facts),
        created_at=at,
        next_attempt_at=at,
    )


def new_control_id() -> str:
    """As long as MSH-10 may be."""
    return uuid4().hex[:20].upper()


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
    wake_workers()


def post_once(message: Message, *, name: str) -> bool:
    """Store a message that is owed once, whoever asks how often; True when it is new.

    Its control id is made from its name, and the database allows one of each.
    """
    message.control_id = sha256(name.encode()).hexdigest()[:20].upper()
    if Message.objects.filter(control_id=message.control_id).exists():
        return False
    with transaction.atomic():
        Message.objects.bulk_create([message], ignore_conflicts=True)
        wake_workers()
    return True


def wake_workers() -> None:
    """When the caller's transaction commits, whoever sends looks at once."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [CHANNEL])
