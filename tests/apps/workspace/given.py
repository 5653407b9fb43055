"""Given: who reads, on which morning, and what a page says."""

from typing import Any

from django.urls import reverse

from tests.apps.workspace.morning import A_MORNING
from tests.builders import a_patient, a_service, an_appointment, staff_with

__all__ = [
    "A_MORNING", "page_for", "signed_in", "signed_in_as", "someone", "text_of",
    "typed_by_trust_it",
]  # fmt: skip
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(client: Any, role: str, service: Any) -> Any:
    """The browser of someone with this role at this service."""
    return signed_in_as(client, staff_with(role, service))


def signed_in_as(client: Any, staff: Any) -> Any:
    """The browser of one member of staff."""
    client.force_login(staff, backend=BACKEND)
    return client


def text_of(response: Any) -> str:
    """The page as text."""
    return response.content.decode()


def page_for(client: Any, role: str, service: Any, address: str) -> str:
    """What one role sees at an address."""
    response = signed_in(client, role, service).get(address)
    assert response.status_code == 200, response.status_code
    return text_of(response)


def someone() -> tuple[Any, Any]:
    """A service, and a patient with an appointment there this morning."""
    service, patient = a_service(), a_patient()
    an_appointment(service, patient, at=A_MORNING)
    return service, patient


def typed_by_trust_it(client: Any, service: Any, page: str, /, *args: Any, **typed: Any) -> Any:
    """What a page of the connections answers to whoever looks after a service's."""
    it = signed_in(client, "integrator", service)
    return it.post(reverse(f"workspace:{page}", args=args), typed, follow=True)
