"""Statement: what this server can do (CapabilityStatement)."""

from imparts.gateway.pretend_record.fhir.outcomes import Json
from imparts.gateway.pretend_record.fhir.searching import KNOWN
from imparts.gateway.pretend_record.fhir.writing import READ_ONLY, TYPES

_KINDS = {
    "identifier": "token", "active": "token", "status": "token", "gender": "token",
    "class": "token", "code": "token", "type": "token", "category": "token", "_id": "token",
    "_tag": "token",
    "family": "string", "given": "string", "name": "string", "birthdate": "date", "date": "date",
    "authored": "date", "_lastUpdated": "date", "questionnaire": "uri",
}  # fmt: skip
_SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"


def statement(base: str, *, at: str) -> Json:
    """The CapabilityStatement of the server at this address."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": at,
        "kind": "instance",
        "software": {"name": "Pretend hospital record"},
        "implementation": {"description": "Everything here is invented.", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "security": _security(),
                "resource": [_resource(kind) for kind in TYPES],
                "interaction": [{"code": "transaction"}, {"code": "batch"}],
            }
        ],
    }


def _security() -> Json:
    """That it is SMART; where its tokens come from is said in .well-known/smart-configuration."""
    return {"service": [{"coding": [{"system": _SECURITY, "code": "SMART-on-FHIR"}]}]}


def _resource(kind: str) -> Json:
    may = ["read", "vread", "search-type"]
    writes = [] if kind in READ_ONLY else ["create", "update"]
    return {
        "type": kind,
        "versioning": "versioned-update",
        "readHistory": False,
        "updateCreate": False,
        "conditionalCreate": bool(writes),
        "conditionalUpdate": bool(writes),
        "interaction": [{"code": code} for code in (*may, *writes)],
        "searchParam": [{"name": name, "type": _KINDS.get(name, "reference")} for name in KNOWN],
    }
