"""Staff join, are described, leave and come back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from imparts.access.actions.codes import end_codes
from imparts.access.actions.pins import pin_hash
from imparts.access.models import Staff
from imparts.access.queries import not_ended
from imparts.audit import actions as audit


class StaffRefused(Exception):
    """The change was not made; the message says why and who can."""


def invite(
    *,
    username: str,
    name: str,
    job_title: str,
    by: str,
    at: datetime,
    password: str | None = None,
    pin: str = "",
) -> Staff:
    """Add someone who may sign in; without a password they cannot until one is set."""
    given, _, family = name.partition(" ")
    staff = Staff(
        username=username, first_name=given, last_name=family, job_title=job_title,
        pin_hash=pin_hash(username, pin) if pin else "",
    )  # fmt: skip
    staff.set_password(password) if password else staff.set_unusable_password()
    staff.full_clean(exclude=["password"])
    with transaction.atomic():
        staff.save()
        audit.record(who=by, did="invited staff", about=f"staff {staff.pk}", at=at)
    return staff


def describe(*, staff: Staff, name: str, job_title: str, by: str, at: datetime) -> None:
    """Put a name or a job title right; the user name stays, because the audit holds it."""
    given, _, family = name.partition(" ")
    staff.first_name, staff.last_name, staff.job_title = given, family, job_title
    staff.full_clean(exclude=["password"])
    with transaction.atomic():
        staff.save(update_fields=["first_name", "last_name", "job_title"])
        audit.record(who=by, did="described staff", about=f"staff {staff.pk}", at=at)


def set_reach(*, staff: Staff, email: str, mobile: str, by: str, at: datetime) -> None:
    """Where notices to this person go; either may be empty. The audit says that, not where."""
    staff.email, staff.mobile = email, mobile
    staff.full_clean(exclude=["password"])
    with transaction.atomic():
        staff.save(update_fields=["email", "mobile"])
        audit.record(who=by, did="changed how to reach staff", about=f"staff {staff.pk}", at=at)


def leave(*, staff: Staff, on: date, by: str, at: datetime) -> None:
    """Someone leaves: no sign-in, no PIN and no role from this moment; what they did stays."""
    if staff.username == by:
        raise StaffRefused("You cannot take yourself off. Another administrator has to do it.")
    with transaction.atomic():
        staff.is_active, staff.pin_hash = False, ""
        staff.set_unusable_password()  # ends every session that is open somewhere
        staff.save(update_fields=["is_active", "pin_hash", "password"])
        end_codes(staff, at=at)
        staff.memberships.filter(not_ended(on)).update(until_on=on - timedelta(days=1))
        audit.record(who=by, did="ended all of staff", about=f"staff {staff.pk}", at=at)


def come_back(*, staff: Staff, by: str, at: datetime) -> None:
    """Someone returns: they need a new one-time code, and every role given anew."""
    with transaction.atomic():
        staff.is_active = True
        staff.save(update_fields=["is_active"])
        audit.record(who=by, did="brought staff back", about=f"staff {staff.pk}", at=at)
