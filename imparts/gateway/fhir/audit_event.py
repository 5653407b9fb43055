"""AuditEvent: one row of the audit: who did what, when, about whom, and why they might.

The audit names people by user name and things by kind and id; nothing of what was answered is in
it, so nothing of that can be read here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses, coding

Json = dict[str, Any]

KINDS_OF_EVENT = "http://terminology.hl7.org/CodeSystem/audit-event-type"
OBJECT_ROLES = "http://terminology.hl7.org/CodeSystem/object-role"
LOOKS = ("saw", "looked", "opened", "searched", "read", "took", "printed", "exported")


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """One row."""

    id: str
    at: datetime
    who: str
    did: str
    patient: str = ""
    about: str = ""
    why: str = ""
    site: str = "imparts"

    @property
    def action(self) -> str:
        """R for a look; C, U and D are not told apart in our audit, so else E, for "done"."""
        return "R" if self.did.split(" ")[0] in LOOKS else "E"


def audit_event_of(facts: AuditFacts, addresses: Addresses | None = None) -> Json:
    """One row of the audit."""
    addresses = addresses or Addresses()
    who: Json = {"identifier": {"system": addresses.system("users"), "value": facts.who}}
    if facts.who == "patient" and facts.patient:
        who = reference(facts.patient)
    return filled(
        {
            "resourceType": "AuditEvent",
            "id": facts.id,
            "type": coding(KINDS_OF_EVENT, "rest", "RESTful Operation"),
            "subtype": [addresses.coding("audit", _code(facts.did), facts.did)],
            "action": facts.action,
            "recorded": facts.at.isoformat(timespec="seconds"),
            "outcome": "0",
            "purposeOfEvent": [{"text": facts.why}] if facts.why else [],
            "agent": [{"who": who, "requestor": True}],
            "source": {"observer": {"display": facts.site}},
            "entity": list(_entities(facts)),
        }
    )


def _entities(facts: AuditFacts) -> list[Json]:
    found: list[Json] = []
    if facts.patient:
        role = coding(OBJECT_ROLES, "1", "Patient")
        found.append({"what": reference(facts.patient), "role": role})
    if facts.about:
        found.append({"description": facts.about})
    return found


def _code(did: str) -> str:
    return "-".join(did.lower().split())
