"""Organization and HealthcareService: who provides care, and the clinical services they run."""

from dataclasses import dataclass
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses
from imparts.gateway.fhir.identifiers import ODS_CODE, UK_CORE

Json = dict[str, Any]

ORGANIZATION_PROFILE = f"{UK_CORE}/UKCore-Organization"
SERVICE_PROFILE = f"{UK_CORE}/UKCore-HealthcareService"


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """One organisation."""

    id: str
    code: str
    code_system: str  # "ods" for codes of the national directory; anything else is our own
    name: str
    kind: str
    kind_words: str
    is_open: bool
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One clinical service."""

    id: str
    code: str
    name: str
    site: str
    organisation: str
    organisation_code: str
    is_open: bool


def organization_of(facts: OrganizationFacts, addresses: Addresses | None = None) -> Json:
    """An organisation as an Organization."""
    addresses = addresses or Addresses()
    kind = addresses.coding("organisation-kinds", facts.kind, facts.kind_words)
    return filled(
        {
            "resourceType": "Organization",
            "id": facts.id,
            "meta": {"profile": [ORGANIZATION_PROFILE]},
            "identifier": [
                {
                    "system": organisation_system(facts.code_system, addresses),
                    "value": facts.code,
                }
            ],
            "active": facts.is_open,
            "type": [{"coding": [kind], "text": facts.kind_words}],
            "name": facts.name,
            "partOf": reference(f"Organization/{facts.part_of}" if facts.part_of else ""),
        }
    )


def organisation_system(code_system: str, addresses: Addresses | None = None) -> str:
    """The address of the codes by which an organisation is known."""
    if code_system == "ods":
        return ODS_CODE
    return (addresses or Addresses()).numbers(f"organisation/{code_system}")


def healthcare_service_of(facts: ServiceFacts, addresses: Addresses | None = None) -> Json:
    """A service as a HealthcareService."""
    return filled(
        {
            "resourceType": "HealthcareService",
            "id": facts.id,
            "meta": {"profile": [SERVICE_PROFILE]},
            "identifier": [
                {
                    "system": service_system(facts.organisation_code, addresses),
                    "value": facts.code,
                }
            ],
            "active": facts.is_open,
            "providedBy": reference(f"Organization/{facts.organisation}"),
            "name": facts.name,
            "comment": facts.site,
        }
    )


def service_system(organisation_code: str, addresses: Addresses | None = None) -> str:
    """The address of the codes that an organisation gives its services."""
    return (addresses or Addresses()).numbers(f"service/{organisation_code}")
