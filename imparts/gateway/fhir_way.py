"""The way to a FHIR server: what is owed is written as one transaction and posted at the base."""

from typing import TYPE_CHECKING

from django.conf import settings

from imparts.gateway.fhir_client import Credentials, FhirClient
from imparts.gateway.outcomes import Told
from imparts.gateway.ways import CannotBeWritten
from imparts.gateway.written import as_fhir
from imparts.outbox.destination import RECORD_FHIR, Destination
from imparts.rules.record.json_facts import FactsRefused

if TYPE_CHECKING:
    from imparts.outbox.models import Message


class FhirWay:
    """One worker's way to one FHIR server."""

    longest = 41.0  # a token and a transaction, each connected to and waited for

    def __init__(self, client: FhirClient) -> None:
        self._client = client

    @classmethod
    def to(cls, destination: Destination) -> "FhirWay":
        """The way to this destination; the site's own settings hold the secret, no table does."""
        return cls(FhirClient(destination.address, credentials=_credentials(destination)))

    def write(self, message: "Message", destination: Destination) -> str:
        """The transaction, kept and sent the same every time."""
        try:
            return as_fhir(message, destination)
        except FactsRefused as wrong:
            raise CannotBeWritten(str(wrong)) from None

    def send(self, text: str, control_id: str) -> Told:
        """Post it and wait for what becomes of it."""
        return self._client.send(text.encode(), control_id=control_id)

    def close(self) -> None:
        """Drop the connection; the next message opens a new one."""
        self._client.close()


def _credentials(destination: Destination) -> Credentials | None:
    token_url = settings.IMPARTS_RECORD_FHIR_TOKEN_URL
    if destination.code != RECORD_FHIR or not token_url:
        return None
    return Credentials(
        token_url, settings.IMPARTS_RECORD_FHIR_CLIENT_ID, settings.IMPARTS_RECORD_FHIR_SECRET
    )
