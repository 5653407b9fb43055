"""Ways: what every way to a destination can do, so that delivery treats them all alike."""

from typing import TYPE_CHECKING, Protocol

from imparts.gateway.outcomes import Told
from imparts.outbox.destination import Destination

if TYPE_CHECKING:
    from imparts.outbox.models import Message


class CannotBeWritten(ValueError):
    """The facts cannot be put into words for this destination, in a sentence without content."""


class Way(Protocol):
    """One open way to one destination. Not to be used by two threads at once."""

    longest: float
    """Seconds that one message may take at most, connecting and all: less than a lease."""

    def write(self, message: "Message", destination: Destination) -> str:
        """The text as it will be sent every time; CannotBeWritten says why there is none.

        It is kept before it is sent, so a resend is the same to the letter, whatever the settings
        or the program have become meanwhile.
        """

    def send(self, text: str, *, control_id: str) -> Told:
        """Send it and wait for its own answer, and no longer than `longest`."""

    def close(self) -> None:
        """Drop the connection; the next message opens a new one."""


def open_way(to: Destination) -> Way:
    """The way that a destination's settings ask for; nothing is connected yet."""
    if to.way == "fhir":
        from imparts.gateway.fhir_way import FhirWay  # its client is heavy, and few sites have one

        return FhirWay.to(to)
    from imparts.gateway.by_mllp import ByMllp

    return ByMllp.to(to)
