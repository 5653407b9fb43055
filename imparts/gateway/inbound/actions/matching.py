"""Matching: whose record a message is about; where that is not certain, nobody's.

Safety: hazard H2 (wrong patient). A record is found by the hospital number of the organisation that
sends, and by nothing else. One exception: a person whom only another organisation has registered
here is found by an NHS number that both call verified, together with birth date and whole name; the
sender's own number is then added. Anything less makes a record of its own, which staff can join.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from imparts.gateway.hl7v2.person import Name, Number, Person
from imparts.gateway.inbound.actions.refusals import FIELD_MISSING, NOT_KNOWN_HERE, Refused
from imparts.gateway.inbound.models import FactAsOf, KnownSender, NumberIssuer
from imparts.people.actions import NhsNumber
from imparts.people.models import Identifier, Patient

_OWN_TYPES = ("", "MR", "PI", "MRN", "HOSP", "PAS", "LR", "PT")  # table 0203, and what is about
_NHS_TYPES = ("NH", "NHS", "NHSNO", "NNGBR")
_LONGEST = 20  # the width of the column
_NHS_ISSUERS = ("NHS", "NHSNBR", "NHSNMBR")

# One statement, because it is asked of every message: the record, the times of its facts (both
# locked, so that two messages about one person are applied one after the other), its numbers.
_FIND = f"""
    select patient.*, known.value as found_by, told.times::text as times, (
        select coalesce(jsonb_agg(jsonb_build_array(
            national.value, national.verified_at is not null, national.scheme)), '[]')::text
        from {Identifier._meta.db_table} national
        where national.patient_id = patient.id and national.scheme in ('nhs', 'doubtful')
    ) as national
    from {Identifier._meta.db_table} known
    join {Patient._meta.db_table} patient on patient.id = known.patient_id
    join {FactAsOf._meta.db_table} told
        on told.subject = 'patient' and told.key = patient.id::text
    where known.scheme = 'hospital' and known.issued_by_id = %s and known.value = any(%s)
    order by patient.id
    for no key update of patient, told
"""
_MAKE_TIMES = f"""
    insert into {FactAsOf._meta.db_table} (subject, key, times)
    select 'patient', patient_id::text, '{{}}' from {Identifier._meta.db_table}
    where scheme = 'hospital' and issued_by_id = %s and value = any(%s)
    on conflict do nothing
"""


@dataclass(slots=True)
class Found:
    """The record that a message is about, and when each of its facts was last said."""

    patient: Patient
    times: dict[str, str]
    national: tuple[tuple[str, bool, str], ...] = ()
    found_by: frozenset[str] = frozenset()
    remarks: list[str] = field(default_factory=list)
    has_new_times: bool = False

    def is_news(self, fact: str, said_at: str) -> bool:
        """Was nothing newer said of a fact?"""
        return said_at >= self.times.get(fact, "")

    def was_said(self, facts: Iterable[str], said_at: str) -> None:
        """Keep in mind when these facts were said; stored once, when all of a message is done."""
        for fact in facts:
            if self.times.get(fact) != said_at:
                self.times[fact] = said_at
                self.has_new_times = True

    def store_times(self) -> None:
        """Store what was kept in mind."""
        if self.has_new_times:
            FactAsOf.objects.filter(
                subject=FactAsOf.Subject.PATIENT, key=str(self.patient.pk)
            ).update(times=self.times)


def own_numbers(numbers: Iterable[Number], *, sender: KnownSender, where: str) -> tuple[str, ...]:
    """The hospital numbers that the sending organisation itself issued, tidied of spaces."""
    own: dict[str, None] = {}
    strange: list[Number] = []
    for number in numbers:
        if number.type not in _OWN_TYPES or number.issuer.upper() in _NHS_ISSUERS:
            continue
        if _is_issuer(number.issuer, sender):
            own[_tidy(number.value)] = None
        else:
            strange.append(number)
    if not own and strange:
        _add_named_issuers(own, strange, sender)
    if not own and strange:
        raise Refused(
            "The number is of an issuer that is not known for this sender. If it is the hospital "
            "itself, add the issuer's name to the sender.",
            where=f"{where}.4", error=NOT_KNOWN_HERE,
        )  # fmt: skip
    if not own:
        raise Refused(
            "There is no hospital number of the sending hospital here.", where=where,
            error=FIELD_MISSING,
        )  # fmt: skip
    if any(len(number) > _LONGEST for number in own):
        raise Refused(
            f"A hospital number is longer than {_LONGEST} characters.", where=f"{where}.1"
        )
    return tuple(own)


def nhs_number(person: Person) -> NhsNumber | None:
    """The NHS number of a message; two different ones are none, nor is one beyond all length."""
    said = {
        _tidy(each.value)
        for each in person.numbers
        if each.type in _NHS_TYPES or each.issuer.upper() in _NHS_ISSUERS
    }
    only = said.pop() if len(said) == 1 else ""
    if not 0 < len(only) <= _LONGEST:
        return None
    return NhsNumber(only, person.is_nhs_number_verified)


def find(numbers: tuple[str, ...], *, sender: KnownSender, where: str) -> Found | None:
    """The record of these numbers, locked; refused where they are of two people."""
    asked = [sender.organisation_id, list(numbers)]
    rows = list(Patient.objects.raw(_FIND, asked))
    if len(rows) < len(numbers):
        rows = _found_without_times(asked) or rows
    if not rows:
        return None
    if len({row.pk for row in rows}) > 1:
        raise Refused("These numbers belong to two records here. Merge them first.", where=where)
    first = rows[0]
    found = Found(
        patient=first,
        times=json.loads(first.times),
        national=tuple((value, verified, s) for value, verified, s in json.loads(first.national)),
        found_by=frozenset(row.found_by for row in rows),
    )
    if found.patient.is_test != is_test(sender):
        raise Refused(
            "A test sender may write about test patients only, and nobody else about them.",
            where="MSH-11",
        )
    if found.patient.merged_into_id:
        found.remarks.append("This number's record was merged into another; only it was changed.")
    return found


def holder_of(nhs: NhsNumber | None) -> Patient | None:
    """Who holds an NHS number as verified, where the message too calls it so."""
    if nhs is None or not nhs.is_verified:
        return None
    held = Identifier.objects.filter(
        scheme=Identifier.Scheme.NHS, value=nhs.value, verified_at__isnull=False
    )
    found = held.select_related("patient").first()
    return found.patient if found else None


def is_same_person(holder: Patient, name: Name, born_on: date, *, sender: KnownSender) -> bool:
    """Has another organisation registered this very person: birth date and whole name agree?

    Somebody of whom the sender has a number already is known under that one, and under no other.
    """
    if holder.merged_into_id or holder.is_test != is_test(sender):
        return False
    if holder.born_on != born_on or not _same_name(name, holder):
        return False
    has_own = holder.identifiers.filter(
        scheme=Identifier.Scheme.HOSPITAL, issued_by=sender.organisation_id
    )
    return not has_own.exists()


def is_test(sender: KnownSender) -> bool:
    """Does this sender write about test patients only?"""
    return sender.processing == KnownSender.Processing.TEST


def _found_without_times(asked: list[object]) -> list[Patient]:
    """Someone known here already, of whom the record speaks for the first time."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE_TIMES, asked)
        is_known = cursor.rowcount > 0
    return list(Patient.objects.raw(_FIND, asked)) if is_known else []


def _same_name(name: Name, patient: Patient) -> bool:
    said = (name.family.casefold().strip(), name.given.casefold().strip())
    return said == (patient.family_name.casefold(), patient.given_name.casefold())


def _is_issuer(issuer: str, sender: KnownSender) -> bool:
    names = ("", sender.organisation.code, sender.application, sender.facility)
    return issuer.upper() in {name.upper() for name in names}


def _add_named_issuers(own: dict[str, None], strange: list[Number], sender: KnownSender) -> None:
    rows = NumberIssuer.objects.filter(organisation=sender.organisation_id)
    names = {name.upper() for name in rows.values_list("name", flat=True)}
    own.update((_tidy(each.value), None) for each in strange if each.issuer.upper() in names)


def _tidy(number: str) -> str:
    return number.replace(" ", "")
