"""Organisations: two acute trusts, a mental health trust, practices, a board, and neighbours.

All names are invented, and every code begins with DEMO, which no register of codes uses.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from imparts.demo.places.specialties import FIRST_TRUST, SECOND_TRUST, Clinic
from imparts.organisations import actions

if TYPE_CHECKING:
    from imparts.organisations.models import Organisation, Service

BOARD = "DEMO-ICB"
MENTAL_HEALTH_TRUST = "DEMO-OLDWEIR"
PRACTICES = ("DEMO-GP1", "DEMO-GP2", "DEMO-GP3", "DEMO-GP4", "DEMO-GP5")
LIAISON, PRACTICE, COMMISSIONING = "liaison-psychiatry", "general-practice", "commissioning"

_CODES = "imparts-demo"
_CLOSED = "DEMO-MARL"
_MERGED_ON = date(2019, 4, 1)
_OPENED_ON = date(2012, 4, 2)
# Code, name, kind, nation, opened, and what it is part of.
_ORGANISATIONS = (
    (BOARD, "Weirdale and Fernhollow Integrated Care Board", "integrated_care_board", "england",
     date(2022, 7, 1), None),
    (FIRST_TRUST, "Fernhollow Hospitals NHS Trust", "trust", "england", date(2004, 4, 1), BOARD),
    (SECOND_TRUST, "Tarnwick Infirmary NHS Trust", "trust", "england", date(2006, 10, 1), BOARD),
    (_CLOSED, "Marlbrook Cottage Hospital NHS Trust", "trust", "england", date(2001, 4, 1), None),
    (MENTAL_HEALTH_TRUST, "Oldweir Mental Health Trust", "mental_health_trust", "england",
     date(2008, 4, 1), BOARD),
    (PRACTICES[0], "Millrace Surgery", "practice", "england", date(1998, 1, 5), BOARD),
    (PRACTICES[1], "Larkrise Terrace Practice", "practice", "england", date(2001, 6, 4), BOARD),
    (PRACTICES[2], "Toffee Works Health Centre", "practice", "england", date(2010, 3, 1), BOARD),
    (PRACTICES[3], "Quillmarket Family Doctors", "practice", "england", date(1995, 9, 4), BOARD),
    (PRACTICES[4], "Wherry Bridge Practice", "practice", "england", date(2015, 11, 2), BOARD),
    ("DEMO-SCO", "Strathlarrick Health Board", "health_board", "scotland", date(2001, 10, 1), None),
    ("DEMO-WAL", "Dyffryn Brynlas Local Health Board", "local_health_board", "wales",
     date(2009, 10, 1), None),
    ("DEMO-NI", "Lough Tarrin Health and Social Care Trust", "hsc_trust", "northern_ireland",
     date(2007, 4, 1), None),
)  # fmt: skip
# Services that ask nobody anything: where liaison, the practice and the board have their staff.
_OTHER_SERVICES = (
    (MENTAL_HEALTH_TRUST, LIAISON, "Liaison psychiatry"),
    (PRACTICES[0], PRACTICE, "General practice"),
    (BOARD, COMMISSIONING, "Commissioning"),
)


def open_organisations() -> "dict[str, Organisation]":
    """Open them all, and close the one that was merged away; by code."""
    opened: dict[str, Organisation] = {}
    for code, name, kind, nation, opened_on, parent in _ORGANISATIONS:
        opened[code] = actions.open_organisation(
            code=code, name=name, kind=kind, nation=nation, opened_on=opened_on,
            code_system=_CODES, part_of=opened[parent] if parent else None,
        )  # fmt: skip
    actions.merge_organisations(
        closing=[opened[_CLOSED]], into=opened[FIRST_TRUST], on=_MERGED_ON,
        because="The two trusts merged; Marlbrook's clinics moved to Fernhollow Hospital.",
    )  # fmt: skip
    return opened


def open_services(
    organisations: "dict[str, Organisation]", clinics: tuple[Clinic, ...], *, by: str, at: datetime
) -> "dict[str, Service]":
    """Open the clinics' services and the three that only have staff; by code."""
    opened = {
        clinic.code: actions.open_service(
            organisation=organisations[clinic.specialty.trust], code=clinic.code, name=clinic.name,
            site=clinic.site, opened_on=_OPENED_ON, by=by, at=at,
        )
        for clinic in clinics
    }  # fmt: skip
    for organisation, code, name in _OTHER_SERVICES:
        opened[code] = actions.open_service(
            organisation=organisations[organisation], code=code, name=name, opened_on=_OPENED_ON,
            by=by, at=at,
        )  # fmt: skip
    return opened
