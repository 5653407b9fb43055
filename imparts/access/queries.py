"""Reading access: who is asking, and what they may do where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from imparts.access.models import Membership, Staff, Tablet
from imparts.access.roles import MACHINE, ROLES, May, allowed_to
from imparts.organisations.models import Service


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asking: the person and the roles they hold today. Every query takes one."""

    username: str
    staff_id: int
    name: str
    shown_as: str
    roles: tuple[tuple[int, str], ...]
    """Pairs of service id and role code."""

    def may(self, what: May) -> bool:
        """Whether any role held today allows this."""
        return any(what in allowed_to(role) for _, role in self.roles)

    def services_where(self, what: May) -> frozenset[int]:
        """Ids of the services at which a role allows this."""
        return frozenset(service for service, role in self.roles if what in allowed_to(role))

    @property
    def services(self) -> frozenset[int]:
        """Ids of every service at which a role is held."""
        return frozenset(service for service, _ in self.roles)

    @property
    def role_codes(self) -> frozenset[str]:
        """The codes of the roles held."""
        return frozenset(role for _, role in self.roles)


def not_ended(on: date, of: str = "") -> Q:
    """Roles that have not ended before a day; `of` leads to them from another table."""
    return Q(**{f"{of}until_on__isnull": True}) | Q(**{f"{of}until_on__gte": on})


def asking(staff: Staff, *, on: date) -> Asking:
    """The roles of one person on a day."""
    held = (
        Membership.objects.filter(not_ended(on), staff=staff, from_on__lte=on)
        .order_by("service_id", "role")
        .values_list("service_id", "role")
    )
    return Asking(
        username=staff.username,
        staff_id=staff.pk,
        name=staff.name,
        shown_as=str(staff),
        roles=tuple((service, role) for service, role in held if role in ROLES),
    )


def asking_as(username: str, *, on: date) -> Asking | None:
    """The roles of whoever unlocked a tablet with their PIN; None when they have left."""
    staff = Staff.objects.filter(username=username, is_active=True).first()
    return asking(staff, on=on) if staff else None


def asking_of_machine(*, client_id: str, name: str, services: Iterable[int]) -> Asking:
    """A program that asks: the machine's role at the services that it was given, and no other.

    The colon in its user name keeps it apart from staff, whose user names have none.
    """
    return Asking(
        username=f"client:{client_id}",
        staff_id=0,
        name=name,
        shown_as=name,
        roles=tuple((service, MACHINE.code) for service in sorted(services)),
    )


def services_of(asking: Asking) -> QuerySet[Service]:
    """The services at which someone holds a role."""
    return (
        Service.objects.filter(pk__in=asking.services)
        .select_related("organisation")
        .order_by("name")
    )


def services_for_session(session_key: str, *, at: datetime, on: date) -> frozenset[int] | None:
    """The services whose pages a browser session may follow live; None when it is not signed in."""
    session = Session.objects.filter(session_key=session_key, expire_date__gt=at).first()
    if session is None:
        return None
    user_id = session.get_decoded().get("_auth_user_id")
    staff = get_user_model().objects.filter(pk=user_id, is_active=True).first() if user_id else None
    return asking(staff, on=on).services if staff else None


def tablets_of(service_id: int) -> QuerySet[Tablet]:
    """The tablets of a service that have not been withdrawn."""
    return Tablet.objects.filter(service_id=service_id, withdrawn_at__isnull=True).order_by("name")


def tablet_with(secret_hash: str) -> Tablet | None:
    """The tablet whose browser holds the secret of this hash, unless it was withdrawn."""
    return (
        Tablet.objects.select_related("service__organisation")
        .filter(secret_hash=secret_hash, withdrawn_at__isnull=True)
        .first()
    )


def staff_at(service_id: int, *, may: May, on: date) -> list[Staff]:
    """Staff who may do something at a service on a day."""
    roles = [code for code, role in ROLES.items() if may in role.may]
    return staff_in_roles(service_id, roles, on=on)


def staff_in_roles(service_id: int, roles: Iterable[str], *, on: date) -> list[Staff]:
    """Staff who hold one of some roles at a service on a day."""
    return list(
        Staff.objects.filter(
            not_ended(on, "memberships__"),
            is_active=True,
            memberships__service_id=service_id,
            memberships__role__in=list(roles),
            memberships__from_on__lte=on,
        ).distinct()
    )


def one_service_of_each(role: str, *, on: date) -> dict[int, int]:
    """Everybody who holds a role anywhere on a day, each with one service where they do."""
    held = Membership.objects.filter(
        not_ended(on), role=role, from_on__lte=on, staff__is_active=True
    ).order_by("-service_id")
    return dict(held.values_list("staff_id", "service_id"))


def ids_of_staff_at(
    service_id: int, *, may: tuple[May, ...], on: date
) -> tuple[frozenset[int], ...]:
    """The ids of staff who may do each of some things at a service on a day, from one question."""
    held = list(
        Membership.objects.filter(
            not_ended(on), service_id=service_id, from_on__lte=on, staff__is_active=True
        ).values_list("staff_id", "role")
    )
    return tuple(
        frozenset(pk for pk, code in held if code in ROLES and what in ROLES[code].may)
        for what in may
    )


def unreachable(staff: Staff) -> str | None:
    """Why no notice can reach someone by e-mail or SMS, as a sentence; None when one can.

    A notice is only a knock: whoever cannot be reached is still called on every page that they have
    open, and the clocks run all the same.
    """
    servers = settings.IMPARTS_SERVERS
    if servers.mail is None and servers.sms is None:
        return "This site sends no e-mail and no SMS, so nobody is called away from a screen."
    if not staff.email and not staff.mobile:
        return "No e-mail address and no mobile number: cannot be called away from a screen."
    if servers.sms is None and not staff.email:
        return "A mobile number only, and this site sends e-mail only."
    if servers.mail is None and not staff.mobile:
        return "An e-mail address only, and this site sends SMS only."
    return None


def colleagues_of(staff: Staff) -> list[Staff]:
    """Everyone else who has a PIN and a role, now or earlier, at a service of this person."""
    services = Membership.objects.filter(staff=staff).values("service_id")
    return list(
        Staff.objects.filter(memberships__service_id__in=services)
        .exclude(pk=staff.pk)
        .exclude(pin_hash="")
        .distinct()
    )


def administrator_called(username: str) -> Staff | None:
    """Whoever signs in with this name and has a role that sets services up, now or earlier."""
    roles = [code for code, role in ROLES.items() if May.SET_UP in role.may]
    return Staff.objects.filter(
        username__iexact=username, is_active=True, memberships__role__in=roles
    ).first()
