"""Raising, delivering, taking and closing alerts: events are added, never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from imparts.audit import actions as audit
from imparts.live import actions as live
from imparts.pathways.actions.not_done import NotDone
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
) -> Alert:
    """Raise an alert in the transaction that stores the answer, or join the one that is there.

    Nobody can un-raise it: a later answer of "not at all" is added to it with its own time, and
    the alert stays open until a person acts (hazard H1).
    """
    with transaction.atomic():
        alert, is_new = Alert.objects.get_or_create(
            about=about, instrument=instrument, item=item,
            defaults={
                "patient_id": patient_id, "service_id": service_id, "appointment": appointment,
                "raised_at": at,
            },
        )  # fmt: skip
        if not is_new and _same_answer_as_before(alert, kind=kind, value=value, words=words):
            return alert
        event = Name.RAISED if is_new else Name.ANSWERED_AGAIN
        _add(alert, event, by=by, at=at, what=words, kind=kind, value=value, details=details)
        if is_new:
            # The list and the alert page read this same row, so once this transaction commits
            # both have it; e-mail or a bleep would never count as delivered.
            _add(alert, Name.DELIVERED, by="imparts", at=at, what="Clinic list, alert list")
            about_it = f"alert {alert.pk}"
            audit.record(who=by, did="raised alert", patient=patient_id, about=about_it, at=at)
        live.tell(service=service_id, what="alert")
    return alert


def note_answer(
    *, about: UUID, instrument: str, item: str, value: int | None, words: str, by: str, at: datetime
) -> None:
    """Add a later answer, which raises nothing by itself, to an alert that is already there."""
    alert = Alert.objects.filter(about=about, instrument=instrument, item=item).first()
    if alert is None or _same_answer_as_before(alert, kind="", value=value, words=words):
        return
    _add(alert, Name.ANSWERED_AGAIN, by=by, at=at, what=words, value=value)
    live.tell(service=alert.service_id, what="alert")


def record_told(*, about: UUID, words: str, at: datetime) -> None:
    """The patient has been shown the calm page; once an alert."""
    for alert in Alert.objects.filter(about=about).exclude(events__name=Name.TOLD):
        _add(alert, Name.TOLD, by="imparts", at=at, what=words)


def record_wish_to_talk(*, about: UUID, at: datetime) -> None:
    """The patient has asked to talk to someone now; it stands in the alert's story."""
    for alert in Alert.objects.filter(about=about):
        _add(alert, Name.NOTED, by="patient", at=at, what="Would like to talk to someone now")
        live.tell(service=alert.service_id, what="alert")


def record_seen(*, alert: Alert, by: str, at: datetime, what: str = "Opened the summary") -> None:
    """Someone who may act has the alert before them; once a person."""
    if alert.events.filter(name=Name.SEEN, by=by).exists():
        return
    _add(alert, Name.SEEN, by=by, at=at, what=what)


def acknowledge_alert(*, alert: Alert, by: str, at: datetime) -> None:
    """Say "I'll ask now": this person owns the alert. Taking over from someone is allowed."""
    with transaction.atomic():
        if alert.events.filter(name=Name.CLOSED).exists():
            raise NotDone("This alert is already closed.")
        last = alert.events.filter(name=Name.ACKNOWLEDGED).order_by("-id").first()
        if last and last.by == by:
            return
        _add(alert, Name.ACKNOWLEDGED, by=by, at=at, what="“I'll ask now”. Owner until acted")
        audit.record(
            who=by, did="took alert", patient=alert.patient_id, about=f"alert {alert.pk}", at=at
        )
        live.tell(service=alert.service_id, what="alert")


def record_what_was_done(
    *, alert: Alert, details: Mapping[str, Any], closes: bool, by: str, at: datetime
) -> None:
    """Store what was said and done; close the alert only with a talk, an action and a name.

    `details` holds the fields of REFERENCE 3.2 as the form gives them: talked_by, action, reason,
    safety_plan, follow_up_on, follow_up_by and the topics of the talk. No score, no risk grade.
    """
    with transaction.atomic():
        if alert.events.filter(name=Name.CLOSED).exists():
            raise NotDone("This alert is already closed. Nothing was changed.")
        if closes:
            _refuse_to_close_without(details)
        _add(alert, Name.ACTED if closes else Name.NOTED, by=by, at=at, details=dict(details))
        if closes:
            _close(alert, by=by, at=at)
        did = "closed alert" if closes else "noted on alert"
        audit.record(who=by, did=did, patient=alert.patient_id, about=f"alert {alert.pk}", at=at)
        live.tell(service=alert.service_id, what="alert")


def _close(alert: Alert, *, by: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            _add(alert, Name.CLOSED, by=by, at=at)
    except IntegrityError as closed_meanwhile:  # the database allows one closing an alert
        raise NotDone("Someone else closed this alert just now.") from closed_meanwhile


def _refuse_to_close_without(details: Mapping[str, Any]) -> None:
    if details.get("talked_by") not in ("me", "someone_else"):
        raise NotDone("Say who talked with the patient. An alert cannot be closed before that.")
    if not details.get("action"):
        raise NotDone("Say what was done. Only that can close the alert.")
    if not str(details.get("reason", "")).strip():
        raise NotDone("Give the reason, or who was told and with what consent.")


def _same_answer_as_before(alert: Alert, *, kind: str, value: int | None, words: str) -> bool:
    last = alert.events.filter(name__in=[Name.RAISED, Name.ANSWERED_AGAIN]).order_by("-id").first()
    return last is not None and (last.kind, last.value, last.what) == (kind, value, words)


def _add(
    alert: Alert,
    name: str,
    *,
    by: str,
    at: datetime,
    what: str = "",
    kind: str = "",
    value: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    AlertEvent.objects.create(
        alert=alert, name=name, by=by, at=at, what=what, kind=kind, value=value,
        details=dict(details or {}),
    )  # fmt: skip
