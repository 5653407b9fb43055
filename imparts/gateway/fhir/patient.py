"""Patient: who somebody is, by the UK Core profile, and what became of a record that was merged.

Sex is the administrative one. Gender and pronouns are kept apart and are not derived from it; they
leave with no resource yet. A merged record is inactive and names the record that replaced it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses, coding
from imparts.gateway.fhir.identifiers import UK_CORE, Number, identifier

Json = dict[str, Any]

PROFILE = f"{UK_CORE}/UKCore-Patient"
ETHNIC_CATEGORY = f"{UK_CORE}/Extension-UKCore-EthnicCategory"
ETHNICITY = "https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
REASONS = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
LANGUAGES = "urn:ietf:bcp:47"
INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
GENDERS = {"female": "female", "male": "male", "indeterminate": "other", "not_known": "unknown"}


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What is known of one person."""

    id: str
    version: str
    stored_at: datetime
    family_name: str
    given_name: str
    born_on: date
    known_as: str = ""
    sex: str = "not_known"
    language: str = ""
    needs_interpreter: bool = False
    ethnicity: str = ""
    postcode: str = ""
    died_on: date | None = None
    practice: str = ""
    is_sensitive: bool = False
    is_test: bool = False
    merged_into: str = ""
    replaces: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()


def patient_of(facts: PatientFacts, *, addresses: Addresses | None = None) -> Json:
    """One person as a Patient."""
    return filled(
        {
            "resourceType": "Patient",
            "id": facts.id,
            "meta": meta(facts.version, facts.stored_at, profile=PROFILE)
            | filled({"security": list(_labels(facts))}),
            "extension": list(_extensions(facts)),
            "identifier": [identifier(each, addresses) for each in facts.numbers],
            "active": not facts.merged_into,
            "name": list(_names(facts)),
            "gender": GENDERS[facts.sex],
            "birthDate": facts.born_on.isoformat(),
            "deceasedDateTime": facts.died_on.isoformat() if facts.died_on else "",
            "address": [{"use": "home", "postalCode": facts.postcode}] if facts.postcode else [],
            "communication": [_language(facts)] if facts.language else [],
            "generalPractitioner": [reference(f"Organization/{facts.practice}")]
            if facts.practice
            else [],
            "link": list(_links(facts)),
        }
    )


def meta(version: str, stored_at: datetime | None = None, *, profile: str = "") -> Json:
    """What is known about the resource itself: its version, and when we stored that."""
    return filled(
        {
            "versionId": version,
            "lastUpdated": instant(stored_at) if stored_at else "",
            "profile": [profile] if profile else [],
        }
    )


def instant(moment: datetime) -> str:
    """A moment as FHIR's instant."""
    return moment.isoformat(timespec="milliseconds")


def _labels(facts: PatientFacts) -> Iterator[Json]:
    if facts.is_sensitive:
        yield coding(CONFIDENTIALITY, "R", "restricted")
    if facts.is_test:
        yield coding(REASONS, "HTEST", "test health data")


def _extensions(facts: PatientFacts) -> Iterator[Json]:
    if facts.ethnicity:
        yield {
            "url": ETHNIC_CATEGORY,
            "valueCodeableConcept": {"coding": [coding(ETHNICITY, facts.ethnicity)]},
        }
    if facts.needs_interpreter:
        yield {"url": INTERPRETER, "valueBoolean": True}


def _names(facts: PatientFacts) -> Iterator[Json]:
    yield {"use": "official", "family": facts.family_name, "given": [facts.given_name]}
    if facts.known_as and facts.known_as != facts.given_name:
        yield {"use": "nickname", "given": [facts.known_as]}


def _language(facts: PatientFacts) -> Json:
    return {"language": {"coding": [coding(LANGUAGES, facts.language)]}, "preferred": True}


def _links(facts: PatientFacts) -> Iterator[Json]:
    if facts.merged_into:
        other = reference(f"Patient/{facts.merged_into}")
        yield {"other": other, "type": "replaced-by"}
    for each in facts.replaces:
        yield {"other": reference(f"Patient/{each}"), "type": "replaces"}
