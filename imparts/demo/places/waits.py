"""Waits: invented waiting times for each clinic's options; one of them is stale, as happens."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from imparts.demo.places.specialties import Clinic
from imparts.pathways.actions import enter_waits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imparts.organisations.models import Service

FRESH = {
    "liaison_psychiatry": 7, "talking_therapies": 35, "stop_smoking_service": 6,
    "alcohol_service": 21,
}  # fmt: skip
STALE = {"team_psychologist": 63}


def enter_invented_waits(
    clinics: tuple[Clinic, ...], services: "Mapping[str, Service]", *, at: datetime
) -> None:
    """A nurse of each clinic enters what is waited, this week; one line was left from before."""
    today = timezone.localtime(at).date()
    for clinic in clinics:
        for days, ago in ((STALE, 20), (FRESH, 3)):
            enter_waits(
                service=services[clinic.code], days=days, as_of=today - timedelta(days=ago),
                by=f"nurse.{clinic.suffix}", at=at,
            )  # fmt: skip
