"""The same seed on the same day gives the same trust."""

from datetime import date

import pytest

from imparts.demo.past.chunks import Chunk, Plan, work_out
from imparts.demo.past.crowding import chunks
from imparts.demo.past.visits import Calendar
from imparts.demo.places.specialties import SPECIALTIES, clinics_for, people_in
from tests.apps.demo.filled.desks import desks

TODAY = date(2026, 11, 17)


def _plan(seed: int = 7) -> Plan:
    return Plan(seed, Calendar.ending_before(TODAY), desks(), practices=(1, 2))


def _chunk(seed: int = 7, people: int = 150) -> Chunk:
    return next(iter(chunks(people, seed=seed, named={}, taken=())))


@pytest.mark.usefixtures("trust")
def test_the_same_seed_gives_the_same_rows() -> None:
    one, two = work_out(_plan(), _chunk()), work_out(_plan(), _chunk())
    assert one.registrations == two.registrations
    assert one.rows == two.rows
    assert len(one.registrations.patients) == 22


@pytest.mark.usefixtures("trust")
def test_another_seed_gives_other_people() -> None:
    one, two = work_out(_plan(), _chunk()), work_out(_plan(8), _chunk(8))
    assert {row.id for row in one.registrations.patients}.isdisjoint(
        row.id for row in two.registrations.patients
    )


@pytest.mark.usefixtures("trust")
def test_nothing_of_the_past_happened_today_or_later() -> None:
    worked = work_out(_plan(), _chunk(people=600))
    assert worked.rows.appointments
    assert all(row.at.date() < TODAY for row in worked.rows.appointments)
    assert all(row.completed_at.date() < TODAY for row in worked.rows.responses)


def test_shares_of_the_specialties_add_up_to_all_people() -> None:
    for people in (1, 150, 2000, 15_000, 150_001):
        assert sum(people_in(specialty, people) for specialty in SPECIALTIES) == people


def test_more_services_spread_the_same_people() -> None:
    clinics = clinics_for(40)
    assert len({clinic.code for clinic in clinics}) == 40
    assert len({clinic.suffix for clinic in clinics}) == 40
    assert clinics[:13] == clinics_for(13)


def test_fewer_than_thirteen_services_are_refused() -> None:
    with pytest.raises(ValueError, match="13 services or more"):
        clinics_for(12)
