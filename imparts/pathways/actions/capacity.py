"""Capacity: how many people a week an option says that it can take from a service."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from imparts.audit import actions as audit
from imparts.organisations.models import Service
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import Capacity

MOST_A_WEEK = Decimal(1000)
LONGEST_NAME = 120


def state_capacity(
    *, service: Service, option: str, a_week: Decimal | None, stated_by: str, by: str, at: datetime
) -> Capacity:
    """Keep what somebody said for an option; None says that there is no limit. The last counts."""
    said = stated_by.strip()
    if not said:
        raise NotDone("Say who stated it: a name and a post.")
    if len(said) > LONGEST_NAME:
        raise NotDone(f"Say who stated it in at most {LONGEST_NAME} characters.")
    if a_week is not None and not 0 <= a_week <= MOST_A_WEEK:
        raise NotDone(f"Give a number of people a week from 0 to {MOST_A_WEEK}.")
    with transaction.atomic():
        made = Capacity.objects.create(
            service=service, option=option, a_week=a_week, stated_by=said, by=by, at=at
        )
        audit.record(
            who=by, did="stated a capacity", about=f"{option} for service {service.pk}", at=at
        )
    return made
