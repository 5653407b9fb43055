"""The apps that can be opened for one patient."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from imparts.people.pages import Banner

if TYPE_CHECKING:
    from imparts.gateway.smart.models import ApiClient
    from imparts.people.models import Identifier, Patient


@dataclass(frozen=True, slots=True)
class App:
    """One app."""

    number: int
    name: str
    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class AppsPage:
    """For whom, and which apps."""

    title: str
    patient: UUID
    banner: Banner
    apps: tuple[App, ...]
    empty: str

    @classmethod
    def of(
        cls,
        patient: "Patient",
        identifiers: "Sequence[Identifier]",
        apps: "Iterable[ApiClient]",
        *,
        on: date,
    ) -> "AppsPage":
        """In the order of their names."""
        return cls(
            title="Open in an app",
            patient=patient.pk,
            banner=Banner.of(patient, identifiers, on=on),
            apps=tuple(_app(one) for one in apps),
            empty="Trust IT has registered no app that opens for a patient.",
        )


def _app(client: "ApiClient") -> App:
    parts = urlsplit(client.launch_url)
    return App(client.pk, client.name, parts.netloc, f"{parts.scheme}://{parts.netloc}")
