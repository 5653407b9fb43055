"""Provenance: who and what made a response and its scores: whose answers, on what, with whose help.

It says what is stored and nothing more: where nobody said who helped, nobody is named. The version
of the questionnaire stands in it, so that a score can be worked out again from its own file.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses, coding

Json = dict[str, Any]

KINDS_OF_AGENT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
AUTHOR, ASSEMBLER, ENTERER = "author", "assembler", "enterer"


@dataclass(frozen=True, slots=True)
class Made:
    """How one response came to be."""

    response: str
    patient: str
    targets: tuple[str, ...]
    answered_at: datetime
    recorded_at: datetime
    questionnaire: str  # canonical, with its version
    device: str = ""  # the tablet, or the program that sent the answers in
    way: str = ""  # "on a tablet", "sent in by FHIR"
    helped_by: str = ""
    language: str = ""
    site: str = "imparts"


def provenance_of(made: Made, addresses: Addresses | None = None) -> Json:
    """Who and what made one response and its scores."""
    addresses = addresses or Addresses()
    return filled(
        {
            "resourceType": "Provenance",
            "id": made.response,
            "target": [reference(one) for one in made.targets],
            "occurredDateTime": made.answered_at.isoformat(timespec="seconds"),
            "recorded": made.recorded_at.isoformat(timespec="seconds"),
            "activity": {"text": _activity(made)},
            "agent": _agents(made, addresses),
            "entity": [{"role": "source", "what": {"display": made.questionnaire}}],
        }
    )


def _activity(made: Made) -> str:
    return ", ".join(part for part in (f"Answered {made.way}".strip(), made.language) if part)


def _agents(made: Made, addresses: Addresses) -> list[Json]:
    found = [_agent(AUTHOR, reference(made.patient))]
    if made.helped_by:
        found.append(_agent(ENTERER, {"display": f"Helped: {made.helped_by}"}))
    if made.device:
        device = {
            "identifier": {"system": addresses.system("devices"), "value": made.device},
            "type": "Device",
        }
        found.append(_agent(ASSEMBLER, device))
    return [*found, _agent(ASSEMBLER, {"display": made.site})]


def _agent(kind: str, who: Json) -> Json:
    return {"type": {"coding": [coding(KINDS_OF_AGENT, kind)]}, "who": who}
