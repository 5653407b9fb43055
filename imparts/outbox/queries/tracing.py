"""Tracing: what became of one message, step by step, by any id that belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from imparts.outbox.models import Attempt, Message

MOST_TRACED = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a message."""

    at: datetime
    after: timedelta | None
    """Since the step before; None for the first."""
    name: str
    """owed, sent, or one of Attempt.Outcome."""
    words: str
    """What was answered or why, as it was said; a person's reason for what a person did."""
    control_id: str
    by: str
    """Who did it, when it was a person."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One message and its steps, the first first."""

    id: int
    control_id: str
    destination: str
    kind: str
    state: str
    about: UUID
    sitting: UUID | None
    patient: UUID
    """Our own id: who may not see people is shown none of it."""
    attempts: int
    next_attempt_at: datetime | None
    """When it is tried again; None when it does not wait."""
    behind: int
    """How many earlier ones of the same patient it waits for."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Every message that an id belongs to, in the order in which they were owed."""

    asked_for: str
    messages: tuple[Traced, ...]


def trace(text: str) -> Trace | None:
    """By control id (of any try), message number, response or sitting; None when nothing has it."""
    asked_for = text.strip()
    found = _found(asked_for) if asked_for else []
    return Trace(asked_for, _traced(found)) if found else None


def traces_of(patients: Iterable[UUID], *, most: int = MOST_TRACED) -> tuple[Traced, ...]:
    """The newest messages about these people, the newest first; the asker must be allowed to."""
    newest = Message.objects.filter(patient__in=list(patients)).order_by("-id")[:most]
    return _traced(list(newest))


def _found(asked_for: str) -> list[Message]:
    by_id = Q(control_id=asked_for.upper())
    tried = Attempt.objects.filter(control_id=asked_for.upper()).values("message")
    by_id |= Q(pk__in=tried)
    if (whole := _uuid(asked_for)) is not None:
        by_id |= Q(about=whole) | Q(sitting=whole)
    return list(Message.objects.filter(by_id).order_by("id")[:MOST_TRACED])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _traced(messages: list[Message]) -> tuple[Traced, ...]:
    tried: dict[int, list[Attempt]] = {message.pk: [] for message in messages}
    for attempt in Attempt.objects.filter(message__in=list(tried)).order_by("id"):
        tried[attempt.message].append(attempt)
    return tuple(
        Traced(
            id=one.pk, control_id=one.control_id, destination=one.destination, kind=one.kind,
            state=one.state, about=one.about, sitting=one.sitting, patient=one.patient,
            attempts=one.attempts, behind=_behind(one), steps=_steps(one, tried[one.pk]),
            next_attempt_at=one.next_attempt_at if one.state == Message.State.WAITING else None,
        )
        for one in messages
    )  # fmt: skip


def _behind(message: Message) -> int:
    if message.state != Message.State.WAITING:
        return 0
    return Message.objects.filter(
        destination=message.destination, patient=message.patient, pk__lt=message.pk,
        state=Message.State.WAITING,
    ).count()  # fmt: skip


def _steps(message: Message, attempts: list[Attempt]) -> tuple[Step, ...]:
    """Each try is two steps: sent, and what came back."""
    happened = [(message.created_at, "owed", "", message.control_id, "")]
    for one in attempts:
        if one.began_at < one.ended_at:
            happened.append((one.began_at, "sent", "", one.control_id, ""))
        happened.append((one.ended_at, one.outcome, one.words, one.control_id, one.by))
    steps: list[Step] = []
    for at, name, words, control_id, by in happened:
        after = at - steps[-1].at if steps else None
        steps.append(Step(at, after, name, words, control_id, by))
    return tuple(steps)
