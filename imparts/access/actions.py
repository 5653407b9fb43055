"""Inviting staff, giving and ending roles, setting and checking the tablet PIN."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from imparts.access.models import Membership, Staff, Tablet
from imparts.access.queries import staff_at
from imparts.access.roles import ROLES, May
from imparts.access.secret_hash import hash_of
from imparts.audit import actions as audit
from imparts.organisations.models import Service

PIN_TRIES = 5
PIN_PAUSE = timedelta(minutes=5)


class PinRefused(Exception):
    """The PIN was not taken; the message says why in words for the tablet's page."""


def invite(
    *, username: str, name: str, job_title: str, password: str | None = None, pin: str = ""
) -> Staff:
    """Add someone who may sign in; without a password they cannot until one is set."""
    given, _, family = name.partition(" ")
    staff = Staff(
        username=username, first_name=given, last_name=family, job_title=job_title,
        pin_hash=_pin_hash(username, pin) if pin else "",
    )  # fmt: skip
    staff.set_password(password) if password else staff.set_unusable_password()
    staff.full_clean(exclude=["password"])
    staff.save()
    return staff


def give_role(
    *, staff: Staff, service: Service, role: str, from_on: date, by: str, at: datetime
) -> Membership:
    """Give a role at a service from a day on."""
    if role not in ROLES:
        raise ValueError(f"There is no role {role}; the roles are {', '.join(ROLES)}.")
    with transaction.atomic():
        made = Membership.objects.create(staff=staff, service=service, role=role, from_on=from_on)
        audit.record(who=by, did="gave role", about=f"membership {made.pk}", at=at)
    return made


def end_role(*, membership: Membership, on: date, by: str, at: datetime) -> None:
    """End a role after a day; what was done under it stays."""
    with transaction.atomic():
        membership.until_on = on
        membership.save(update_fields=["until_on"])
        audit.record(who=by, did="ended role", about=f"membership {membership.pk}", at=at)


def bind_tablet(*, tablet: Tablet, by: str, at: datetime) -> str:
    """Give a browser the tablet's credential; the one that held it before is a tablet no more.

    The secret goes into that browser's cookie (tablets.keep_credential) and only its hash is kept.
    """
    secret = secrets.token_urlsafe(32)
    tablet.secret_hash, tablet.seen_at = hash_of(secret), at
    tablet.save(update_fields=["secret_hash", "seen_at"])
    audit.record(who=by, did="set up tablet", about=f"tablet {tablet.pk}", at=at)
    return secret


def add_tablet(*, service: Service, name: str, username: str, by: str, at: datetime) -> Tablet:
    """Add a clinic tablet; it has no credential until a browser is bound to it."""
    with transaction.atomic():
        made = Tablet.objects.create(service=service, name=name, username=username)
        audit.record(who=by, did="added tablet", about=f"tablet {made.pk}", at=at)
    return made


def unlock(*, tablet: Tablet, pin: str, on: date, at: datetime) -> Staff:
    """Find the member of staff whose PIN this is, at the tablet's service; PinRefused otherwise.

    After five wrong PINs the tablet takes none for five minutes.
    """
    if tablet.pin_locked_until and tablet.pin_locked_until > at:
        raise PinRefused("Too many wrong PINs. Wait 5 minutes, or sign in at the desk.")
    for staff in staff_at(tablet.service_id, may=May.HAND_OVER_TABLET, on=on):
        if constant_time_compare(staff.pin_hash, _pin_hash(staff.username, pin)):
            Tablet.objects.filter(pk=tablet.pk).update(failed_pins=0, pin_locked_until=None)
            audit.record(
                who=staff.username, did="unlocked tablet", about=f"tablet {tablet.pk}", at=at
            )
            return staff
    _count_wrong_pin(tablet, at=at)
    raise PinRefused("That PIN does not belong to anyone in this clinic. Try again.")


def _count_wrong_pin(tablet: Tablet, *, at: datetime) -> None:
    tablet.failed_pins += 1
    if tablet.failed_pins >= PIN_TRIES:
        tablet.failed_pins, tablet.pin_locked_until = 0, at + PIN_PAUSE
    tablet.save(update_fields=["failed_pins", "pin_locked_until"])
    audit.record(who=tablet.username, did="wrong PIN", about=f"tablet {tablet.pk}", at=at)


def _pin_hash(username: str, pin: str) -> str:
    # Few digits fall to guessing whatever the hash, so the site's secret key is mixed in: without
    # it a stolen table says nothing, and checking a whole clinic's PINs takes no time.
    return salted_hmac(f"imparts.pin.{username}", pin, algorithm="sha256").hexdigest()
