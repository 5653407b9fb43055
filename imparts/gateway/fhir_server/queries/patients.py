"""Patients for the FHIR server: whom a reader may see, and what is known of each, and was."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from imparts.gateway.fhir.identifiers import Number
from imparts.gateway.fhir.patient import PatientFacts, patient_of
from imparts.gateway.fhir_server.parameters import Code
from imparts.gateway.fhir_server.queries.named import known_by
from imparts.gateway.fhir_server.registry import Json, Reader, Version
from imparts.organisations.models import Organisation
from imparts.people.models import Identifier, Patient, PatientVersion
from imparts.people.queries import patients_visible_to

_DOUBTFUL = Identifier.Scheme.DOUBTFUL  # a number that cannot be right leaves with no resource


def rows(reader: Reader) -> QuerySet[Patient]:
    """Patients whom a reader may see, and the records that were merged into them."""
    visible = patients_visible_to(reader.asking, on=reader.on)
    last = PatientVersion.objects.filter(patient=OuterRef("pk")).order_by("-number")
    return Patient.objects.filter(
        Exists(visible.filter(pk=OuterRef("pk")))
        | Exists(visible.filter(pk=OuterRef("merged_into_id")))
    ).annotate(
        _version=Subquery(last.values("number")[:1]),
        _stored=Subquery(last.values("at")[:1], output_field=DateTimeField()),
    )


def story_rows(reader: Reader) -> QuerySet[PatientVersion]:
    """Every version of everyone; the registry leaves those whom the reader may see."""
    return PatientVersion.objects.all()


def render(found: Sequence[Patient], reader: Reader) -> list[Json]:
    """Patients as resources; who survived a merge has the numbers of the merged records too."""
    merged = _merged_into([each.pk for each in found])
    numbers = _numbers([each.pk for each in found] + [pk for pks in merged.values() for pk in pks])
    made = []
    for each in found:
        records = (each.pk, *merged.get(each.pk, ()))
        known = [number for record in records for number in numbers[record]]
        # Everyone has a version; one that is missing would be a row that nobody's action wrote.
        version, at = str(each._version or 1), each._stored or reader.at
        made.append(patient_of(_facts(each.__dict__, version, at, known, records[1:])))
    return made


def render_story(found: Sequence[PatientVersion], reader: Reader) -> list[Version]:
    """Versions as they were; the numbers of merged records are only in what is current."""
    issuers = _codes(
        known["issued_by_id"] for each in found for known in each.facts.get("identifiers", ())
    )
    made = []
    for each in found:
        numbers = each.facts.get("identifiers", ())
        known = [_number(one, issuers) for one in numbers if one["scheme"] != _DOUBTFUL]
        facts = _facts(each.facts | {"id": each.patient_id}, str(each.number), each.at, known, ())
        method = "POST" if each.number == 1 else "PUT"
        made.append(Version(str(each.number), each.at, method, patient_of(facts)))
    return made


def with_number(asked: Code, reader: Reader) -> Q:
    """For rows of Patient: those who have a number, on their own record or on a merged one."""
    known = known_by(asked.system, asked.code)
    own = Exists(known.filter(patient=OuterRef("pk")))
    of_merged = Exists(known.filter(patient__merged_into=OuterRef("pk")))
    return Q(merged_into__isnull=True) & (Q(own) | Q(of_merged))


def _merged_into(found: Sequence[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    merged: dict[UUID, tuple[UUID, ...]] = {}
    pairs = Patient.objects.filter(merged_into__in=found).order_by("pk")
    for own, survivor in pairs.values_list("pk", "merged_into_id"):
        merged[survivor] = (*merged.get(survivor, ()), own)
    return merged


def _numbers(records: Sequence[UUID]) -> dict[UUID, list[Number]]:
    numbers: dict[UUID, list[Number]] = {pk: [] for pk in records}
    found = Identifier.objects.filter(patient__in=records).exclude(scheme=_DOUBTFUL)
    found = found.order_by("scheme", "id")
    for each in found.select_related("issued_by"):
        issuer = {each.issued_by_id: each.issued_by.code} if each.issued_by else {}
        numbers[each.patient_id].append(_number(each.__dict__, issuer))
    return numbers


def _codes(issuers: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {each for each in issuers if each is not None}
    return dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "code"))


def _number(known: Mapping[str, Any], issuers: Mapping[Any, str]) -> Number:
    issuer = known["issued_by_id"]
    return Number(
        known["scheme"], known["value"], is_verified=known["verified_at"] is not None,
        issuer=issuers.get(issuer, ""), issuer_id=str(issuer or ""),
    )  # fmt: skip


def _facts(
    known: Mapping[str, Any],
    version: str,
    at: datetime,
    numbers: Iterable[Number],
    replaces: Iterable[UUID],
) -> PatientFacts:
    return PatientFacts(
        id=str(known["id"]), version=version, stored_at=at,
        family_name=known["family_name"], given_name=known["given_name"],
        known_as=known["known_as"], born_on=_day(known["born_on"]), sex=known["sex"],
        language=known["language"], needs_interpreter=known["needs_interpreter"],
        ethnicity=known["ethnicity"], postcode=known["postcode"],
        died_on=_day(known["died_on"]) if known["died_on"] else None,
        practice=str(known["practice_id"] or ""), is_sensitive=known["is_sensitive"],
        is_test=known["is_test"], merged_into=str(known["merged_into_id"] or ""),
        replaces=tuple(str(each) for each in replaces), numbers=tuple(numbers),
    )  # fmt: skip


def _day(written: date | str) -> date:
    return date.fromisoformat(written) if isinstance(written, str) else written
