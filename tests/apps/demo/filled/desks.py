"""Desks of the small trust, as fill.py gathers them."""

from imparts.demo.past.desks import Desk
from imparts.demo.past.visits import Calendar
from imparts.demo.places.content_in_force import desk_of
from imparts.demo.places.specialties import clinics_for
from imparts.organisations.queries import services
from tests.apps.demo.filled.conftest import MORNING


def desks() -> dict[str, tuple[Desk, ...]]:
    """By specialty."""
    found = {service.code: service for service in services()}
    calendar = Calendar.ending_before(MORNING.date())
    return {
        clinic.specialty.code: (
            desk_of(clinic, found[clinic.code], tablets=(1, 2), calendar=calendar),
        )
        for clinic in clinics_for(13)
    }
