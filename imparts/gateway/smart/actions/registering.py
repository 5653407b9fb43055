"""Letting a program in, and putting it out."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from oauth2_provider.models import get_access_token_model, get_grant_model, get_refresh_token_model

from imparts.audit import actions as audit
from imparts.gateway.smart.keys import NotAKeySet, read_key_set
from imparts.gateway.smart.models import ApiClient
from imparts.gateway.smart.scopes import Scopes, read_scope
from imparts.organisations.models import Service


class NotRegistered(Exception):
    """The program was not let in; the message says why and what mends it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What trust IT wants to let in. With a redirect address it is an app, else a machine."""

    name: str
    scopes: str
    services: Sequence[Service] = ()
    redirect_uris: Sequence[str] = ()
    launch_url: str = ""
    key_set: str = ""
    """The public keys as JSON, or the address where they are."""
    is_public: bool = False
    """An app that can keep no secret: it runs in a browser or on a phone."""


def register(asked: Asked, *, by: str, at: datetime) -> tuple[ApiClient, str]:
    """Let a program in. Its secret is given back once, and only its hash is kept.

    A program with keys has no secret; neither has one that could not keep it.
    """
    _check(asked)
    jwks, jwks_url = _keys(asked.key_set)
    secret = "" if asked.key_set or asked.is_public else secrets.token_urlsafe(32)
    made = ApiClient(
        name=asked.name.strip(), allowed_scopes=str(Scopes.read(asked.scopes)),
        client_secret=secret or secrets.token_urlsafe(32),  # an empty one would fit an empty one
        client_type=ApiClient.CLIENT_PUBLIC if asked.is_public else ApiClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=_grant_type(asked), redirect_uris=" ".join(asked.redirect_uris),
        launch_url=asked.launch_url, jwks=jwks, jwks_url=jwks_url, algorithm="",
        registered_by=by, registered_at=at,
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as wrong:
        raise NotRegistered(" ".join(wrong.messages)) from None
    with transaction.atomic():
        made.save()
        made.services.set(asked.services)
        audit.record(
            who=by, did="let a program in", about=f"client {made.client_id}",
            why=made.allowed_scopes, at=at,
        )  # fmt: skip
    return made, secret


def revoke(client: ApiClient, *, by: str, at: datetime) -> None:
    """Put a program out: every code, token and refresh token of it ends now."""
    if client.revoked_at is not None:
        return
    with transaction.atomic():
        client.revoked_at, client.revoked_by = at, by
        client.save(update_fields=["revoked_at", "revoked_by"])
        get_grant_model().objects.filter(application=client).delete()
        get_refresh_token_model().objects.filter(application=client).delete()
        get_access_token_model().objects.filter(application=client).delete()
        audit.record(who=by, did="put a program out", about=f"client {client.client_id}", at=at)


def _grant_type(asked: Asked) -> str:
    if asked.redirect_uris:
        return ApiClient.GRANT_AUTHORIZATION_CODE
    return ApiClient.GRANT_CLIENT_CREDENTIALS


def _check(asked: Asked) -> None:
    unknown = [
        word for word in asked.scopes.split()
        if read_scope(word) is None and word not in Scopes.read(word).plain
    ]  # fmt: skip
    if unknown:
        raise NotRegistered(
            f"These are no scopes: {' '.join(unknown)}. Write system/Observation.rs, "
            "patient/*.rs, user/Patient.r or launch, for example."
        )
    scopes = Scopes.read(asked.scopes)
    levels = {scope.level for scope in scopes.resources}
    if asked.redirect_uris and "system" in levels:
        raise NotRegistered("An app acts for its user, so it cannot have system/ scopes.")
    if not asked.redirect_uris and (levels != {"system"} or scopes.plain):
        raise NotRegistered(
            "Without --redirect this is a machine, and a machine has system/ scopes only."
        )
    if not asked.redirect_uris and not asked.services:
        raise NotRegistered("A machine needs at least one service whose patients it may see.")
    if asked.redirect_uris and asked.services:
        raise NotRegistered("An app sees what its user sees, so it is given no services.")
    if asked.is_public and (asked.key_set or not asked.redirect_uris):
        raise NotRegistered("Only an app with a redirect address and without keys can be public.")


def _keys(given: str) -> tuple[dict[str, object] | None, str]:
    """Keys written down, or the address where they are."""
    if given.startswith(("https://", "http://")):
        return None, given
    if not given:
        return None, ""
    try:
        return read_key_set(given), ""
    except NotAKeySet as wrong:
        raise NotRegistered(str(wrong)) from None
