"""Flag: an alert as FHIR has it: what was answered, and what a person must do about it.

Never a grade of risk. A flag is active from when the alert was raised until a person closed it;
of answers that were filed to the wrong person it is entered in error.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses, coding

Json = dict[str, Any]

KINDS_OF_FLAG = "http://terminology.hl7.org/CodeSystem/flag-category"
ACTIVE, INACTIVE, IN_ERROR = "active", "inactive", "entered-in-error"


@dataclass(frozen=True, slots=True)
class FlagFacts:
    """One alert."""

    id: str
    patient: str
    code: str  # the question: "phq9.q9"
    words: str  # "Item 9: several days. Talk with the patient before they leave."
    tier: str  # A: a person must act now; B: in the worklist; C: for information
    tier_words: str
    raised_at: datetime
    closed_at: datetime | None = None
    is_in_error: bool = False
    encounter: str = ""

    @property
    def status(self) -> str:
        """How the alert stands, by its story."""
        if self.is_in_error:
            return IN_ERROR
        return ACTIVE if self.closed_at is None else INACTIVE


def flag_of(facts: FlagFacts, addresses: Addresses | None = None) -> Json:
    """One alert."""
    addresses = addresses or Addresses()
    tier = addresses.coding("alert-tiers", facts.tier, facts.tier_words)
    period = {
        "start": facts.raised_at.isoformat(timespec="seconds"),
        "end": facts.closed_at.isoformat(timespec="seconds") if facts.closed_at else "",
    }
    return filled(
        {
            "resourceType": "Flag",
            "id": facts.id,
            "status": facts.status,
            "category": [
                {"coding": [coding(KINDS_OF_FLAG, "clinical", "Clinical")]},
                {"coding": [tier], "text": facts.tier_words},
            ],
            "code": {"coding": [addresses.coding("items", facts.code)], "text": facts.words},
            "subject": reference(facts.patient),
            "period": filled(period),
            "encounter": reference(facts.encounter),
        }
    )
