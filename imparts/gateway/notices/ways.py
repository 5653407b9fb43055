"""Ways: what e-mail and SMS have in common, so that delivery treats them alike."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from imparts.gateway.notices.words import Notice

EMAIL, SMS = "notices.email", "notices.sms"
"""What is owed to each way stands in the outbox under its own destination."""
MOST_WORDS = 200


class Outcome(StrEnum):
    """What became of one notice on its way."""

    TAKEN = "taken"  # by a server; whether anyone read it is never known here
    REFUSED = "refused"  # this address, for good: a person has to look
    NOT_THIS_TIME = "not this time"  # this notice; others may pass
    NO_ANSWER = "no answer"  # the server is away, or will take nothing from us as things are


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it, and why, in words for the page of connections."""

    outcome: Outcome
    words: str = ""


class Way(Protocol):
    """One way to reach a telephone or a mailbox."""

    name: str

    def send(self, to: str, notice: Notice, *, reference: str, is_again: bool) -> Told:
        """Hand one notice in; `reference` stays the same however often it is tried.

        `is_again` says that an earlier try may have been taken without our hearing of it. A way
        that can ask its server asks, so that nobody gets the same notice twice.
        """


def in_words(said: str | bytes) -> str:
    """What a server said, on one line and not too long."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:MOST_WORDS]
