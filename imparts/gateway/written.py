"""Written: the text of one owed message, as its destination wants it.

The text is made once, from the stored facts, the moment from which it is owed and the mapping that
stands then; it is kept, and every resend is the same to the letter.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from imparts.gateway.documents import drawn
from imparts.gateway.fhir.sending import document_transaction, flag_transaction, transaction
from imparts.gateway.hl7v2.document_message import write_document
from imparts.gateway.hl7v2.result_message import write_result
from imparts.outbox.destination import ALERT, DOCUMENT, Destination
from imparts.rules.record import invented
from imparts.rules.record.applying import apply, apply_to_document
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.mapping import AS_IT_IS, DestinationMapping, MappingRefused
from imparts.rules.record.mapping_reading import read_mapping
from imparts.rules.record.result_facts import ResultFacts

if TYPE_CHECKING:
    from imparts.outbox.models import Message


def as_hl7(message: "Message", destination: Destination, *, processing: str = "P") -> str:
    """ORU^R01 of a result, MDM of a document; FactsRefused or MessageRefused where it cannot be."""
    mapping = mapping_of(destination.mapping)
    if message.kind == DOCUMENT:
        document = apply_to_document(DocumentFacts.from_json(message.facts), mapping)
        return write_document(
            document, control_id=message.control_id, made_at=message.created_at,
            processing=processing, pdf=drawn(document, at=message.created_at),
        )  # fmt: skip
    return write_result(
        apply(ResultFacts.from_json(message.facts), mapping), control_id=message.control_id,
        made_at=message.created_at, processing=processing,
    )  # fmt: skip


def as_fhir(message: "Message", destination: Destination) -> str:
    """A transaction of a result or of a document; FactsRefused where it cannot be."""
    mapping = mapping_of(destination.mapping)
    if message.kind == DOCUMENT:
        document = apply_to_document(DocumentFacts.from_json(message.facts), mapping)
        pdf = drawn(document, at=message.created_at)
        return as_text(document_transaction(document, pdf=pdf))
    facts = apply(ResultFacts.from_json(message.facts), mapping)
    return as_text(flag_transaction(facts) if message.kind == ALERT else transaction(facts))


def invented_as_hl7(
    facts: ResultFacts,
    mapping: DestinationMapping,
    *,
    sends: str,
    control_id: str,
    processing: str = "P",
) -> str:
    """What a destination that wants oru or mdm is sent of nobody: to see it, or to try it out."""
    if sends == "mdm":
        document = invented.a_document(organisation=facts.organisation.code)
        return write_document(
            apply_to_document(document, mapping), control_id=control_id, made_at=invented.AT,
            processing=processing,
        )  # fmt: skip
    return write_result(
        apply(facts, mapping), control_id=control_id, made_at=invented.AT, processing=processing
    )


def mapping_of(stored: Mapping[str, Any]) -> DestinationMapping:
    """The mapping of a destination; one that cannot be used holds its messages back, by name."""
    if not stored:
        return AS_IT_IS
    try:
        return read_mapping(dict(stored))
    except MappingRefused as wrong:
        raise FactsRefused(f"the mapping of this destination cannot be used: {wrong}") from None


def as_text(resource: dict[str, Any]) -> str:
    """A resource as it is posted; the same resource gives the same text."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":"))
