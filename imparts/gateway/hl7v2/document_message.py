"""The document message: a visit's summary as MDM of HL7 version 2.5.1, as text and as PDF.

MSH, EVN, PID, PV1, TXA, then one OBX with the text, a line a repetition (that is what repetitions
of TX mean), and one with the PDF in base64 (ED), where there is one.

Choices, each to be agreed with the hospital that receives them:

- A new document is MDM^T02. One that was put right is MDM^T10, replacement, with an id of its own
  and the earlier one in TXA-13: the earlier one had been available for care. T08, edit, is for a
  document that was not, and T11, cancel, too (HL7 2.5.1, chapter 9). So a document that was filed
  to the wrong person is replaced by one that says so, without naming anybody else.
- TXA-17 is DO (documented: nobody has signed it), TXA-19 AV (available for care). TXA-2 is CN,
  consultation, unless a mapping says otherwise: local choice.
- TXA-12 is our id of the document, stable across resends.
"""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime

from imparts.gateway.hl7v2.drafts import OUR_CODES
from imparts.gateway.hl7v2.mapped import mapped
from imparts.gateway.hl7v2.message import Given, Message, Segment, segment, write_message
from imparts.gateway.hl7v2.moments import moment
from imparts.gateway.hl7v2.whose import (
    SENDER,
    About,
    header_of,
    patient_of,
    visit_of,
)
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.document_words import words_of

STRUCTURE = "MDM_T02"  # of T02 and of T10
NEW, REPLACEMENT = "T02", "T10"
KIND = "CN"


def write_document(
    facts: DocumentFacts,
    *,
    control_id: str,
    made_at: datetime,
    processing: str = "P",
    pdf: bytes = b"",
) -> str:
    """The message; without `pdf` it holds the text alone."""
    about, event = About.of(facts), REPLACEMENT if facts.replaces else NEW
    message = Message(
        (
            header_of(about, ("MDM", event, STRUCTURE), control_id, made_at, processing),
            segment("EVN", {1: event, 2: moment(made_at)}),
            patient_of(about),
            visit_of(about),
            _document(facts, has_pdf=bool(pdf)),
            *_contents(facts, pdf),
        )
    )
    return write_message(mapped(message, facts.mapping))


def _document(facts: DocumentFacts, *, has_pdf: bool) -> Segment:
    fields: dict[int, Given] = {
        1: "1",
        2: facts.mapping.document_type or KIND,
        3: "TX",
        4: moment(facts.completed_at),
        6: moment(facts.completed_at),
        12: (facts.document_id, SENDER),
        17: "DO",
        19: "AV",
    }
    if facts.replaces:
        fields[13] = (facts.replaces, SENDER)
    if has_pdf:
        fields[16] = f"{facts.document_id}.pdf"
    return segment("TXA", fields)


def _contents(facts: DocumentFacts, pdf: bytes) -> Iterator[Segment]:
    status = "C" if facts.replaces else "F"
    words = words_of(facts)
    text: dict[int, Given] = {
        1: "1",
        2: "TX",
        3: ("visit.summary", words.title, OUR_CODES),
        5: list(words.lines),
        11: status,
    }
    yield segment("OBX", text)
    if pdf:
        drawn = (SENDER, "AP", "PDF", "Base64", b64encode(pdf).decode())
        yield segment(
            "OBX",
            {1: "2", 2: "ED", 3: ("visit.pdf", words.title, OUR_CODES), 5: drawn, 11: status},
        )
