"""Waiting times of a service: how long people wait for an option, as of a day, by whom entered."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.design.dates import day, local
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import WaitingTime

LONGEST_DAYS = 3 * 365


def enter_wait(
    *, service: Service, option: str, days: int, as_of: date, by: str, at: datetime,
    is_measured: bool = False,
) -> WaitingTime:  # fmt: skip
    """Say how long people of a service wait for an option; the row for the latest day counts.

    A slip is mended by a row for the same day: of two rows for one day the later counts.
    """
    known = library.options().get(option)
    if known is None:
        raise NotDone("Choose one of the options of this service.")
    if not 0 <= days <= LONGEST_DAYS:
        raise NotDone(f"{known.name}: a wait is between 0 days and 3 years.")
    if as_of > local(at).date():
        raise NotDone(f"{known.name}: {day(as_of)} has not come yet. Write the day it was so.")
    with transaction.atomic():
        made = WaitingTime.objects.create(
            service=service, option=option, days=days, as_of=as_of, is_measured=is_measured,
            at=at, by=by,
        )  # fmt: skip
        audit.record(
            who=by, did="entered waiting time", at=at,
            about=f"{option} at service {service.pk}: {days} days, {as_of}",
        )  # fmt: skip
    return made


def enter_waits(
    *, service: Service, days: Mapping[str, int], as_of: date, by: str, at: datetime
) -> None:
    """Several options as of one day: all of them or none."""
    with transaction.atomic():
        for option, number in days.items():
            enter_wait(service=service, option=option, days=number, as_of=as_of, by=by, at=at)
