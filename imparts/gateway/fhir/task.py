"""Task: one step that a pathway suggested after a visit, and what a person decided about it.

Nothing is done by itself: a suggested step is "requested" until somebody decides. "Not now" is
on hold, with its reason, because the same step can still be taken. A decision that was taken back
leaves the step as if nobody had decided.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses

Json = dict[str, Any]

STATUSES = {"": "requested", "done": "completed", "not_now": "on-hold"}


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One suggested step with its last decision."""

    id: str
    plan: str
    patient: str
    code: str
    verb_first: str
    text: str
    reason: str  # why it was suggested
    source: str
    suggested_at: datetime
    decision: str = ""
    why_not: str = ""
    decided_at: datetime | None = None
    focus: str = ""
    encounter: str = ""
    is_withdrawn: bool = False


def task_of(facts: StepFacts, addresses: Addresses | None = None) -> Json:
    """One step."""
    addresses = addresses or Addresses()
    status = "entered-in-error" if facts.is_withdrawn else STATUSES[facts.decision]
    changed = facts.decided_at or facts.suggested_at
    return filled(
        {
            "resourceType": "Task",
            "id": facts.id,
            "status": status,
            "statusReason": {"text": facts.why_not} if facts.why_not else {},
            "intent": "proposal",
            "code": {
                "coding": [addresses.coding("pathway-steps", facts.code)],
                "text": facts.verb_first,
            },
            "description": facts.text,
            "basedOn": [reference(facts.plan)],
            "focus": reference(facts.focus),
            "for": reference(facts.patient),
            "encounter": reference(facts.encounter),
            "authoredOn": facts.suggested_at.isoformat(timespec="seconds"),
            "lastModified": changed.isoformat(timespec="seconds"),
            "reasonCode": {"text": facts.reason} if facts.reason else {},
            "note": [{"text": f"Source: {facts.source}"}] if facts.source else [],
        }
    )
