"""Cast: who this record knows before anything has come: people, clinics, users and newcomers.

The people are the demonstration's named patients, whose numbers never change, so that what this
record sends meets them; the newcomers are nobody's patients yet. Everyone is invented, and every
NHS number is of the 999 test range. cast.json holds them; another file of the same shape may stand
in for it in the record's folder, as where a site tries its own clinics.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_SHIPPED = Path(__file__).with_name("cast.json")
_OWN = "cast.json"
FOLDER = "pretend-record"  # below the data of a site
OTHERS = "everyone.jsonl"
NHS_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
USER_SYSTEM = "https://pretend-record.example/user"
_TYPES_OF_NUMBER = "http://terminology.hl7.org/CodeSystem/v2-0203"
_CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
_NO_ID = re.compile(r"[^a-z0-9.-]")
Json = dict[str, Any]


def hospital_system(organisation: str) -> str:
    """The system of an organisation's hospital numbers: the one that imparts writes unless told."""
    return f"https://imparts.example/fhir/Id/hospital-number/{organisation}"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whom the record knows."""

    number: str  # the hospital's
    nhs_number: str
    family: str
    given: str
    born_on: str  # 1961-03-14
    sex: str
    organisation: str

    @property
    def name(self) -> str:
        """As said aloud."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Clinic:
    """Where appointments are."""

    code: str
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class User:
    """A member of staff who is signed in to this record."""

    username: str
    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone."""

    people: tuple[Person, ...]
    newcomers: tuple[Person, ...]
    clinics: tuple[Clinic, ...]
    users: tuple[User, ...]
    others: tuple[Person, ...] = ()  # known to its FHIR server, and offered on no page

    @property
    def everyone(self) -> tuple[Person, ...]:
        """Those who are known elsewhere too, and those who are not yet."""
        return self.people + self.newcomers

    def person(self, number: str) -> Person | None:
        """Someone by hospital number."""
        return next((each for each in self.everyone if each.number == number), None)

    def user(self, username: str) -> User | None:
        """A member of staff by user name."""
        return next((each for each in self.users if each.username == username), None)

    def clinic_of(self, organisation: str) -> Clinic:
        """The first clinic of an organisation."""
        return next(each for each in self.clinics if each.organisation == organisation)


class CastRefused(ValueError):
    """The file of the cast cannot be read; the sentence says how it should be."""


def read_cast(folder: Path | None = None) -> Cast:
    """The cast of this folder's own file, else the shipped one."""
    own = folder / _OWN if folder else None
    path = own if own and own.exists() else _SHIPPED
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        cast = Cast(
            people=tuple(Person(**each) for each in held["people"]),
            newcomers=tuple(Person(**each) for each in held["newcomers"]),
            clinics=tuple(Clinic(**each) for each in held["clinics"]),
            users=tuple(User(**each) for each in held["users"]),
            others=tuple(_others(folder / OTHERS if folder else None)),
        )
    except (OSError, ValueError, TypeError, KeyError) as wrong:
        raise CastRefused(
            f"The record's cast.json cannot be read ({type(wrong).__name__}). It should look like "
            "the one that imparts ships: people, newcomers, clinics and users."
        ) from None
    if len(cast.newcomers) < 2 or not cast.people or not cast.clinics:
        raise CastRefused("The record's cast.json needs a person, two newcomers and a clinic.")
    return cast


def _others(path: Path | None) -> Iterator[Person]:
    """Everyone of a demonstration, as its own start wrote them down."""
    if path is not None and path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from (Person(**json.loads(line)) for line in lines)


def patient_id(person: Person) -> str:
    """The id of their Patient in this record."""
    return _NO_ID.sub("-", f"{person.organisation}-{person.number}".lower())[:64]


def resources(cast: Cast, *, at: datetime) -> Iterator[Json]:
    """What the FHIR side begins with; somebody who is named twice is there once."""
    named = {patient_id(each) for each in cast.everyone}
    codes = [each.organisation for each in cast.clinics]
    for code in dict.fromkeys([*codes, *(each.organisation for each in cast.others)]):
        yield {"resourceType": "Organization", "id": code.lower(), "name": code, "active": True}
    for user in cast.users:
        yield _practitioner(user)
    for person in cast.everyone:
        yield _patient(person)
        yield _encounter(person, cast, at)
    yield from (_patient(each) for each in cast.others if patient_id(each) not in named)


def _practitioner(user: User) -> Json:
    return {
        "resourceType": "Practitioner",
        "id": user.username,
        "active": True,
        "identifier": [{"system": USER_SYSTEM, "value": user.username}],
        "name": [{"text": user.name}],
    }


def _patient(person: Person) -> Json:
    kind = {"coding": [{"system": _TYPES_OF_NUMBER, "code": "MR"}]}
    numbers: list[Json] = [
        {
            "use": "usual",
            "type": kind,
            "system": hospital_system(person.organisation),
            "value": person.number,
        }
    ]
    if person.nhs_number:
        numbers.append({"use": "official", "system": NHS_SYSTEM, "value": person.nhs_number})
    return {
        "resourceType": "Patient",
        "id": patient_id(person),
        "active": True,
        "identifier": numbers,
        "name": [{"use": "official", "family": person.family, "given": [person.given]}],
        "gender": person.sex,
        "birthDate": person.born_on,
        "managingOrganization": {"reference": f"Organization/{person.organisation.lower()}"},
    }


def _encounter(person: Person, cast: Cast, at: datetime) -> Json:
    clinic = cast.clinic_of(person.organisation)
    return {
        "resourceType": "Encounter",
        "id": f"visit-{patient_id(person)}",
        "status": "in-progress",
        "class": {"system": _CLASSES, "code": "AMB", "display": "ambulatory"},
        "subject": {"reference": f"Patient/{patient_id(person)}"},
        "serviceType": {"text": clinic.name},
        "period": {"start": at.date().isoformat()},
        "serviceProvider": {"reference": f"Organization/{person.organisation.lower()}"},
    }
