"""Fill: the invented trust from nothing, in one transaction: all of it is there, or nothing is.

The same seed on the same day gives the same trust: the same people, numbers, visits, answers and
ids. Named patients (story.py) keep their ids and numbers whatever the seed.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from imparts.access.queries import tablets_of
from imparts.audit import actions as audit
from imparts.demo.day.today import make_today
from imparts.demo.named.edge_cases import EDGE_CASES, join_records
from imparts.demo.named.scripted_courses import course_of
from imparts.demo.named.scripts import person_of
from imparts.demo.past.chunks import Plan, Worked, all_worked_out
from imparts.demo.past.crowding import chunks
from imparts.demo.past.registrations import Numbers
from imparts.demo.past.stored import store
from imparts.demo.past.visits import Calendar
from imparts.demo.places import content_in_force, cover, organisations, pathway_draft, staff, waits
from imparts.demo.places.specialties import Clinic, clinics_for
from imparts.demo.story import EVERYONE_NAMED
from imparts.organisations import queries as places

if TYPE_CHECKING:
    from imparts.demo.past.desks import Desk
    from imparts.organisations.models import Service

__all__ = ["fill", "is_filled", "make_today"]
BY = "demo"
_NAMED = EVERYONE_NAMED + EDGE_CASES


def is_filled() -> bool:
    """Whether the trust is there; it is stored whole or not at all."""
    return places.services().exists()


def fill(*, people: int = 2000, services: int = 13, seed: int = 2026, at: datetime) -> None:
    """Store the whole trust as it stands at the beginning of a day; make_today adds the day."""
    clinics, today = clinics_for(services), timezone.localtime(at).date()
    calendar = Calendar.ending_before(today)
    with transaction.atomic():
        _take_time()
        opened = organisations.open_organisations()
        of_code = organisations.open_services(opened, clinics, by=BY, at=at)
        content_in_force.put_in_force(
            clinics, of_code, from_on=calendar.first - timedelta(days=60), by=BY, at=at
        )
        content_in_force.change_one_pack(of_code, from_on=today - timedelta(days=150), by=BY, at=at)
        staff.invite_everyone(clinics, of_code, by=BY, at=at)
        staff.add_tablets(clinics, of_code, by=BY, at=at)
        waits.enter_invented_waits(clinics, of_code, at=at)
        cover.stand(clinics, of_code, by=BY, at=at)
        plan = Plan(
            seed, calendar, _desks(clinics, of_code, calendar),
            tuple(opened[code].pk for code in organisations.PRACTICES),
        )  # fmt: skip
        _store_everyone(plan, people, at=at)
        pathway_draft.one_that_waits(of_code, at=at)
        join_records(by="reception.rheum", at=at)
        told = f"{people} people, {services} services, seed {seed}"
        audit.record(who=BY, did="filled the demonstration", about=told, at=at)
        _let_the_database_look()


def _take_time() -> None:
    """Limits that keep pages quick do not hold here; what refers to nothing fails at once."""
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("set local idle_in_transaction_session_timeout = 0")
        cursor.execute("set constraints all immediate")


def _let_the_database_look() -> None:
    """How much is where: without it the first pages are slow. Nothing happens as the web role."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _desks(
    clinics: tuple[Clinic, ...], services: "Mapping[str, Service]", calendar: Calendar
) -> "dict[str, tuple[Desk, ...]]":
    found: dict[str, tuple[Desk, ...]] = {}
    for clinic in clinics:
        service = services[clinic.code]
        tablets = tuple(tablet.pk for tablet in tablets_of(service.pk))
        desk = content_in_force.desk_of(clinic, service, tablets=tablets, calendar=calendar)
        code = clinic.specialty.code
        found[code] = (*found.get(code, ()), desk)
    return found


def _store_everyone(plan: Plan, people: int, *, at: datetime) -> None:
    sessions: dict = {}
    store(_named(plan, at=at), sessions=sessions, by=BY, at=at)
    crowd = chunks(
        people, seed=plan.seed,
        named=Counter(named.specialty for named in _NAMED),
        taken=frozenset(named.nhs_number for named in _NAMED),
    )  # fmt: skip
    for worked in all_worked_out(plan, list(crowd)):
        store(worked, sessions=sessions, by=BY, at=at)


def _named(plan: Plan, *, at: datetime) -> Worked:
    """The named patients' rows; chance only decides what their scripts leave open."""
    today = plan.calendar.last + timedelta(days=1)
    desks = {specialty: found[0] for specialty, found in plan.desks.items()}
    worked = Worked()
    for named in _NAMED:
        home = desks[named.specialty]
        course, chance = course_of(named, desks, today=today), Random(f"rows {named.slug}")
        worked.registrations.add(
            person_of(named, today=today), Numbers(named.nhs_number, named.hospital_number[2:]),
            course, home=(home.organisation_id, home.hospital_prefix),
            practice_id=plan.practices[0], at=at,
        )  # fmt: skip
        for attended in course:
            worked.rows.add(attended, chance)
        worked.bodies.add_named(named, course, home, today=today)
    return worked
