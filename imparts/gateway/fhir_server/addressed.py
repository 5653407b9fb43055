"""Addressed: whom a resource that was sent is about, and at which service, or what is unclear."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from imparts.gateway.fhir_server.problems import Issue, unprocessable
from imparts.gateway.fhir_server.queries import places_of_care as places
from imparts.gateway.fhir_server.queries.places_of_care import Place
from imparts.gateway.fhir_server.registry import Json, Reader

if TYPE_CHECKING:
    from imparts.people.models import Patient

AHEAD = 300  # seconds by which another system's clock may be before ours
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def fault(code: str, says: str, where: str) -> Exception:
    """422 with one fault."""
    return unprocessable(Issue(code, says, where))


def person_in(resource: Json, reader: Reader) -> "Patient":
    """Whom `subject` names: by our own id, or by a number that one visible person has."""
    where = f"{resource['resourceType']}.subject"
    subject = resource.get("subject") or {}
    written = str(subject.get("reference", ""))
    if written:
        kind, _, logical_id = written.rpartition("/")
        found = places.person(reader, logical_id)
        if kind.rpartition("/")[2] != "Patient" or found is None:
            raise fault("not-found", _NOBODY, f"{where}.reference")
        return found
    number = subject.get("identifier") or {}
    if not number.get("system") or not number.get("value"):
        raise fault("required", "Say whom it is about: subject.reference.", where)
    people = places.person_called(reader, number["system"], number["value"])
    if len(people) != 1:
        raise fault("not-found", _NOBODY, f"{where}.identifier")
    return people[0]


_NOBODY = (
    "This is nobody here whose results you may send: no such person, or no service of yours has a "
    "care relationship with them."
)


def place_in(resource: Json, patient: "Patient", day: date, reader: Reader) -> Place:
    """The visit that `encounter` names; else the only visit of that day; else the only service."""
    where = f"{resource['resourceType']}.encounter"
    written = str((resource.get("encounter") or {}).get("reference", ""))
    if written:
        found = places.encounter(reader, patient, written.rpartition("/")[2])
        if found is None:
            raise fault("not-found", "This is no visit of this person here.", where)
        return found
    caring = places.caring_services(reader, patient)
    if not caring:
        raise fault("forbidden", _NOBODY, f"{resource['resourceType']}.subject")
    booked = places.booked_on(patient, caring, day)
    if len(booked) == 1:
        return Place(booked[0].session.service, booked[0])
    if len(caring) == 1:
        return Place(caring[0], None)
    says = "Several services care for this person. Say at which visit it was: encounter.reference."
    raise fault("required", says, where)


def moment_in(resource: Json, name: str, reader: Reader) -> datetime:
    """When: a moment with its zone, or a day, which is its noon; never one still to come."""
    where = f"{resource['resourceType']}.{name}"
    written = str(resource.get(name, ""))
    if not written:
        return reader.at
    made = f"{written}T12:00:00" if _DAY.fullmatch(written) else written
    try:
        moment = parse_datetime(made)
    except ValueError:
        moment = None
    if moment is None:
        raise fault("value", "Write a whole day or a moment.", where)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    is_today = written == reader.on.isoformat()  # its noon may be still to come
    if (moment - reader.at).total_seconds() > AHEAD and not is_today:
        raise fault("value", "This is still to come. Look at the clock of your system.", where)
    return min(moment, reader.at)
