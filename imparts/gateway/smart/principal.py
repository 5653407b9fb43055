"""Who asks the FHIR server: a machine or a member of staff through an app, and within what.

Safety: hazard H8 (somebody sees what they may not). `principal_of` is the only way from a request
to someone who asks. What they may see is decided by people.queries.patients_visible_to from
`asking`, narrowed by `scopes`, and by `patient` when it is not None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from imparts.access.queries import Asking, asking, asking_of_machine
from imparts.gateway.smart.queries.tokens import Held, token_held
from imparts.gateway.smart.scopes import Scopes


class NotLetIn(Exception):
    """Nobody who may ask is known from this request: 401 with these headers, and these words."""

    def __init__(self, words: str, error: str = "") -> None:
        super().__init__(words)
        said = f', error="{error}", error_description="{words}"' if error else ""
        self.headers = {"WWW-Authenticate": f'Bearer realm="fhir"{said}'}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking, and within what."""

    asking: Asking
    scopes: Scopes
    patient: UUID | None
    """When given, all that is about patients is about this one alone, whatever else may be seen."""
    client_id: str
    is_machine: bool

    def may(self, resource_type: str, interaction: str) -> bool:
        """Whether a letter of "cruds" may be done to a type at all."""
        return self.scopes.allows(resource_type, interaction)


def principal_of(request: HttpRequest) -> Principal:
    """Who asks, by the bearer token of the request; NotLetIn when there is none that counts.

    A token in the address is never looked at: addresses are kept in logs and histories.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise NotLetIn("Send an access token: Authorization: Bearer TOKEN.")
    held = token_held(token.strip(), at=timezone.now())
    if held is None:
        raise NotLetIn("The access token is not known, or has ended.", "invalid_token")
    return principal_with(held)


def machine(client_id: str, name: str, services: Iterable[int], scopes: Scopes) -> Principal:
    """A machine that asks: at its services, by scopes of a system and no others."""
    who = asking_of_machine(client_id=client_id, name=name, services=services)
    return Principal(who, scopes.at(["system"]), None, client_id, is_machine=True)


def principal_with(held: Held) -> Principal:
    """Who asks with a token that counts."""
    scopes = Scopes.read(held.scope)
    if held.staff is None:
        return machine(held.client_id, held.client_name, held.services, scopes)
    scopes = scopes.at(["patient", "user"])
    about = scopes.is_about_one_patient
    if about and held.patient is None:  # scopes for a patient in context, and nobody is in context
        scopes, about = scopes.at(["user"]), False
    who = asking(held.staff, on=timezone.localdate())
    return Principal(who, scopes, held.patient if about else None, held.client_id, is_machine=False)
