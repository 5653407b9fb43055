"""Events: adding to an alert's story, one writer at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from imparts.access.models import Staff
from imparts.audit import actions as audit
from imparts.live import actions as live
from imparts.outbox import actions as outbox
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import Alert, AlertEvent

Name = AlertEvent.Name
US = "imparts"
# The first half of the lock's name; it only has to differ from other locks of this program.
_LOCK_OF_ALERTS = 4
CLOSED = "This alert is already closed. Nothing was changed."


def hold(alert: Alert) -> None:
    """Wait until nobody else writes to this alert, until the transaction ends.

    An alert's row cannot be locked: the web role may not change it, and so may not lock it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK_OF_ALERTS, alert.pk])


def hold_open(alert: Alert) -> None:
    """The same, and refuse to go on when it is closed."""
    hold(alert)
    if alert.events.filter(name=Name.CLOSED).exists():
        raise NotDone(CLOSED)


def add_event(
    alert: Alert,
    name: str,
    *,
    by: str,
    at: datetime,
    what: str = "",
    kind: str = "",
    value: int | None = None,
    details: Mapping[str, Any] | None = None,
    rung: str = "",
    for_whom: str = "",
) -> AlertEvent:
    """Add one thing that happened."""
    return AlertEvent.objects.create(
        alert=alert, name=name, by=by, at=at, what=what, kind=kind, value=value,
        details=dict(details or {}), rung=rung, for_whom=for_whom,
    )  # fmt: skip


def keep_account(alert: Alert, did: str, *, by: str, at: datetime, why: str = "") -> None:
    """Say in the audit who did what, in the same transaction, and tell the pages that are open."""
    about = f"alert {alert.pk}"
    audit.record(who=by, did=did, patient=alert.patient_id, about=about, why=why, at=at)
    live.tell(service=alert.service_id, what="alert")


def owe_notice(alert: Alert, kind: str, staff: Staff, *, at: datetime, rung: str = "") -> None:
    """Owe somebody a notice about an alert, in the same transaction: ids only."""
    notice = outbox.new_notice(
        kind=kind, staff=staff.pk, service=alert.service_id, alert=alert.pk, rung=rung, at=at
    )
    outbox.post_all([notice])
