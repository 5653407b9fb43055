"""Outcomes: what became of one message that was handed to a server, of the record or of notices."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one message on its way."""

    TAKEN = "taken"  # by a server; of a notice it is never known here whether anyone read it
    REFUSED = "refused"  # never as it is, or to this address: a person has to look
    NOT_THIS_TIME = "not this time"  # it answered, and could not take this one now; others may pass
    NO_ANSWER = "no answer"  # not reached or not understood, or it takes nothing as things are


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it, and why, in words for the pages of what is owed."""

    outcome: Outcome
    words: str = ""
