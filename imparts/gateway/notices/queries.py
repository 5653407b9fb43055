"""What a notice needs to know: whom it is for, where, and whether there is still a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max

from imparts.access.models import Staff
from imparts.gateway.notices.ways import EMAIL, SMS
from imparts.organisations.models import Service
from imparts.outbox.actions import NOTICES
from imparts.outbox.models import Message
from imparts.outbox.queries import Standing, standing
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


@dataclass(frozen=True, slots=True)
class WayStanding:
    """How one way to reach staff stands."""

    name: str
    is_set_up: bool
    stands: Standing
    last_taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class NotSent:
    """One reason for which notices were not sent, how often, and when last."""

    reason: str
    number: int
    last_at: datetime


def ways_standing() -> tuple[WayStanding, ...]:
    """E-mail and SMS, whether or not the site has them."""
    servers = settings.IMPARTS_SERVERS
    return (
        WayStanding("E-mail", servers.mail is not None, standing(EMAIL), _last_taken(EMAIL)),
        WayStanding("SMS", servers.sms is not None, standing(SMS), _last_taken(SMS)),
    )


def not_yet_looked_at() -> Standing:
    """Notices that no worker has taken up: more than a moment of it means that none is running."""
    return standing(NOTICES)


def not_sent(*, since: datetime) -> tuple[NotSent, ...]:
    """Why notices were not sent, the most frequent first; names nobody."""
    found = (
        Message.objects.filter(
            destination__in=(NOTICES, EMAIL, SMS), created_at__gte=since,
            state__in=(Message.State.REFUSED, Message.State.GIVEN_UP),
        )
        .values("last_error")
        .annotate(number=Count("pk"), last_at=Max("created_at"))
        .order_by("-number", "last_error")
    )  # fmt: skip
    return tuple(NotSent(row["last_error"], row["number"], row["last_at"]) for row in found)


def _last_taken(destination: str) -> datetime | None:
    sent = Message.objects.filter(destination=destination, state=Message.State.SENT)
    return sent.aggregate(last=Max("sent_at"))["last"]
