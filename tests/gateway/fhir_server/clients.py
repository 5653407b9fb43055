"""Programs that ask the FHIR server in tests: token_for(scopes=..., services=...) is enough."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, set_token_value

from imparts.access.models import Staff
from imparts.gateway.smart.actions.registering import Asked, register
from imparts.gateway.smart.models import ApiClient
from imparts.organisations.models import Service
from tests.builders import NOON


def a_machine(
    *, scopes: str = "system/*.cruds", services: Sequence[Service] = (), name: str = "Warehouse"
) -> tuple[ApiClient, str]:
    """A program that acts for itself, and its secret."""
    return register(Asked(name=name, scopes=scopes, services=services), by="test", at=NOON)


def an_app(
    *, scopes: str = "launch launch/patient openid fhirUser patient/*.rs user/*.rs",
    redirect: str = "https://app.example/back", name: str = "Growth chart", **more: Any,
) -> tuple[ApiClient, str]:  # fmt: skip
    """An app that acts for whoever uses it, and its secret."""
    asked = Asked(name=name, scopes=scopes, redirect_uris=(redirect,), **more)
    return register(asked, by="test", at=NOON)


def token_for(
    *,
    scopes: str = "system/*.cruds",
    services: Sequence[Service] = (),
    staff: Staff | None = None,
    client: ApiClient | None = None,
    seconds: int = 900,
) -> str:
    """An access token of a machine at some services, or of an app that a person uses.

    It is written straight into the table: how a token is got has tests of its own. It counts by the
    clock that stands when it is made, so a test that moves the clock makes it afterwards.
    """
    if client is None:
        client, _ = an_app() if staff else a_machine(scopes=scopes, services=services)
    token = secrets.token_urlsafe(24)
    row = get_access_token_model()(
        user=staff, application=client, scope=scopes,
        expires=timezone.now() + timedelta(seconds=seconds),
    )  # fmt: skip
    set_token_value(row, token)
    row.save()
    return token


def asking_with(token: str) -> Client:
    """A client that sends this token with every request and keeps no cookies."""
    return Client(headers={"authorization": f"Bearer {token}", "accept": "application/fhir+json"})
