"""Giving and ending roles at services, between two days."""

from datetime import date, datetime

from django.db import transaction

from imparts.access.models import Membership, Staff
from imparts.access.queries import not_ended
from imparts.access.roles import ROLES, May
from imparts.audit import actions as audit
from imparts.organisations.models import Service

OPENING_A_SERVICE = "opening a service"


class RoleRefused(Exception):
    """The role was not given or ended; the message says why."""


def give_role(
    *, staff: Staff, service: Service, role: str, from_on: date, by: str, at: datetime
) -> Membership:
    """Give a role at a service from a day on. Nobody gives one to themself."""
    if role not in ROLES:
        raise ValueError(f"There is no role {role}; the roles are {', '.join(ROLES)}.")
    if staff.username == by:
        raise RoleRefused("Nobody gives themself a role. Another administrator has to do it.")
    if not staff.is_active:
        raise RoleRefused("This person has left. Bring them back first.")
    if service.is_closed(on=from_on):
        raise RoleRefused("This service is closed, so nobody can be given a role there.")
    held = Membership.objects.filter(staff=staff, service=service, role=role)
    if held.filter(not_ended(from_on)).exists():
        raise RoleRefused(f"They are {ROLES[role].name.lower()} there already.")
    with transaction.atomic():
        # Ended and given again on the same day, it is the same row that goes on.
        made, _ = Membership.objects.update_or_create(
            staff=staff, service=service, role=role, from_on=from_on, defaults={"until_on": None}
        )
        audit.record(who=by, did="gave role", about=f"membership {made.pk}", why=role, at=at)
    return made


def administer_new(*, staff: Staff, service: Service, on: date, at: datetime) -> Membership:
    """Whoever opens a service is its first administrator: else nobody could set it up."""
    if service.memberships.exists():
        raise RoleRefused("This service has staff already; an administrator of it gives the roles.")
    return give_role(
        staff=staff, service=service, role="admin", from_on=on, by=OPENING_A_SERVICE, at=at
    )


def end_role(*, membership: Membership, on: date, by: str, at: datetime) -> None:
    """End a role after a day; what was done under it stays.

    Nobody ends their own right to set up, so a service is never left without an administrator.
    """
    if membership.staff.username == by and May.SET_UP in ROLES[membership.role].may:
        raise RoleRefused(
            "You cannot end your own administrator role. Another administrator has to do it."
        )
    with transaction.atomic():
        membership.until_on = on
        membership.save(update_fields=["until_on"])
        audit.record(
            who=by, did="ended role", about=f"membership {membership.pk}", why=membership.role,
            at=at,
        )  # fmt: skip
