"""Telling the record: a Flag that it was sent by FHIR ends when a person closes the alert.

Only where the Flag went, and from the facts with which it went: nobody else is told of an alert. A
Flag of another person's answers was marked as such when they were withdrawn, and stays so.
"""

from datetime import datetime
from typing import Any

from imparts.outbox import actions as outbox
from imparts.outbox.destination import ALERT, CORRECTION, RESULT
from imparts.outbox.models import Message
from imparts.outbox.queries import destinations
from imparts.pathways.models import Alert


def end_flags(alert: Alert, *, at: datetime) -> None:
    """Owe the end of an alert's Flag to each server that has it, in the same transaction."""
    by_fhir = [each.code for each in destinations() if each.way == "fhir"]
    if not by_fhir or alert.events.filter(details__wrong_person=True).exists():
        return
    rows = Message.objects.filter(
        sitting=alert.about, kind__in=(RESULT, CORRECTION), destination__in=by_fhir
    )
    told: dict[str, tuple[Message, dict[str, Any]]] = {}
    for row in rows.order_by("id"):
        for one in row.facts.get("alerts", ()):
            if one.get("id") == str(alert.pk):
                told[row.destination] = (row, one)
    outbox.post_all([_ended(row, one, at=at) for row, one in told.values()])


def _ended(told: Message, flag: dict[str, Any], *, at: datetime) -> Message:
    facts = told.facts | {"alerts": [flag | {"closed_at": at.isoformat()}], "items": []}
    return outbox.new_message(
        destination=told.destination, kind=ALERT, patient=told.patient, about=told.sitting,
        facts=facts, at=at, sitting=told.sitting,
    )  # fmt: skip
