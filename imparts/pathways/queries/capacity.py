"""Capacity: how many people a week each option can take from a service, and who said so."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from imparts.pathways.models import Capacity


@dataclass(frozen=True, slots=True)
class CapacityStated:
    """What was said last of one option."""

    a_week: Decimal | None
    """None says that there is no limit."""
    stated_by: str
    at: datetime
    by: str


def capacities_of(service_id: int) -> dict[str, CapacityStated]:
    """By option; an option of which nobody has said anything is not there."""
    rows = Capacity.objects.filter(service_id=service_id).order_by("option", "-id")
    return {
        row.option: CapacityStated(row.a_week, row.stated_by, row.at, row.by)
        for row in rows.distinct("option")
    }
