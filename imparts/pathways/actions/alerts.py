"""Raising and delivering alerts, and what joins them: events are added, never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from imparts.audit import actions as audit
from imparts.live import actions as live
from imparts.pathways.actions.events import US, add_event, hold
from imparts.pathways.models import Alert, AlertEvent

Name = AlertEvent.Name


def raise_alert(
    *,
    patient_id: UUID,
    service_id: int,
    about: UUID,
    appointment: UUID | None,
    instrument: str,
    item: str,
    kind: str,
    value: int | None,
    words: str,
    by: str,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    tier: str = Alert.Tier.A,
) -> Alert:
    """Raise an alert in the transaction that stores the answer, or join the one that is there.

    Nobody can un-raise it: a later "not at all" joins it, and it stays open until a person acts
    (hazard H1). What is answered after that is an alert of its own. It is the worker that calls
    (escalating.py).
    """
    with transaction.atomic():
        last = _last_alert(about, instrument, item)
        if last and _same_answer_as_before(last, kind=kind, value=value, words=words):
            return last
        again = last.again + _is_over(last) if last else 0
        alert, is_new = Alert.objects.get_or_create(
            about=about, instrument=instrument, item=item, again=again,
            defaults={
                "patient_id": patient_id, "service_id": service_id, "appointment": appointment,
                "raised_at": at, "tier": tier,
            },
        )  # fmt: skip
        name, said = Name.RAISED if is_new else Name.ANSWERED_AGAIN, _graver(alert, tier, details)
        add_event(alert, name, by=by, at=at, what=words, kind=kind, value=value, details=said)
        if is_new:
            _deliver(alert, by=by, at=at)
        live.tell(service=service_id, what="alert")
    return alert


def note_answer(
    *, about: UUID, instrument: str, item: str, value: int | None, words: str, by: str, at: datetime
) -> None:
    """Add a later answer, which raises nothing by itself, to an alert that is already there."""
    alert = _last_alert(about, instrument, item)
    if alert is None or _same_answer_as_before(alert, kind="", value=value, words=words):
        return
    add_event(alert, Name.ANSWERED_AGAIN, by=by, at=at, what=words, value=value)
    live.tell(service=alert.service_id, what="alert")


def record_told(*, about: UUID, words: str, at: datetime) -> None:
    """The patient has been shown the calm page; once an alert."""
    for alert in Alert.objects.filter(about=about).exclude(events__name=Name.TOLD):
        add_event(alert, Name.TOLD, by=US, at=at, what=words)


def record_wish_to_talk(*, about: UUID, at: datetime) -> None:
    """The patient has asked to talk to someone now; it stands in the alert's story."""
    for alert in Alert.objects.filter(about=about):
        wish = "Would like to talk to someone now"
        add_event(alert, Name.NOTED, by="patient", at=at, what=wish)
        live.tell(service=alert.service_id, what="alert")


def record_seen(*, alert: Alert, by: str, at: datetime, what: str = "Opened the summary") -> None:
    """Someone who may act has the alert before them; once a person."""
    if alert.events.filter(name=Name.SEEN, by=by).exists():
        return
    add_event(alert, Name.SEEN, by=by, at=at, what=what)


def _deliver(alert: Alert, *, by: str, at: datetime) -> None:
    """The list and the alert page read the same row, so both have it once this commits.

    E-mail or a bleep would never count as delivered.
    """
    add_event(alert, Name.DELIVERED, by=US, at=at, what="Clinic list, alert list")
    about = f"alert {alert.pk}"
    audit.record(who=by, did="raised alert", patient=alert.patient_id, about=about, at=at)


def _last_alert(about: UUID, instrument: str, item: str) -> Alert | None:
    found = Alert.objects.filter(about=about, instrument=instrument, item=item)
    return found.order_by("-again").first()


def _is_over(alert: Alert) -> bool:
    """Whether a person has closed it; nobody does so while this is asked."""
    hold(alert)
    return alert.events.filter(name=Name.CLOSED).exists()


def _graver(alert: Alert, tier: str, details: Mapping[str, Any] | None) -> dict[str, Any]:
    """An answer that is graver than the alert that it joins says so: the gravest tier counts."""
    return {**(details or {}), **({"tier": str(tier)} if tier < alert.tier else {})}


def _same_answer_as_before(alert: Alert, *, kind: str, value: int | None, words: str) -> bool:
    last = alert.events.filter(name__in=[Name.RAISED, Name.ANSWERED_AGAIN]).order_by("-id").first()
    return last is not None and (last.kind, last.value, last.what) == (kind, value, words)
