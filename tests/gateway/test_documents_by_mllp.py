"""Documents, corrections and withdrawals reach a receiver of HL7 v2 as they were written (H5)."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from imparts.gateway.hl7v2.message import read_message
from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.outcomes import Outcome
from imparts.gateway.written import as_hl7
from imparts.outbox.destination import CORRECTION, DOCUMENT, RESULT, WITHDRAWAL, Destination
from imparts.outbox.models import Message
from imparts.rules.record.document_facts import DocumentFacts
from imparts.rules.record.in_words import section_of
from tests.gateway.conftest import RunningRecord
from tests.gateway.samples import a_phq9

AT = datetime(2026, 7, 14, 8, 58, 4, tzinfo=UTC)
MAPPING = {"receiver": {"application": "TIE"}, "document_type": "PN"}
TO = Destination("letters", "Documents", "mllp", "mdm", "127.0.0.1:1", mapping=MAPPING)
DOCUMENT_FACTS = DocumentFacts(
    "d1", "s1", a_phq9().patient, a_phq9().service, a_phq9().organisation,
    a_phq9().completed_at, (section_of(a_phq9()),),
)  # fmt: skip


def owed(kind: str, facts: dict[str, object], number: int) -> Message:
    """A message as it stands in the outbox."""
    return Message(
        control_id=f"C{number}", destination=TO.code, kind=kind, patient=UUID(int=1),
        about=UUID(int=2), facts=facts, created_at=AT, next_attempt_at=AT,
    )  # fmt: skip


EVERY = (
    owed(RESULT, a_phq9().to_json(), 1),
    owed("ORU^R01", a_phq9().to_json(), 2),
    owed(CORRECTION, replace(a_phq9(), is_correction=True).to_json(), 3),
    owed(WITHDRAWAL, replace(a_phq9(), is_withdrawn=True).to_json(), 4),
    owed(DOCUMENT, DOCUMENT_FACTS.to_json(), 5),
)


@pytest.mark.parametrize("message", EVERY, ids=lambda one: one.kind)
def test_each_kind_is_taken_and_is_the_same_each_time_it_is_written(
    message: Message, record: RunningRecord, sender: Sender
) -> None:
    text = as_hl7(message, TO, processing="T")
    assert text == as_hl7(message, TO, processing="T")
    told = sender.send(text.encode(), control_id=message.control_id)
    assert (told.outcome, told.words) == (Outcome.TAKEN, "")
    received = read_message(record.entries[-1].text)
    assert received.header.text(5) == "TIE"
    assert received.header.text(11) == "T"


def test_the_receiver_has_the_pdf_whole(record: RunningRecord, sender: Sender) -> None:
    message = EVERY[-1]
    sender.send(as_hl7(message, TO).encode(), control_id=message.control_id)
    received = read_message(record.entries[-1].text)
    assert received.every("TXA")[0].text(2) == "PN"
    assert base64.b64decode(received.every("OBX")[1].text(5, component=5)).startswith(b"%PDF-")
