"""Identifiers: the numbers by which people and organisations are known, with their systems.

The system of CHI numbers is the one that HL7 UK's implementers list (an OID of the Information
Standards Board). For Health and Care numbers no published address was found here, so ours is under
our own base: a local choice. A hospital's numbers are told apart by the code of who issues them.
"""

from dataclasses import dataclass
from typing import Any

from imparts.gateway.fhir.addresses import Addresses, coding

Json = dict[str, Any]

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
CHI_NUMBER = "urn:oid:2.16.840.1.113883.2.1.3.2.4.16.53"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition"
VERIFICATION_STATUS = f"{UK_CORE}/Extension-UKCore-NHSNumberVerificationStatus"
_VERIFICATION = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
_STATUS = {
    True: ("01", "Number present and verified"),
    False: ("02", "Number present but not traced"),
}


@dataclass(frozen=True, slots=True)
class Number:
    """One number of one person."""

    scheme: str  # nhs, chi, hcn or hospital
    value: str
    is_verified: bool = False
    issuer: str = ""  # the code of the organisation whose number it is
    issuer_id: str = ""


def system_of(scheme: str, issuer: str = "", addresses: Addresses | None = None) -> str:
    """The address that says which numbers these are."""
    ours = (addresses or Addresses()).numbers
    fixed = {"nhs": NHS_NUMBER, "chi": CHI_NUMBER, "hcn": ours("health-and-care-number")}
    return fixed.get(scheme) or ours(f"hospital-number/{issuer}")


def scheme_of(system: str, addresses: Addresses | None = None) -> tuple[str, str] | None:
    """The scheme and the issuer's code that an address means; None for one that is not known."""
    for scheme in ("nhs", "chi", "hcn"):
        if system == system_of(scheme, addresses=addresses):
            return scheme, ""
    hospitals = system_of("hospital", "", addresses)
    return ("hospital", system.removeprefix(hospitals)) if system.startswith(hospitals) else None


def identifier(number: Number, addresses: Addresses | None = None) -> Json:
    """One number as FHIR writes it; an NHS number says whether it was verified."""
    made: Json = {
        "system": system_of(number.scheme, number.issuer, addresses),
        "value": number.value,
    }
    if number.scheme == "nhs":
        code, words = _STATUS[number.is_verified]
        status: Json = {"coding": [coding(_VERIFICATION, code, words)]}
        extension: Json = {
            "url": VERIFICATION_STATUS,
            "valueCodeableConcept": status,
        }
        return {"extension": [extension], **made}
    if number.scheme == "hospital":
        kind: Json = {"coding": [coding(IDENTIFIER_TYPES, "MR", "Medical record number")]}
        made = {"type": kind, **made}
        if number.issuer_id:
            made["assigner"] = {"reference": f"Organization/{number.issuer_id}"}
    return made
