"""Refusals: why a message was not applied, in words that quote nothing of it, and where in it.

Codes are those of HL7 table 0357.
"""

from dataclasses import dataclass
from uuid import UUID

SEGMENT_MISSING = "100"
FIELD_MISSING = "101"
WRONG_TYPE = "102"
NOT_IN_TABLE = "103"
KIND_NOT_TAKEN = "200"
EVENT_NOT_TAKEN = "201"
PROCESSING_NOT_TAKEN = "202"
VERSION_NOT_TAKEN = "203"
NOT_KNOWN_HERE = "204"
USED_BEFORE = "205"
LOCKED = "206"
OUR_MISTAKE = "207"

Did = dict[str, str | int | list[str]]
"""One thing that a message did: things by id and fields by name, never with values."""


class NotApplied(Exception):
    """A message changes nothing. `where` names the place: PID-3, PID-3.1, PV1-19, or a segment."""

    code: str
    usual_error: str

    def __init__(self, words: str, *, where: str = "", error: str = "") -> None:
        super().__init__(words)
        self.words, self.where, self.error = words, where, error or self.usual_error


class Refused(NotApplied):
    """Never as it is (AR)."""

    code, usual_error = "AR", WRONG_TYPE


class NotNow(NotApplied):
    """Not this time (AE): the sender may send the very same message again, and it may pass."""

    code, usual_error = "AE", LOCKED


@dataclass(frozen=True, slots=True)
class Applied:
    """What a message did."""

    did: tuple[Did, ...] = ()
    patient: UUID | None = None
    words: str = ""
