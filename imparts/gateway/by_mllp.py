"""By MLLP: messages of HL7 version 2 over one connection, written for the destination."""

from typing import TYPE_CHECKING

from django.conf import settings

from imparts.gateway.hl7v2.address import Address
from imparts.gateway.hl7v2.escapes import MessageRefused
from imparts.gateway.hl7v2.sender import Sender
from imparts.gateway.outcomes import Told
from imparts.gateway.ways import CannotBeWritten
from imparts.gateway.written import as_hl7
from imparts.outbox.destination import Destination
from imparts.rules.record.json_facts import FactsRefused

if TYPE_CHECKING:
    from imparts.outbox.models import Message


class ByMllp:
    """One connection to one receiver."""

    longest = 16.0  # connecting, sending and waiting, as sender.py has them

    def __init__(self, sender: Sender, *, processing: str = "P") -> None:
        self._sender = sender
        self._processing = processing

    @classmethod
    def to(cls, destination: Destination) -> "ByMllp":
        """As the settings say; ValueError when its address cannot be read."""
        processing = "T" if settings.IMPARTS_DEMO else "P"
        return cls(Sender(Address.named(destination.address)), processing=processing)

    def write(self, message: "Message", destination: Destination) -> str:
        """The message by what the destination is sent."""
        try:
            return as_hl7(message, destination, processing=self._processing)
        except (FactsRefused, MessageRefused) as wrong:
            raise CannotBeWritten(str(wrong)) from None

    def send(self, text: str, *, control_id: str) -> Told:
        """Send it and wait for the answer with its id."""
        return self._sender.send(text.encode(), control_id=control_id)

    def close(self) -> None:
        """Drop the connection."""
        self._sender.close()
