"""Cover: who answers for each clinic's alerts, and their saying yes on each day of the demo."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from imparts.demo.places.specialties import FIRST_TRUST, Clinic
from imparts.demo.queries import staff_here
from imparts.pathways import actions
from imparts.pathways.queries import cover_on

if TYPE_CHECKING:
    from imparts.organisations.models import Service

_SINCE = date(2020, 1, 6)
# A day that is looked at just after midnight has people who came before it.
_EARLIER = timedelta(hours=3)


def stand(
    clinics: tuple[Clinic, ...], services: "Mapping[str, Service]", *, by: str, at: datetime
) -> None:
    """The nurse owns a clinic's alerts, the consultant is deputy; liaison only in its own trust."""
    for clinic in clinics:
        service = services[clinic.code]
        holds = {"owner": f"nurse.{clinic.suffix}", "deputy": f"consultant.{clinic.suffix}"}
        if clinic.specialty.trust == FIRST_TRUST:
            holds["liaison"] = "liaison"
        if clinic.code == "rheumatology":
            holds["manager"] = "manager"
        staff = staff_here(holds.values())
        for duty, username in holds.items():
            actions.set_standing_cover(
                service=service, duty=duty, staff=staff[username], from_on=_SINCE, by=by,
                at=at,
            )  # fmt: skip


def say_yes(service: "Service", *, at: datetime) -> None:
    """Owner and deputy accept for the day of a moment. Doing it again changes nothing."""
    for moment in (at - _EARLIER, at):
        today = timezone.localdate(moment)
        cover = cover_on(service, today)
        for held in (cover.owner, cover.deputy):
            if held.staff:
                actions.accept_cover(
                    service=service, on=today, duty=held.duty, by=held.staff, at=moment
                )
