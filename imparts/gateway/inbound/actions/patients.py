"""Patients as the record knows them: registered, and brought up to date fact by fact.

Each fact keeps the time at which it was last said (FactAsOf). A message changes a fact only if it
was said at that time or later, so that messages may arrive in any order and end in the same record.
A fact that a message leaves out stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from imparts.design.dates import local
from imparts.gateway.hl7v2.adt import Times
from imparts.gateway.hl7v2.person import Name, Person
from imparts.gateway.hl7v2.said import DELETED, Said
from imparts.gateway.inbound.actions.as_of import written
from imparts.gateway.inbound.actions.matching import (
    Found,
    find,
    holder_of,
    is_same_person,
    is_test,
    nhs_number,
    own_numbers,
)
from imparts.gateway.inbound.actions.refusals import FIELD_MISSING, Did, NotNow, Refused
from imparts.gateway.inbound.models import FactAsOf, KnownSender
from imparts.people import actions as people
from imparts.people.actions import NhsNumber
from imparts.people.models import Patient

BY = "hospital record"
_NHS = "nhs_number"
_POSTCODE, _ETHNICITY = 8, 4  # the widths of their columns
_OLDEST = 150  # years: who is older was typed wrongly


@dataclass(frozen=True, slots=True)
class About:
    """Whom a message is about, once they are known here, and which of their facts it changed."""

    found: Found
    changed: tuple[str, ...] = ()
    is_new: bool = False

    @property
    def patient(self) -> Patient:
        """Their record."""
        return self.found.patient

    @property
    def person(self) -> Patient:
        """The record that theirs counts as: itself, or the one that it was merged into."""
        return self.found.patient.merged_into or self.found.patient

    @property
    def did(self) -> Did:
        """For the list of what a message did: which fields, never their values."""
        did = "registered" if self.is_new else "updated"
        return {"did": did, "patient": str(self.patient.pk), "fields": list(self.changed)}


def know(person: Person, *, sender: KnownSender, times: Times, at: datetime) -> About:
    """Find or register whom a message is about, and take over every fact that is not older."""
    numbers = own_numbers(person.numbers, sender=sender, where="PID-3")
    found = find(numbers, sender=sender, where="PID-3")
    if found is not None:
        return _bring_up_to_date(found, person, numbers, sender=sender, times=times, at=at)
    try:
        return _begin(person, numbers, sender=sender, times=times, at=at)
    except IntegrityError as twice:
        # A second message about the same new person, at the same moment, finds the number taken.
        raise NotNow(
            "Another message about this person was stored at this moment. Send it again.",
            where="PID-3",
        ) from twice


def _begin(
    person: Person, numbers: tuple[str, ...], *, sender: KnownSender, times: Times, at: datetime
) -> About:
    name, born_on = person.name, person.born_on
    if not isinstance(name, Name) or not (name.family and name.given):
        raise Refused(
            "Nobody is registered without a family name and a given name.", where="PID-5",
            error=FIELD_MISSING,
        )  # fmt: skip
    if not isinstance(born_on, date):
        raise Refused(
            "Nobody is registered without a whole date of birth.", where="PID-7",
            error=FIELD_MISSING,
        )  # fmt: skip
    facts = dict(_facts(person, times))
    _check(facts, today=local(at).date())
    nhs = nhs_number(person)
    holder = holder_of(nhs)
    if holder is not None and is_same_person(holder, name, born_on, sender=sender):
        people.change_from_record(
            patient=holder, details={}, more_hospital_numbers=numbers,
            issued_by=sender.organisation, by=BY, at=at,
        )  # fmt: skip
        found = find(numbers, sender=sender, where="PID-3")
        if found is None:
            raise ValueError("a number that was added is not found")
        found.remarks.append("Joined with the record that another organisation registered.")
        return _bring_up_to_date(found, person, numbers, sender=sender, times=times, at=at)
    remarks = list(_remarks(person))
    if nhs is not None:
        nhs = _checked(nhs, holder, remarks, test=is_test(sender))
    return _register(remarks, facts, numbers, nhs, sender=sender, times=times, at=at)


def _register(
    remarks: list[str], facts: dict[str, dict[str, Any]], numbers: tuple[str, ...],
    nhs: NhsNumber | None, *, sender: KnownSender, times: Times, at: datetime,
) -> About:  # fmt: skip
    details = {name: value for fact in facts.values() for name, value in fact.items()}
    patient = people.register_from_record(
        **{each: details.pop(each) for each in ("family_name", "given_name", "born_on")},
        hospital_numbers=numbers, issued_by=sender.organisation, nhs=nhs, by=BY, at=at,
        is_test=is_test(sender), details=details,
    )  # fmt: skip
    changed = (*facts, _NHS) if nhs else tuple(facts)
    told = {fact: written(times.said_at) for fact in changed}
    FactAsOf.objects.create(subject=FactAsOf.Subject.PATIENT, key=str(patient.pk), times=told)
    found = Found(patient, told, remarks=remarks)
    return About(found, changed, is_new=True)


def _bring_up_to_date(
    found: Found, person: Person, numbers: tuple[str, ...], *, sender: KnownSender, times: Times,
    at: datetime,
) -> About:  # fmt: skip
    said = written(times.said_at)
    facts = {
        fact: values
        for fact, values in _facts(person, times)
        if found.is_news(fact, said)
    }  # fmt: skip
    found.remarks += _remarks(person)
    nhs = nhs_number(person)
    if nhs is not None and not found.is_news(_NHS, said):
        nhs = None
    details, changed = _differences(found.patient, facts)
    new_nhs = _new_number(found, nhs) if nhs is not None else None
    more = [each for each in numbers if each not in found.found_by]
    if more and {"name", "born_on"} <= set(changed):
        raise Refused(
            "One of these numbers belongs to somebody of another name and another birth date.",
            where="PID-3",
        )
    if details or new_nhs or more:
        _check(facts, today=local(at).date(), patient=found.patient)
        people.change_from_record(
            patient=found.patient, details=details, nhs=new_nhs, more_hospital_numbers=more,
            issued_by=sender.organisation, by=BY, at=at,
        )  # fmt: skip
    found.was_said([*facts, *([_NHS] if nhs is not None else [])], said)
    if {"name", "born_on"} <= set(changed):
        found.remarks.append("Name and birth date both changed. Is it the same person?")
    return About(found, tuple(changed) + ((_NHS,) if new_nhs else ()))


def _facts(person: Person, times: Times) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is said, by the fact whose time is kept, as the columns that it fills."""
    if isinstance(person.name, Name) and person.name.family and person.name.given:
        yield "name", {"family_name": person.name.family, "given_name": person.name.given}
    if isinstance(person.born_on, date):
        yield "born_on", {"born_on": person.born_on}
    for fact, said, when_deleted in (
        ("known_as", person.known_as, ""),
        ("sex", person.sex, "not_known"),
        ("postcode", _short(person.postcode, _POSTCODE), ""),
        ("ethnicity", _short(person.ethnicity, _ETHNICITY), ""),
    ):
        if said is not None:
            yield fact, {fact: when_deleted if said is DELETED else said}
    yield from _death(person, times)


def _short(said: Said[str], length: int) -> Said[str]:
    """What fits; a longer one says nothing here, and a remark says that."""
    return None if isinstance(said, str) and len(said) > length else said


def _death(person: Person, times: Times) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(person.died_on, date) and person.is_dead is not False:
        yield "died_on", {"died_on": person.died_on}
    elif person.is_dead:
        # Somebody who has died must not be written to: a day that is too late is better than none.
        yield "died_on", {"died_on": local(times.happened_at).date()}
    elif person.is_dead is False or person.died_on is DELETED:
        yield "died_on", {"died_on": None}


def _remarks(person: Person) -> Iterator[str]:
    """What could not be taken over, in sentences that quote nothing."""
    if person.name is DELETED or person.born_on is DELETED:
        yield "A name or a birth date cannot be deleted; what was known stays."
    if isinstance(person.name, Name) and not (person.name.family and person.name.given):
        yield "Half a name is no name (PID-5); what was known stays."
    if person.is_born_inexactly:
        yield "PID-7 gives no whole date; what was known stays."
    if person.is_sex_unread:
        yield "The code in PID-8 is not known; what was known stays."
    if isinstance(person.postcode, str) and len(person.postcode) > _POSTCODE:
        yield "The postcode is longer than 8 characters and was not kept."
    if isinstance(person.ethnicity, str) and len(person.ethnicity) > _ETHNICITY:
        yield "The ethnic category in PID-22 is longer than 4 characters and was not kept."
    if person.is_dead and not isinstance(person.died_on, date):
        yield "The day of death was not given; the day of the message stands for it."


def _differences(
    patient: Patient, facts: dict[str, dict[str, Any]]
) -> tuple[dict[str, Any], list[str]]:
    details: dict[str, Any] = {}
    changed = []
    for fact, values in facts.items():
        new = {name: value for name, value in values.items() if getattr(patient, name) != value}
        if new:
            details |= new
            changed.append(fact)
    return details, changed


def _new_number(found: Found, nhs: NhsNumber) -> NhsNumber | None:
    """The NHS number where it says something new; None where it is held so already."""
    for value, verified, scheme in found.national:
        if value == nhs.value and (scheme == "doubtful" or verified == nhs.is_verified):
            return None
    holder = holder_of(nhs)
    other = holder if holder != found.patient else None
    said = _checked(nhs, other, found.remarks, test=found.patient.is_test)
    return None if (said.value, said.is_verified, "nhs") in found.national else said


def _checked(
    nhs: NhsNumber, holder: Patient | None, remarks: list[str], *, test: bool
) -> NhsNumber:
    """The number as far as it may be believed, with a remark where that is less than was said."""
    if not people.can_be_right(nhs.value, is_test=test):
        remarks.append("The NHS number cannot be right: it is shown as sent and never used.")
        return NhsNumber(nhs.value, False)
    if nhs.is_verified and holder is not None:
        remarks.append("Somebody else holds this NHS number as verified: it is kept unverified.")
        return NhsNumber(nhs.value, False)
    if not nhs.is_verified:
        remarks.append("The NHS number is not verified: it is kept, and matches nobody.")
    return nhs


def _check(
    facts: dict[str, dict[str, Any]], *, today: date, patient: Patient | None = None
) -> None:
    said = {name: value for fact in facts.values() for name, value in fact.items()}
    born_on = said.get("born_on", patient.born_on if patient else None)
    died_on = said.get("died_on", patient.died_on if patient else None)
    if born_on and (born_on > today or born_on.year < today.year - _OLDEST):
        raise Refused("The date of birth lies ahead, or too long ago.", where="PID-7")
    if died_on and died_on > today:
        raise Refused("The date of death lies ahead.", where="PID-29")
    if died_on and born_on and died_on < born_on:
        raise Refused("The date of death lies before that of birth.", where="PID-29")
