"""Machines let in: a token with which a benchmark asks the FHIR server as a program does."""

import httpx
from django.utils import timezone

from imparts.gateway.smart.actions.registering import Asked, register
from imparts.organisations.queries import services


def token_of_a_machine(port: int, *, scopes: str, service: str = "") -> str:
    """One at every service, or at one, as `imparts api-client create` makes it."""
    chosen = [each for each in services() if service in ("", each.code)]
    asked = Asked(name=f"Bench {service}".strip(), scopes=scopes, services=chosen)
    made, secret = register(asked, by="bench", at=timezone.now())
    given = httpx.post(
        f"http://127.0.0.1:{port}/oauth/token/",
        data={"grant_type": "client_credentials", "scope": scopes},
        auth=(made.client_id, secret),
        timeout=60,
    )
    given.raise_for_status()
    return str(given.json()["access_token"])
