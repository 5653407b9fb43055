"""Moods of the FHIR side: what real servers, and the proxies in front of them, have done."""

from enum import StrEnum

from imparts.gateway.pretend_record.fhir.outcomes import Json, outcome


class FhirMood(StrEnum):
    """What happens to the next requests to /fhir."""

    NORMAL = "normal"
    SLOW = "slow"
    LATE = "late"
    BUSY = "busy"
    TOO_MANY = "too-many"
    BROKEN = "broken"
    REFUSES = "refuses"
    CLOSED_DOOR = "closed-door"
    PROXY = "proxy"
    HANGS_UP = "hangs-up"
    SILENT = "silent"
    CUT_SHORT = "cut-short"
    GARBAGE = "garbage"
    WRONG_LOCATION = "wrong-location"


WORDS = {
    FhirMood.NORMAL: "Answers at once",
    FhirMood.SLOW: "Answers slowly",
    FhirMood.LATE: "Stores, answers too late",
    FhirMood.BUSY: "Busy (503)",
    FhirMood.TOO_MANY: "Too many requests (429)",
    FhirMood.BROKEN: "Broken (500)",
    FhirMood.REFUSES: "Refuses (422)",
    FhirMood.CLOSED_DOOR: "Wants a token (401)",
    FhirMood.PROXY: "A proxy's page (502)",
    FhirMood.HANGS_UP: "Hangs up, stores nothing",
    FhirMood.SILENT: "Stores, hangs up without an answer",
    FhirMood.CUT_SHORT: "Stores, hangs up in mid-answer",
    FhirMood.GARBAGE: "Stores, answers what is no JSON",
    FhirMood.WRONG_LOCATION: "Stores, answers an empty bundle",
}

# What is said instead of doing it: status, headers, and an OperationOutcome or a page.
_RETRY = (("Retry-After", "2"),)
INSTEAD: dict[FhirMood, tuple[int, tuple[tuple[str, str], ...], Json]] = {
    FhirMood.BUSY: (503, _RETRY, outcome("transient", "The record is busy. Try again later.")),
    FhirMood.TOO_MANY: (429, _RETRY, outcome("throttled", "Too many requests. Try again later.")),
    FhirMood.BROKEN: (500, (), outcome("exception", "Something went wrong here.")),
    FhirMood.REFUSES: (
        422, (), outcome("business-rule", "This record does not take that.", where="Bundle"),
    ),
}  # fmt: skip
PROXY_PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>"
EMPTY_BUNDLE: Json = {"resourceType": "Bundle", "type": "transaction-response", "entry": []}
STORES_NOTHING = (*INSTEAD, FhirMood.PROXY, FhirMood.HANGS_UP)
