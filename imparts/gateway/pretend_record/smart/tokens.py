"""Tokens: the token address. An app brings a code and its verifier; a machine proves itself."""

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote
from urllib.request import urlopen

from imparts.gateway.pretend_record.http import Request
from imparts.gateway.pretend_record.smart.clients import Client, Clients
from imparts.gateway.pretend_record.smart.keys import Keys
from imparts.gateway.pretend_record.smart.launches import Code, Given, Token
from imparts.gateway.pretend_record.smart.scopes import granted

SECONDS = 3600
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_SIGNED_BY = ["RS384", "ES384", "RS256", "ES256"]
_LONGEST = 300  # seconds that an assertion may last, by the standard


class Unproven(Exception):
    """No token is given: the code of OAuth, and why in a sentence."""

    def __init__(self, code: str, words: str, *, status: int = 400) -> None:
        super().__init__(words)
        self.code, self.words, self.status = code, words, status


@dataclass(frozen=True, slots=True)
class TokenDesk:
    """What the token address needs."""

    clients: Clients
    keys: Keys
    codes: Given[Code]
    tokens: Given[Token]
    used: dict[str, float]  # assertions that were taken once, and when they end

    async def answer(self, request: Request, base: str, *, at: datetime) -> dict[str, Any]:
        """The token and what belongs to it; Unproven when there is none to be had."""
        kind = request.form.get("grant_type", "")
        client = await self._client(request, base, at=at)
        if kind == "authorization_code":
            return self._for_code(request, client, base, at=at)
        if kind == "client_credentials":
            return self._for_machine(request, client)
        raise Unproven("unsupported_grant_type", f"The grant type {kind or '(none)'} is not known.")

    def _for_code(
        self, request: Request, client: Client, base: str, *, at: datetime
    ) -> dict[str, Any]:
        code = self.codes.take(request.form.get("code", ""))
        if code is None or code.client != client.id:
            raise Unproven("invalid_grant", "The code is not known, was used, or has ended.")
        if code.redirect != request.form.get("redirect_uri", ""):
            raise Unproven("invalid_grant", "The redirect address is not the one of the code.")
        if not _verifies(request.form.get("code_verifier", ""), code.challenge):
            raise Unproven("invalid_grant", "The verifier does not belong to the code (PKCE).")
        token = self.tokens.give(Token(client.id, code.scopes, code.context.patient))
        return {**_given(token, code.scopes), **self._context(code, base, at=at)}

    def _context(self, code: Code, base: str, *, at: datetime) -> dict[str, Any]:
        context = code.context
        told: dict[str, Any] = {"need_patient_banner": False}
        if context.patient:
            told |= {"patient": context.patient}
        if context.encounter:
            told |= {"encounter": context.encounter}
        if "openid" in code.scopes.split():
            user = f"{base}/Practitioner/{context.user}"
            claims = {
                "iss": base, "aud": code.client, "sub": context.user, "fhirUser": user,
                "preferred_username": context.user,
            } | ({"nonce": code.nonce} if code.nonce else {})  # fmt: skip
            told |= {"id_token": self.keys.signed(claims, at=at), "fhirUser": user}
        return told

    def _for_machine(self, request: Request, client: Client) -> dict[str, Any]:
        if not client.is_machine:
            raise Unproven("unauthorized_client", "This client is no machine.")
        scopes = granted(request.form.get("scope", ""), client.scopes)
        if not scopes:
            raise Unproven("invalid_scope", "None of these scopes may be had by this client.")
        return _given(self.tokens.give(Token(client.id, scopes)), scopes)

    async def _client(self, request: Request, base: str, *, at: datetime) -> Client:
        """Who asks, proven by a secret, a signed assertion, or (an app) by PKCE later."""
        if request.form.get("client_assertion_type") == _ASSERTION:
            return await self._by_assertion(request.form.get("client_assertion", ""), base, at=at)
        client_id, secret = _basic(request) or (
            request.form.get("client_id", ""), request.form.get("client_secret", ""),
        )  # fmt: skip
        client = self.clients.find(client_id)
        if client is None or not (client.has_secret(secret) or (client.is_public and not secret)):
            raise Unproven("invalid_client", "No such client, or not its secret.", status=401)
        return client

    async def _by_assertion(self, assertion: str, base: str, *, at: datetime) -> Client:
        import jwt

        try:
            said = jwt.decode(assertion, options={"verify_signature": False})
            client = self.clients.find(str(said.get("iss", "")))
            if client is None or said.get("sub") != client.id:
                raise Unproven("invalid_client", "iss and sub must be the client.", status=401)
            keys = jwt.PyJWKSet.from_dict(await asyncio.to_thread(_keys_of, client))
            key = keys[jwt.get_unverified_header(assertion).get("kid", "")]
            root = base.removesuffix("/fhir")
            claims = jwt.decode(
                assertion, key, algorithms=_SIGNED_BY, audience=[f"{root}/token"],
                options={"require": ["exp", "jti"], "verify_exp": False, "verify_iat": False},
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, OSError, ValueError) as wrong:
            words = f"The assertion does not prove who asks ({type(wrong).__name__})."
            raise Unproven("invalid_client", words, status=401) from None
        self._use_once(f"{client.id} {claims['jti']}", float(claims["exp"]), at.timestamp())
        return client

    def _use_once(self, name: str, ends: float, now: float) -> None:
        for held in [each for each, ended in self.used.items() if ended < now]:
            del self.used[held]
        if not now < ends <= now + _LONGEST:
            raise Unproven(
                "invalid_client", "The assertion has ended, or lasts too long.", status=401
            )
        if name in self.used:
            raise Unproven("invalid_client", "The assertion (jti) was used before.", status=401)
        self.used[name] = ends


def _given(token: str, scopes: str) -> dict[str, Any]:
    return {
        "access_token": token, "token_type": "Bearer", "expires_in": SECONDS, "scope": scopes,
    }  # fmt: skip


def _verifies(verifier: str, challenge: str) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return len(verifier) >= 43 and hmac.compare_digest(made, challenge)


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, coded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(name), unquote(secret)


def _keys_of(client: Client) -> dict[str, Any]:
    """Its public keys, written down or fetched."""
    if not client.jwks_url:
        return client.jwks
    if not client.jwks_url.startswith(("https://", "http://")):
        raise ValueError("an address of keys that is not of the web")
    with urlopen(client.jwks_url, timeout=5) as answer:
        held: dict[str, Any] = json.loads(answer.read(100_000))
    return held
