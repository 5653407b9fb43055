"""Documents: the PDF of a visit's summary, drawn by typst as letters are."""

import logging
from datetime import datetime
from pathlib import Path

from imparts.design.pdf import NoPdf, pdf_of
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.document_words import words_of

DRAWING = Path(__file__).with_name("document.typ")
_log = logging.getLogger("imparts.gateway")


def drawn(facts: DocumentFacts, *, at: datetime) -> bytes:
    """The tagged PDF; nothing where it cannot be drawn, and the document then goes as text alone.

    The record must have the words, whatever stands in the way of the picture of them.
    """
    document_id = facts.document_id
    try:
        return pdf_of(DRAWING, words_of(facts).for_pdf(), at=at)
    except NoPdf:
        _log.warning("document %s goes as text alone: no PDF can be drawn", document_id)
        return b""
