"""Judgement: what a careful hospital record says to one message, before any misbehaviour.

It takes results (ORU^R01) and documents (MDM^T02, T10), and refuses (AR) what it cannot read or
place: no patient, no filler or document number, a control id that it has seen on another message. A
message that it has already is acknowledged again and stored once.
"""

from dataclasses import dataclass

from imparts.gateway.hl7v2.charsets import decode_message
from imparts.gateway.hl7v2.envelope import read_envelope
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import Message, Segment, header, read_message
from imparts.gateway.pretend_record.ledger import Ledger

_NEEDED = {
    ("ORU", "R01"): ("OBR", 3, "The report has no filler number"),
    ("MDM", "T02"): ("TXA", 12, "The document has no number"),
    ("MDM", "T10"): ("TXA", 12, "The document has no number"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One message, read as far as it can be, and what is to be said to it."""

    header: Segment
    control_id: str
    text: str
    code: str
    words: str = ""


def judge(data: bytes, ledger: Ledger) -> Judgement:
    """Read and judge; every message gets an answer, however broken it is."""
    try:
        text = decode_message(data)
        message = read_message(text)
    except MessageRefused as wrong:
        text = data.decode("utf-8", errors="replace")
        return Judgement(header({}), read_envelope(data).control_id[:40], text, "AR", str(wrong))
    control_id = message.header.text(10)
    wrong_with_it = _refusal(message) or _clash(ledger, control_id, text)
    code = "AR" if wrong_with_it else "AA"
    return Judgement(message.header, control_id, text, code, wrong_with_it)


def _refusal(message: Message) -> str:
    """Why this can never be stored; "" when it can."""
    kind = (message.header.text(9), message.header.text(9, component=2))
    if kind not in _NEEDED:
        return "This record takes results and documents only (ORU^R01, MDM^T02, MDM^T10)."
    if not message.header.text(10):
        return "MSH-10 is empty."
    patient = message.first("PID")
    if patient is None or not patient.text(3):
        return "The message names no patient (PID-3)."
    name, field, words = _NEEDED[kind]
    about = message.first(name)
    if about is None or not about.text(field):
        return f"{words} ({name}-{field})."
    if not message.every("OBX"):
        return "The report has no observation (OBX)."
    return ""


def _clash(ledger: Ledger, control_id: str, text: str) -> str:
    if ledger.was_kept_before(control_id, text) is False:
        return "This control id (MSH-10) came before, on a message with another content."
    return ""
