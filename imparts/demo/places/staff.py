"""Staff: everyone who can be picked at the demonstration's door, the desks' staff, the tablets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING

from imparts.access import actions
from imparts.demo.crowd.names import family_name
from imparts.demo.places.organisations import COMMISSIONING, LIAISON, PRACTICE
from imparts.demo.places.specialties import FIRST_TRUST, Clinic

if TYPE_CHECKING:
    from imparts.organisations.models import Service

PIN = "2468"
TABLETS_A_CLINIC = 6
_SINCE = date(2020, 1, 6)
_FIRST_NAMES = ("Robin", "Ashley", "Jo", "Sasha", "Lee", "Kit", "Noor", "Sam", "Remi", "Morgan")


@dataclass(frozen=True, slots=True)
class Member:
    """One person, their role, and the services at which they hold it."""

    username: str
    job_title: str
    role: str
    services: tuple[str, ...]
    has_pin: bool = False


def everyone(clinics: tuple[Clinic, ...]) -> Iterator[Member]:
    """All staff: three at each desk, then those who work across services or for none."""
    for clinic in clinics:
        yield from _at_desk(clinic)
    all_clinics = tuple(clinic.code for clinic in clinics)
    first = tuple(c.code for c in clinics if c.specialty.trust == FIRST_TRUST)
    yield from (
        Member("liaison", "Liaison psychiatry", "liaison", (*first, LIAISON)),
        Member("psychologist", "Psychologist", "psychologist", first),
        Member("coordinator", "Care co-ordinator and team meeting chair", "coordinator", first),
        Member("gp", "General practitioner", "gp", (PRACTICE,)),
        Member("lead.rheum", "Clinical lead, rheumatology", "consultant", ("rheumatology",)),
        Member("patient.rep", "Patient representative", "patient_rep", ("rheumatology",)),
        Member("manager", "Service manager, rheumatology", "manager", ("rheumatology",)),
        Member("commissioner", "Commissioner", "commissioner", (COMMISSIONING,)),
        Member("trainer", "Trainer", "trainer", first),
        Member("researcher", "Researcher", "researcher", first),
        Member("governance", "Research governance", "governance", first),
        Member("integrator", "Trust IT, integration", "integrator", first),
        Member("admin", "Administrator", "admin", all_clinics),
        Member("privacy", "Information governance", "privacy", first),
        Member("safety", "Clinical safety officer", "safety", first),
    )


def _at_desk(clinic: Clinic) -> Iterator[Member]:
    where, service = clinic.name[0].lower() + clinic.name[1:], (clinic.code,)
    where = clinic.name if clinic.name.split()[0].isupper() else where
    yield Member(f"reception.{clinic.suffix}", "Reception", "receptionist", service, True)
    yield Member(f"nurse.{clinic.suffix}", f"Nurse, {where}", "nurse", service, True)
    yield Member(f"consultant.{clinic.suffix}", f"Consultant, {where}", "consultant", service, True)


def invite_everyone(
    clinics: tuple[Clinic, ...], services: "Mapping[str, Service]", *, by: str, at: datetime
) -> None:
    """Add all staff with their roles. Nobody has a password: the demonstration lets one pick."""
    for number, member in enumerate(everyone(clinics)):
        chance = Random(f"staff {member.username}")
        staff = actions.invite(
            username=member.username,
            name=f"{chance.choice(_FIRST_NAMES)} {family_name(chance)}",
            job_title=member.job_title, pin=PIN if member.has_pin else "", by=by, at=at,
        )  # fmt: skip
        # A range of numbers that is kept for plays and films: they ring with nobody.
        mobile = f"+447700900{number:03}" if number < 1000 else ""
        actions.set_reach(staff=staff, email="", mobile=mobile, by=by, at=at)
        for code in member.services:
            actions.give_role(
                staff=staff, service=services[code], role=member.role, from_on=_SINCE, by=by, at=at
            )


def add_tablets(
    clinics: tuple[Clinic, ...], services: "Mapping[str, Service]", *, by: str, at: datetime
) -> None:
    """Six tablets a clinic; Tablet 4 is the one that can be picked at the demonstration's door."""
    for clinic in clinics:
        for number in range(1, TABLETS_A_CLINIC + 1):
            suffix = clinic.suffix if number == 4 else f"{clinic.suffix}.{number}"
            actions.add_tablet(
                service=services[clinic.code], name=f"Tablet {number}",
                username=f"tablet.{suffix}", by=by, at=at,
            )  # fmt: skip
