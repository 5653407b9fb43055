"""The PIN that unlocks a tablet: made, and checked."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from imparts.access.models import Staff, Tablet
from imparts.access.queries import colleagues_of, staff_at
from imparts.access.roles import May
from imparts.audit import actions as audit

PIN_TRIES = 5
PIN_PAUSE = timedelta(minutes=5)
PIN_DIGITS = 6


class PinRefused(Exception):
    """The PIN was not taken; the message says why in words for the tablet's page."""


def make_pin(*, staff: Staff, at: datetime) -> str:
    """Give someone a new PIN of their own, to be shown once; the one before opens nothing any more.

    It is drawn and not chosen: whoever could choose would choose a birthday, and would learn from a
    refusal which PIN a colleague has. No two people of one clinic have the same.
    """
    colleagues = colleagues_of(staff)
    taken = {each.pin_hash for each in colleagues}
    while True:
        pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
        # A PIN is hashed with its owner's name, so each colleague's has to be tried by itself.
        if not any(pin_hash(each.username, pin) in taken for each in colleagues):
            break
    with transaction.atomic():
        staff.pin_hash = pin_hash(staff.username, pin)
        staff.save(update_fields=["pin_hash"])
        audit.record(who=staff.username, did="set PIN", about=f"staff {staff.pk}", at=at)
    return pin


def unlock(*, tablet: Tablet, pin: str, on: date, at: datetime) -> Staff:
    """Find the member of staff whose PIN this is, at the tablet's service; PinRefused otherwise.

    After five wrong PINs the tablet takes none for five minutes.
    """
    if tablet.pin_locked_until and tablet.pin_locked_until > at:
        raise PinRefused("Too many wrong PINs. Wait 5 minutes, or sign in at the desk.")
    for staff in staff_at(tablet.service_id, may=May.HAND_OVER_TABLET, on=on):
        if constant_time_compare(staff.pin_hash, pin_hash(staff.username, pin)):
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


def pin_hash(username: str, pin: str) -> str:
    """What is kept of a PIN.

    Few digits fall to guessing whatever the hash, so the site's secret key is mixed in: without it
    a stolen table says nothing, and checking a whole clinic's PINs takes no time.
    """
    return salted_hmac(f"imparts.pin.{username}", pin, algorithm="sha256").hexdigest()
