"""Condition: a diagnosis that somebody typed or that the hospital's record sent; never judged.

What is not known is not said: without a day there is no recordedDate of onset, without a code only
the words. Whether it is still active is not stored, so clinicalStatus is left out unless the row
was entered in error, where FHIR forbids it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import coding

Json = dict[str, Any]

KINDS_OF_CONDITION = "http://terminology.hl7.org/CodeSystem/condition-category"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
IN_ERROR = "entered-in-error"


@dataclass(frozen=True, slots=True)
class DiagnosisFacts:
    """One diagnosis."""

    id: str
    patient: str
    words: str
    recorded_at: datetime
    system: str = ""
    code: str = ""
    diagnosed_on: date | None = None
    is_withdrawn: bool = False
    asserted_by: str = ""


def condition_of(facts: DiagnosisFacts) -> Json:
    """One diagnosis as its source gave it."""
    is_coded = bool(facts.system and facts.code)
    codings = [coding(facts.system, facts.code, facts.words)] if is_coded else []
    standing = [coding(VERIFICATION, IN_ERROR)] if facts.is_withdrawn else []
    return filled(
        {
            "resourceType": "Condition",
            "id": facts.id,
            "verificationStatus": {"coding": standing} if standing else {},
            "category": [
                {
                    "coding": [
                        coding(KINDS_OF_CONDITION, "encounter-diagnosis", "Encounter Diagnosis")
                    ]
                }
            ],
            "code": filled({"coding": codings, "text": facts.words}),
            "subject": reference(facts.patient),
            "onsetDateTime": facts.diagnosed_on.isoformat() if facts.diagnosed_on else "",
            "recordedDate": facts.recorded_at.isoformat(timespec="seconds"),
            "asserter": {"display": facts.asserted_by} if facts.asserted_by else {},
        }
    )
