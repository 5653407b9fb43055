"""Ways: what e-mail and SMS have in common, so that delivery treats them alike."""

from typing import Protocol

from imparts.gateway.notices.words import Notice
from imparts.gateway.outcomes import Told

EMAIL, SMS = "notices.email", "notices.sms"
"""What is owed to each way stands in the outbox under its own destination."""
MOST_WORDS = 200


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
