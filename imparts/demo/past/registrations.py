"""Registrations: the rows about people themselves, their numbers and who cares for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from imparts.demo.crowd.people import Person
from imparts.demo.past.courses import Attended
from imparts.people.actions.history import (
    PastContactPoint,
    PastIdentifier,
    PastPatient,
    PastRelationship,
)

# As when an appointment is booked: from a month before it until a year after.
_BEFORE, _AFTER = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one person; no NHS number is an empty one."""

    nhs: str
    hospital: str
    """Without the trust's prefix; every trust that sees the person gives its own."""
    is_traced: bool = True


@dataclass(slots=True)
class Registrations:
    """What is copied about people."""

    patients: list[PastPatient] = field(default_factory=list)
    identifiers: list[PastIdentifier] = field(default_factory=list)
    contact_points: list[PastContactPoint] = field(default_factory=list)
    relationships: list[PastRelationship] = field(default_factory=list)

    def add(
        self, person: Person, numbers: Numbers, course: Sequence[Attended], *,
        home: tuple[int, str], practice_id: int, at: datetime,
    ) -> None:  # fmt: skip
        """Add one person; `home` is the trust (id and prefix) that knows them without any visit."""
        self.patients.append(_patient(person, practice_id))
        if numbers.nhs:
            verified_at = at if numbers.is_traced else None
            self.identifiers.append(
                PastIdentifier(person.id, "nhs", numbers.nhs, None, verified_at)
            )
        trusts = {
            home,
            *((each.desk.organisation_id, each.desk.hospital_prefix) for each in course),
        }
        for trust, prefix in sorted(trusts):
            number = f"{prefix}{numbers.hospital}"
            self.identifiers.append(PastIdentifier(person.id, "hospital", number, trust, at))
        if person.mobile:
            self.contact_points.append(
                PastContactPoint(person.id, "mobile", person.mobile, person.may_be_invited)
            )
        self._add_relationships(person, course)

    def _add_relationships(self, person: Person, course: Sequence[Attended]) -> None:
        for each in course:
            day = each.visit.at.date()
            self.relationships.append(
                PastRelationship(
                    person.id, each.desk.service_id, "appointment", day - _BEFORE, day + _AFTER
                )
            )


def _patient(person: Person, practice_id: int) -> PastPatient:
    preferences = {"text_message": True} if person.mobile and person.may_be_invited else {}
    return PastPatient(
        id=person.id,
        family_name=person.family_name,
        given_name=person.given_name,
        born_on=person.born_on,
        sex=person.sex,
        gender=person.gender,
        pronouns=person.pronouns,
        language=person.language,
        needs_interpreter=person.needs_interpreter,
        information_needs=person.information_needs,
        contact_preferences=preferences,
        ethnicity=person.ethnicity,
        postcode=person.postcode,
        deprivation_fifth=person.deprivation_fifth,
        practice_id=practice_id,
        died_on=person.died_on,
        is_sensitive=person.is_sensitive,
    )
