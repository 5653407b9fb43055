"""Owed documents: the summary of a visit in words, where a destination keeps documents."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from imparts.informatics.questionnaires.actions.owed_to_record import Owed
from imparts.outbox.actions import owed
from imparts.outbox.destination import DOCUMENT
from imparts.outbox.models import Message
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.in_words import section_of
from imparts.rules.record.result_facts import ResultFacts


def documents_of(to: Owed, every: Sequence[ResultFacts]) -> list[Message]:
    """One document of the whole sitting for each destination that wants one, not yet stored."""
    if not every or not to.wants(DOCUMENT):
        return []
    first = every[0]
    facts = DocumentFacts(
        document_id=str(uuid4()), sitting_id=str(to.invitation.pk), patient=first.patient,
        service=first.service, organisation=first.organisation, completed_at=first.completed_at,
        sections=tuple(section_of(one) for one in every), appointment_id=first.appointment_id,
    )  # fmt: skip
    return owed(
        kind=DOCUMENT, patient=to.patient.pk, about=to.invitation.pk, facts=facts.to_json(),
        service=to.invitation.service_id, sitting=to.invitation.pk, at=to.at,
        among=to.destinations,
    )  # fmt: skip


def last_document(sitting: UUID) -> dict[str, DocumentFacts]:
    """The last document of a sitting that each destination is owed or has."""
    rows = Message.objects.filter(about=sitting, kind=DOCUMENT).order_by("id")
    return {row.destination: DocumentFacts.from_json(row.facts) for row in rows}


def in_place_of(document: DocumentFacts, **by_now: Any) -> DocumentFacts:
    """The document that takes the place of one, with what is said by now."""
    return replace(document, document_id=str(uuid4()), replaces=document.document_id, **by_now)


def withdrawn(document: DocumentFacts) -> DocumentFacts:
    """The document that takes the place of one that was filed to the wrong person."""
    return in_place_of(document, sections=(), is_withdrawn=True)
