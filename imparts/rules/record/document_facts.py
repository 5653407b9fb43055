"""The facts of one document: a visit's summary in words, for records that keep documents.

Everything is in words already, so that text, PDF and FHIR say the same. Stored in the outbox when
the answers are sent, and only where a destination wants documents.

A document that was put right is a new one with an id of its own, which names the one it replaces:
the first had been available to whoever looked (HL7 v2 chapter 9, event T10; event T08 edits one
that was not available yet). One that was filed to the wrong person is replaced too, by one that
says so and nothing else. The standard keeps event T11 for documents that were not yet available.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from imparts.rules.record.json_facts import (
    FactsRefused,
    flag,
    many,
    moment,
    part,
    plain,
    read,
    text,
)
from imparts.rules.record.mapping import AS_IT_IS, DestinationMapping
from imparts.rules.record.result_facts import (
    PatientFacts,
    PlaceFacts,
    patient_to_json,
    read_patient,
)

VERSION = 1
TITLE = "Questionnaires answered by the patient"


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """One result in words: its heading, what it comes to, and the answers under it."""

    heading: str
    result: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document, whole. `document_id` stays the same however often it is sent."""

    document_id: str
    sitting_id: str
    patient: PatientFacts
    service: PlaceFacts
    organisation: PlaceFacts
    completed_at: datetime
    sections: tuple[SectionFacts, ...]
    notes: str = ""
    appointment_id: str = ""
    replaces: str = ""
    is_withdrawn: bool = False
    mapping: DestinationMapping = field(default=AS_IT_IS, compare=False)

    def __post_init__(self) -> None:
        if self.completed_at.tzinfo is None:
            raise FactsRefused("completed_at has no time zone")
        if self.is_withdrawn and (self.sections or not self.replaces):
            raise FactsRefused("a document that is withdrawn says nothing and names the one before")

    def to_json(self) -> dict[str, Any]:
        """The facts as plain JSON values, for the outbox."""
        return {
            "document_version": VERSION,
            "document_id": self.document_id,
            "sitting_id": self.sitting_id,
            "patient": patient_to_json(self.patient),
            "service": plain(self.service),
            "organisation": plain(self.organisation),
            "completed_at": self.completed_at.isoformat(),
            "sections": [plain(one) for one in self.sections],
            "notes": self.notes,
            "appointment_id": self.appointment_id,
            "replaces": self.replaces,
            "is_withdrawn": self.is_withdrawn,
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "DocumentFacts":
        """Read stored facts back; FactsRefused says which fact is missing or wrong."""
        if facts.get("document_version") != VERSION:
            raise FactsRefused(f"document_version is not {VERSION}, which this program reads")
        return cls(
            document_id=text(facts, "document_id"),
            sitting_id=text(facts, "sitting_id"),
            patient=read_patient(part(facts, "patient")),
            service=read(PlaceFacts, part(facts, "service")),
            organisation=read(PlaceFacts, part(facts, "organisation")),
            completed_at=moment(facts, "completed_at"),
            sections=tuple(read(SectionFacts, one) for one in many(facts, "sections")),
            notes=text(facts, "notes"),
            appointment_id=text(facts, "appointment_id"),
            replaces=text(facts, "replaces"),
            is_withdrawn=flag(facts, "is_withdrawn"),
        )
