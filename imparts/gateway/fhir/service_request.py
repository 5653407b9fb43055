"""ServiceRequest: a referral as FHIR has it: to whom, why, how soon, and how far it has come.

A draft is a draft. "Sent" is what a person said about paper or another system, and is active from
then on: what came of it on the other side is not known here, so nothing is ever "completed".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses

Json = dict[str, Any]

STATUSES = {"drafted": "draft", "sent": "active", "withdrawn": "revoked"}


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """One referral."""

    id: str
    patient: str
    state: str  # drafted, sent or withdrawn
    option: str
    to: str
    reason: str
    authored_at: datetime
    requester: str = ""  # by name: "Rheumatology, Fernhollow Hospitals"
    within: str = ""
    plan: str = ""
    rests_on: tuple[str, ...] = ()
    document: str = ""
    notes: tuple[str, ...] = ()


def service_request_of(facts: ReferralFacts, addresses: Addresses | None = None) -> Json:
    """One referral."""
    addresses = addresses or Addresses()
    within = [f"Asked for within {facts.within}."] if facts.within else []
    return filled(
        {
            "resourceType": "ServiceRequest",
            "id": facts.id,
            "status": STATUSES[facts.state],
            "intent": "order" if facts.state == "sent" else "proposal",
            "code": {"coding": [addresses.coding("options", facts.option)], "text": facts.to},
            "subject": reference(facts.patient),
            "basedOn": [reference(facts.plan)] if facts.plan else [],
            "authoredOn": facts.authored_at.isoformat(timespec="seconds"),
            "requester": {"display": facts.requester} if facts.requester else {},
            "performer": [{"display": facts.to}],
            "reasonCode": [{"text": facts.reason}] if facts.reason else [],
            "supportingInfo": [reference(one) for one in (*facts.rests_on, facts.document) if one],
            "note": [{"text": words} for words in (*within, *facts.notes)],
        }
    )
