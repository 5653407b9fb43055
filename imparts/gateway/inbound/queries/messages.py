"""Messages that came, found by control id, patient, kind, day or what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from imparts.gateway.hl7v2.charsets import UTF_8, decode_message
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.inbound.models import Became, Content, ReceivedMessage

MOST = 50
_LOOKED_THROUGH = 2000  # of refused ones, the newest


@dataclass(frozen=True, slots=True)
class Received:
    """One message that came, and what became of it last; nothing of what it says."""

    id: int
    received_at: datetime
    application: str
    facility: str
    control_id: str
    kind: str
    size: int
    peer: str
    is_repeat: bool
    is_kept: bool  # its content is still there
    code: str
    words: str
    where: str
    patient: UUID | None
    did: tuple[dict[str, object], ...]
    by: str
    times_applied: int


def received(
    *,
    control_id: str = "",
    patient: UUID | None = None,
    kind: str = "",
    code: str = "",
    on: date | None = None,
    before: int | None = None,
    most: int = MOST,
) -> list[Received]:
    """Messages that fit everything that is asked for, the newest first.

    `kind` may be a whole one (ADT^A08) or its beginning (ADT). `before` is the id from which the
    next page goes on.
    """
    found = _with_outcome()
    if control_id:
        found = found.filter(control_id=control_id)
    if kind:
        found = found.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}^"))
    if patient is not None:
        found = found.filter(_applied_to(Became.objects.filter(patient=patient)))
    if code:
        ever = Became.objects.filter(code=code).order_by("-at", "-pk")[:_LOOKED_THROUGH]
        found = found.filter(last=code)
        found = found if code == Became.Code.DONE else found.filter(_applied_to(ever))
    if on is not None:
        begins = timezone.make_aware(datetime.combine(on, time()))
        ends = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
        found = found.filter(received_at__gte=begins, received_at__lt=ends)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _shown(found.order_by("-pk")[:most])


def received_message(received_id: int) -> Received | None:
    """One of them."""
    return next(iter(_shown(_with_outcome().filter(pk=received_id))), None)


def text_of(received_id: int) -> str | None:
    """What a message says, for whoever may see it; None when it was deleted or never kept.

    Bytes that are of no character set that is known are shown one by one as Latin-1.
    """
    of = ReceivedMessage.objects.filter(pk=received_id).values_list("pk", "repeat_of")
    for own, first in of:
        content = Content.objects.filter(message=first or own).first()
        return _text(bytes(content.raw)) if content else None
    return None


def last_received_at() -> datetime | None:
    """When the last message came from a sender that is known."""
    return (
        ReceivedMessage.objects.filter(sender__isnull=False)
        .order_by("-pk")
        .values_list("received_at", flat=True)
        .first()
    )


def _text(raw: bytes) -> str:
    try:
        return decode_message(raw, otherwise=UTF_8)
    except MessageRefused:
        return raw.decode("latin-1")


def _with_outcome() -> QuerySet[ReceivedMessage]:
    last = Became.objects.filter(message=OuterRef("counts")).order_by("-pk").values("code")[:1]
    return ReceivedMessage.objects.annotate(counts=Coalesce("repeat_of_id", "pk")).annotate(
        last=Subquery(last)
    )


def _applied_to(outcomes: QuerySet[Became]) -> Q:
    messages = set(outcomes.values_list("message_id", flat=True))
    return Q(pk__in=messages) | Q(repeat_of__in=messages)


def _shown(found: Iterable[ReceivedMessage]) -> list[Received]:
    rows = list(found)
    counts = {row.counts for row in rows}
    outcomes: dict[int, list[Became]] = {}
    for became in Became.objects.filter(message__in=counts).order_by("pk"):
        outcomes.setdefault(became.message_id, []).append(became)
    kept = set(Content.objects.filter(message__in=counts).values_list("message_id", flat=True))
    return [_one(row, outcomes.get(row.counts, []), row.counts in kept) for row in rows]


def _one(row: ReceivedMessage, outcomes: list[Became], is_kept: bool) -> Received:
    last = outcomes[-1] if outcomes else Became()
    return Received(
        id=row.pk, received_at=row.received_at, application=row.application,
        facility=row.facility, control_id=row.control_id, kind=row.kind, size=row.size,
        peer=row.peer, is_repeat=row.repeat_of_id is not None, is_kept=is_kept,
        code=last.code, words=last.words, where=last.where, patient=last.patient,
        did=tuple(last.did), by=last.by, times_applied=len(outcomes),
    )  # fmt: skip
