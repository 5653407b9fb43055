"""Envelope: what the header of a message says, read from any bytes, so that each is answered.

Whatever else is wrong with a message, its sender waits for an answer that bears its control id. So
the header is read by itself first, leniently and without ever refusing; whether the message can be
read as a whole is another question, asked later (message.py).
"""

import re
from dataclasses import dataclass

from imparts.gateway.hl7v2.charsets import codec_named, without_mark
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import Field, Segment, read_message

LONGEST_CONTROL_ID = 199
_LONGEST_HEADER = 65536
_HEADER = re.compile(rb"(?:^|(?<=[\r\n]))MSH")
_USUAL = "|"
_FIELDS_NEEDED = 9  # up to the control id
_WHEN = ("AL", "NE", "ER", "SU")
_KIND = re.compile(r"[A-Z0-9]{3}(\^[A-Z0-9]{3})?")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Envelope:
    """The header of one message, as far as it can be read."""

    header: Segment
    application: str = ""
    facility: str = ""
    control_id: str = ""  # as it stands in MSH-10, with every delimiter
    kind: str = ""  # ADT^A08; empty when MSH-9 cannot be read
    said: str = ""  # MSH-7
    processing: str = ""
    version: str = ""
    accept_when: str = ""  # MSH-15
    answer_when: str = ""  # MSH-16
    is_acknowledgement: bool = False

    @property
    def is_enhanced(self) -> bool:
        """Does the sender ask for the enhanced acknowledgement mode?"""
        return bool(self.accept_when or self.answer_when)


def read_envelope(raw: bytes) -> Envelope:
    """Read the header, wherever it begins; an empty envelope when there is none."""
    line = _header_line(raw)
    if not line:
        return Envelope(Segment("MSH", ()))
    text = _NOT_SHOWN.sub("", _decoded(line))
    header = _read(text)
    return Envelope(
        header=header,
        application=header.text(3),
        facility=header.text(4),
        control_id=_written(text, 10),
        kind=_kind(header),
        said=header.text(7),
        processing=header.text(11).upper(),
        version=header.text(12),
        accept_when=_when(header.text(15)),
        answer_when=_when(header.text(16)),
        is_acknowledgement=header.text(9).upper() == "ACK" and b"\rMSA" in raw[:_LONGEST_HEADER],
    )


def control_id_field(envelope: Envelope) -> Field:
    """MSH-10 with its parts, to be said back just as it came."""
    return envelope.header.field(10)


def _header_line(raw: bytes) -> bytes:
    beginning = without_mark(raw[:_LONGEST_HEADER])
    found = _HEADER.search(beginning)
    if found is None:
        return b""
    line = beginning[found.start() :].split(b"\r", 1)[0]
    shorter = line.split(b"\n", 1)[0]
    # LF ends a segment where a sender never learned of CR; inside a field it is only a stray byte.
    return shorter if shorter.count(line[3:4] or b"|") >= _FIELDS_NEEDED else line


def _decoded(line: bytes) -> str:
    try:
        return line.decode(codec_named(line) or "utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _read(text: str) -> Segment:
    try:
        return read_message(text).header
    except MessageRefused:
        separator = text[3:4] or _USUAL
        fields = text.split(separator)[1:]
        return Segment("MSH", tuple((((each,),),) for each in (separator, *fields)))


def _written(text: str, number: int) -> str:
    """One field of the header as it is written."""
    fields = text.split(text[3:4] or _USUAL)
    return fields[number - 1] if number <= len(fields) else ""


def _when(written: str) -> str:
    """A word of HL7 table 0155; anything else says nothing, or a stray one would silence us."""
    return written.upper() if written.upper() in _WHEN else ""


def _kind(header: Segment) -> str:
    kind, event = header.text(9).upper(), header.text(9, component=2).upper()
    named = f"{kind}^{event}" if event else kind
    return named if _KIND.fullmatch(named) else ""
