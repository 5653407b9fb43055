"""Raising alerts and covering services for tests: everyone here is invented."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from imparts.access.models import Staff
from imparts.organisations.models import Service
from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.pathways.queries.alerts import story_of
from tests.builders import NOON, TODAY, a_patient, staff_with

DONE = {"talked_by": "me", "action": "gp", "reason": "GP told, with consent", "safety_plan": "made"}


def an_alert(service: Service, **changes: Any) -> Alert:
    """An answer to item 9 of someone in clinic; `appointment=None` for an answer from home."""
    return pathways.raise_alert(
        **{
            "patient_id": a_patient().pk, "service_id": service.pk, "about": uuid4(),
            "appointment": uuid4(), "instrument": "phq9", "item": "q9", "kind": "positive",
            "value": 1, "words": "several days", "by": "patient", "at": NOON,
        } | changes
    )  # fmt: skip


def stands(service: Service, duty: str, staff: Staff | None, *, from_on: date = TODAY) -> None:
    """Somebody holds a duty from a day on."""
    pathways.set_standing_cover(
        service=service, duty=duty, staff=staff, from_on=from_on, by="test", at=NOON
    )


def covered(service: Service, *, on: date = TODAY, at: datetime = NOON) -> dict[str, Staff]:
    """All four duties held, and owner and deputy have accepted."""
    held = {
        "owner": staff_with("nurse", service), "deputy": staff_with("consultant", service),
        "liaison": staff_with("liaison", service), "manager": staff_with("manager", service),
    }  # fmt: skip
    for duty, staff in held.items():
        stands(service, duty, staff, from_on=on)
    for duty in ("owner", "deputy"):
        pathways.accept_cover(service=service, on=on, duty=duty, by=held[duty], at=at)
    return held


def calls(alert: Alert) -> list[tuple[str, str]]:
    """Who was called on which rung, in order."""
    return [(event.rung, event.for_whom) for event in story_of(alert).calls]


def notices(kind: str = "alert_called") -> list[tuple[int, str]]:
    """The notices owed: for whom, and on which rung."""
    found = Message.objects.filter(destination="notices", kind=kind).order_by("id")
    return [(message.facts["staff"], message.facts["rung"]) for message in found]
