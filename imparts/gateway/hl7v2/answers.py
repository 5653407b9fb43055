"""Answers: what goes back for one message that came in, in the mode that its header asks for.

Original mode (MSH-15 and MSH-16 empty): one answer, AA, AE or AR, after the message was applied.

Enhanced mode: first whether the message was accepted (CA, CE, CR), when MSH-15 asks for it, then
what became of it (AA, AE, AR), when MSH-16 asks for that, both on the connection it came by. It is
accepted when it is stored, and it is stored and applied at once; so the two go out one after the
other. A sender that does not want to know what became of its message is told of a failure all the
same, as CE or CR: a message that was refused is never one that the sender takes for done.

An acknowledgement is answered by nothing, or two systems could thank each other for ever.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from imparts.gateway.hl7v2.acknowledgement import Answer, header_fields
from imparts.gateway.hl7v2.envelope import Envelope, control_id_field
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import (
    Given,
    Message,
    Segment,
    header,
    segment,
    write_message,
)

_ALWAYS, _NEVER, _WHEN_WRONG, _WHEN_DONE = "AL", "NE", "ER", "SU"
_ERRORS = {
    "100": "Segment sequence error",
    "101": "Required field missing",
    "102": "Data type error",
    "103": "Table value not found",
    "200": "Unsupported message type",
    "201": "Unsupported event code",
    "202": "Unsupported processing id",
    "203": "Unsupported version id",
    "204": "Unknown key identifier",
    "205": "Duplicate key identifier",
    "206": "Application record locked",
    "207": "Application internal error",
}
_PLACE = re.compile(r"([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+)(?:\[(\d+)\])?(?:\.(\d+))?)?")


def write_answers(envelope: Envelope, answer: Answer, *, at: datetime) -> list[bytes]:
    """Every answer that is due, in order, ready for a frame."""
    return [_text(envelope, answer, code, at).encode() for code in _codes(envelope, answer.code)]


def _codes(envelope: Envelope, became: str) -> Iterator[str]:
    if envelope.is_acknowledgement:
        return
    if not envelope.is_enhanced:
        yield became
        return
    is_done = became == "AA"
    is_told = _is_wanted(envelope.answer_when, is_done)
    accepted = "CA" if is_done or is_told else f"C{became[1]}"
    if _is_wanted(envelope.accept_when, accepted == "CA") or (not is_done and not is_told):
        yield accepted
    if is_told:
        yield became


def _is_wanted(when: str, is_done: bool) -> bool:
    """HL7 table 0155. In enhanced mode an empty field means never."""
    return when == _ALWAYS or when == (_WHEN_DONE if is_done else _WHEN_WRONG)


def _text(envelope: Envelope, answer: Answer, code: str, at: datetime) -> str:
    try:
        return write_message(Message(tuple(_segments(envelope, answer, code, at))))
    except MessageRefused:  # the header holds what cannot be said back, such as an escaped NUL
        plain = Envelope(Segment("MSH", ()), control_id=answer.control_id)
        return write_message(Message(tuple(_segments(plain, answer, code, at))))


def _segments(envelope: Envelope, answer: Answer, code: str, at: datetime) -> Iterator[Segment]:
    yield _header(envelope, answer, code, at)
    control_id: Given = list(control_id_field(envelope)) or answer.control_id
    yield segment("MSA", {1: code, 2: control_id, 3: answer.words})
    if code not in ("AA", "CA"):
        yield segment("ERR", _error(answer))


def _header(envelope: Envelope, answer: Answer, code: str, at: datetime) -> Segment:
    fields = header_fields(envelope.header, control_id=f"{code}{answer.control_id}", at=at)
    fields[3] = fields[3] or "IMPARTS"
    if envelope.is_enhanced:
        fields |= {15: _NEVER, 16: _NEVER}
    return header(fields)


def _error(answer: Answer) -> dict[int, Given]:
    error = answer.error or "207"
    return {
        2: _location(answer.where),
        3: (error, _ERRORS.get(error, "Application internal error"), "HL70357"),
        4: "E",
        8: answer.words,
    }


def _location(where: str) -> Given:
    """PID[1]-3[2].1 as ERR-2: segment, which of them, field, repetition, component."""
    found = _PLACE.fullmatch(where)
    if found is None:
        return ""
    name, which, field, repetition, component = found.groups(default="")
    if not field:
        return (name, which or "1")
    return (name, which or "1", field, repetition or "1", component)
