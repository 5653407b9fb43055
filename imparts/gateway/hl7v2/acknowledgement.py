"""Acknowledgements: the answer to one message, written and read.

An answer belongs to the message whose control id stands in its MSA-2, and to no other. Codes: AA
and CA mean taken; AE and CE mean not this time; AR and CR mean never as it is.
"""

from dataclasses import dataclass
from datetime import datetime

from imparts.gateway.hl7v2.charsets import UTF_8
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.message import Given, Message, Segment, header, segment, write_message

TAKEN = ("AA", "CA")
NOT_THIS_TIME = ("AE", "CE")
NEVER = ("AR", "CR")
_CODES = (*TAKEN, *NOT_THIS_TIME, *NEVER)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the receiver said, and of which message."""

    code: str
    control_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What we say of a message that came in, and where in it the fault lies (PID-3.1)."""

    code: str  # AA, AE or AR
    control_id: str
    words: str = ""
    where: str = ""
    error: str = ""  # HL7 table 0357


def read_acknowledgement(message: Message) -> Acknowledgement:
    """Read an answer; MessageRefused when it is not one."""
    answered = message.first("MSA")
    if answered is None:
        raise MessageRefused("the answer has no MSA")
    code = answered.text(1).upper()
    if code not in _CODES:
        raise MessageRefused("the answer's MSA-1 is not one of " + " ".join(_CODES))
    return Acknowledgement(code, answered.text(2), _words(message, answered))


def _words(message: Message, answered: Segment) -> str:
    """Why, in the receiver's words: MSA-3, or what its ERR segments say to a person."""
    said = [answered.text(3)]
    for error in message.every("ERR"):
        said += [error.text(8), error.text(7), error.text(3, component=2)]
    return "; ".join(dict.fromkeys(words for words in said if words))


def write_acknowledgement(
    answered: Segment, *, code: str, control_id: str, at: datetime, words: str = ""
) -> str:
    """The answer to a message with this header; `control_id` is the one that is answered."""
    fields = header_fields(answered, control_id=f"A{control_id}", at=at)
    said = segment("MSA", {1: code, 2: control_id, 3: words})
    return write_message(Message((header(fields), said)))


def header_fields(answered: Segment, *, control_id: str, at: datetime) -> dict[int, Given]:
    """The header of an answer to a message with this header: who sent is who receives."""
    return {
        3: list(answered.field(5)),
        4: list(answered.field(6)),
        5: list(answered.field(3)),
        6: list(answered.field(4)),
        7: at.strftime("%Y%m%d%H%M%S%z"),
        9: ("ACK", answered.text(9, component=2), "ACK"),
        10: control_id[:20],
        11: answered.text(11) or "P",
        12: answered.text(12) or "2.5.1",
        18: UTF_8,
    }
