"""CarePlan: what the pathways suggested after one visit, as one plan with its steps as Tasks.

It is a proposal: a clinician decides about each step. The plan of a later visit replaces it; a
person who stepped out of the pathway has a revoked plan, with the reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses

Json = dict[str, Any]

TITLE = "What the pathways suggested after one visit"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The entry of one sitting."""

    id: str
    patient: str
    at: datetime
    pathways: tuple[str, ...]  # "depression_in_outpatients 1"
    tasks: tuple[str, ...]
    encounter: str = ""
    rests_on: tuple[str, ...] = ()
    stepped_out: str = ""
    is_withdrawn: bool = False

    @property
    def status(self) -> str:
        """How the plan stands."""
        if self.is_withdrawn:
            return "entered-in-error"
        return "revoked" if self.stepped_out else "active"


def care_plan_of(facts: PlanFacts, addresses: Addresses | None = None) -> Json:
    """The plan of one sitting."""
    addresses = addresses or Addresses()
    pathways = (name.rpartition(" ") for name in facts.pathways)
    return filled(
        {
            "resourceType": "CarePlan",
            "id": facts.id,
            "instantiatesUri": [
                f"{addresses.base}/PlanDefinition/{name}|{version}" for name, _, version in pathways
            ],
            "status": facts.status,
            "intent": "proposal",
            "category": [{"coding": [addresses.coding("plans", "pathway")], "text": "Pathway"}],
            "title": TITLE,
            "subject": reference(facts.patient),
            "encounter": reference(facts.encounter),
            "period": {"start": facts.at.isoformat(timespec="seconds")},
            "created": facts.at.isoformat(timespec="seconds"),
            "supportingInfo": [reference(one) for one in facts.rests_on],
            "activity": [{"reference": reference(one)} for one in facts.tasks],
            "note": _stepped_out(facts.stepped_out),
        }
    )


def _stepped_out(why: str) -> list[Json]:
    return [{"text": f"Stepped out of the pathway: {why}"}] if why else []
