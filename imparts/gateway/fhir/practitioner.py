"""Practitioner and PractitionerRole: who works here, as what, where; never how to reach them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.identifiers import UK_CORE

Json = dict[str, Any]

PROFILE = f"{UK_CORE}/UKCore-Practitioner"
ROLE_PROFILE = f"{UK_CORE}/UKCore-PractitionerRole"


@dataclass(frozen=True, slots=True)
class PractitionerFacts:
    """One member of staff, by the name that colleagues and patients are shown."""

    id: str
    name: str
    family_name: str
    given_name: str
    job_title: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """One role of one member of staff at one service."""

    id: str
    practitioner: str
    service: str
    organisation: str
    role: str
    role_words: str
    from_on: date
    until_on: date | None
    is_active: bool


def practitioner_of(facts: PractitionerFacts) -> Json:
    """A member of staff as a Practitioner."""
    name = {
        "text": facts.name,
        "family": facts.family_name,
        "given": [facts.given_name] if facts.given_name else [],
    }
    titles = [{"code": {"text": facts.job_title}}] if facts.job_title else []
    return filled(
        {
            "resourceType": "Practitioner",
            "id": facts.id,
            "meta": {"profile": [PROFILE]},
            "active": facts.is_active,
            "name": [filled(name)],
            "qualification": titles,
        }
    )


def practitioner_role_of(facts: RoleFacts, addresses: Addresses | None = None) -> Json:
    """A role as a PractitionerRole."""
    role = (addresses or Addresses()).coding("roles", facts.role, facts.role_words)
    period = {
        "start": facts.from_on.isoformat(),
        "end": facts.until_on.isoformat() if facts.until_on else "",
    }
    return filled(
        {
            "resourceType": "PractitionerRole",
            "id": facts.id,
            "meta": {"profile": [ROLE_PROFILE]},
            "active": facts.is_active,
            "period": filled(period),
            "practitioner": reference(f"Practitioner/{facts.practitioner}"),
            "organization": reference(f"Organization/{facts.organisation}"),
            "code": [{"coding": [role], "text": facts.role_words}],
            "healthcareService": [reference(f"HealthcareService/{facts.service}")],
        }
    )
