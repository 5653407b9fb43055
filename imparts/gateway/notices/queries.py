"""What a notice needs to know: whom it is for, where, and whether there is still a reason."""

from dataclasses import dataclass

from imparts.access.models import Staff
from imparts.organisations.models import Service
from imparts.outbox.models import Message
from imparts.pathways.models import AlertEvent


class NoSuchNotice(Exception):
    """The notice names a person or a service that is not there."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One member of staff as a notice sees them."""

    email: str
    mobile: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What one notice asks of whom."""

    kind: str
    rung: str
    service: str
    to: Recipient
    is_over: bool
    """Its alert has been closed meanwhile."""


def asked(message: Message) -> Asked:
    """Read one notice with all that it needs, as things stand now."""
    facts = message.facts
    staff = Staff.objects.filter(pk=facts.get("staff")).first()
    service = Service.objects.select_related("organisation").filter(pk=facts.get("service")).first()
    if staff is None or service is None:
        raise NoSuchNotice(f"notice {message.pk} names nobody, or no service")
    alert = facts.get("alert")
    return Asked(
        kind=message.kind,
        rung=str(facts.get("rung", "")),
        service=str(service),
        to=Recipient(staff.email, staff.mobile, staff.is_active),
        is_over=alert is not None and _is_closed(alert),
    )


def _is_closed(alert_id: int) -> bool:
    return AlertEvent.objects.filter(alert_id=alert_id, name=AlertEvent.Name.CLOSED).exists()
