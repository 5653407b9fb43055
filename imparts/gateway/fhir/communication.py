"""Communication: what went out to a person or a practice: a letter marked as sent, words on a page.

A letter counts as sent because a member of staff said so; how it went is what they said. What the
patient was told is the text that stood before them, word for word.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imparts.gateway.fhir.about import filled, reference
from imparts.gateway.fhir.addresses import Addresses

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CommunicationFacts:
    """One thing that was told or sent."""

    id: str
    patient: str
    sent_at: datetime
    kind: str  # letter, told
    kind_words: str
    words: str = ""
    document: str = ""
    to: str = ""
    how: str = ""
    how_words: str = ""
    about: tuple[str, ...] = ()
    sender: str = ""


def communication_of(facts: CommunicationFacts, addresses: Addresses | None = None) -> Json:
    """One thing that was told or sent."""
    addresses = addresses or Addresses()
    payload: list[Json] = [{"contentString": facts.words}] if facts.words else []
    if facts.document:
        payload.append({"contentReference": reference(facts.document)})
    kind = addresses.coding("communications", facts.kind, facts.kind_words)
    medium = addresses.coding("ways-of-sending", facts.how) if facts.how else {}
    told = reference(facts.patient) if facts.kind == "told" else {"display": facts.to}
    return filled(
        {
            "resourceType": "Communication",
            "id": facts.id,
            "status": "completed",
            "category": [{"coding": [kind], "text": facts.kind_words}],
            "medium": [{"coding": [medium], "text": facts.how_words}] if medium else [],
            "subject": reference(facts.patient),
            "about": [reference(one) for one in facts.about],
            "sent": facts.sent_at.isoformat(timespec="seconds"),
            "recipient": [told],
            "sender": {"display": facts.sender} if facts.sender else {},
            "payload": payload,
        }
    )
