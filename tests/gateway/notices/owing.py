"""Owing notices to staff of a service, and reading what became of them."""

from datetime import datetime

from imparts.access.actions import set_reach
from imparts.access.models import Staff
from imparts.organisations.models import Service
from imparts.outbox import actions as outbox
from imparts.outbox.models import Message
from imparts.pathways.models import Alert, AlertEvent
from tests.builders import a_patient, a_service, staff_with
from tests.gateway.owing import START

KIT, NUMBER = "kit@fernhollow.example", "+447700900123"


def a_place() -> Service:
    """A service with a name as it is sent."""
    return a_service(with_content=False)


def someone(
    service: Service, *, email: str = KIT, mobile: str = NUMBER, role: str = "nurse"
) -> Staff:
    """A member of staff who can be reached in these ways."""
    staff = staff_with(role, service)
    set_reach(staff=staff, email=email, mobile=mobile, by="test", at=START)
    return staff


def owe(
    staff: Staff,
    service: Service,
    *,
    alert: Alert | None = None,
    kind: str = "alert_called",
    rung: str = "deputy",
    at: datetime = START,
) -> str:
    """Owe one notice; its control id."""
    made = outbox.new_notice(
        kind=kind, staff=staff.pk, service=service.pk, alert=alert.pk if alert else None,
        rung=rung, at=at,
    )  # fmt: skip
    outbox.post_all([made])
    return made.control_id


def an_alert(service: Service) -> Alert:
    """An open alert, as small as can be."""
    patient = a_patient()
    alert = Alert.objects.create(
        patient=patient, service=service, about=patient.pk, instrument="phq9", item="q9",
        raised_at=START,
    )  # fmt: skip
    AlertEvent.objects.create(alert=alert, name=AlertEvent.Name.RAISED, at=START, by="patient")
    return alert


def close(alert: Alert) -> None:
    """A person has closed it."""
    for name in (AlertEvent.Name.ACTED, AlertEvent.Name.CLOSED):
        AlertEvent.objects.create(alert=alert, name=name, at=START, by="nurse.1")


def states() -> dict[str, list[str]]:
    """How the notices stand, by destination."""
    found: dict[str, list[str]] = {}
    for message in Message.objects.order_by("id"):
        found.setdefault(message.destination, []).append(message.state)
    return found


def why(destination: str) -> str:
    """Why the last of a destination was not taken."""
    return Message.objects.filter(destination=destination).latest("id").last_error
