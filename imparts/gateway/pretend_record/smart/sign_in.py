"""Sign in: the authorize address. The user is signed in to this record already; an app is let in.

A launch from here names patient and user. An app that comes by itself (launch/patient) shows a page
on which somebody picks both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from imparts.gateway.pretend_record.smart.clients import Client, Clients
from imparts.gateway.pretend_record.smart.launches import Code, Context, Given
from imparts.gateway.pretend_record.smart.scopes import granted


@dataclass(frozen=True, slots=True)
class Sent:
    """The browser is sent back to the app."""

    address: str


@dataclass(frozen=True, slots=True)
class Turned:
    """The browser is not sent anywhere: it is not certain to whom. A sentence says why."""

    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody has to pick a patient and a user first."""

    client: Client


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the authorize address needs."""

    clients: Clients
    launches: Given[Context]
    codes: Given[Code]

    def answer(
        self, asked: Mapping[str, str], base: str, *, picked: Context | None = None
    ) -> Sent | Turned | Asked:
        """What becomes of the browser."""
        client = self.clients.find(asked.get("client_id", ""))
        redirect = asked.get("redirect_uri", "")
        if client is None or client.is_machine:
            return Turned("No such app is registered here (client_id).")
        if not client.may_be_sent_to(redirect):
            return Turned("The redirect address is not one of this app's (redirect_uri).")
        wrong = _wrong(asked, base)
        if wrong:
            return _sent(redirect, asked, error=wrong[0], error_description=wrong[1])
        context = picked or self._context(asked)
        if context is None:
            if "launch" in asked:
                words = "The launch is not known, was used, or has ended."
                return _sent(redirect, asked, error="invalid_request", error_description=words)
            return Asked(client)
        scopes = granted(asked["scope"], client.scopes)
        code = self.codes.give(Code(
            client=client.id, redirect=redirect, challenge=asked["code_challenge"],
            scopes=scopes, context=context, nonce=asked.get("nonce", ""),
        ))  # fmt: skip
        return _sent(redirect, asked, code=code)

    def _context(self, asked: Mapping[str, str]) -> Context | None:
        return self.launches.take(asked.get("launch", ""))


def _wrong(asked: Mapping[str, str], base: str) -> tuple[str, str] | None:
    """What is wrong with the question: a code of OAuth and a sentence."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type", "response_type must be code."
    if asked.get("aud", "").rstrip("/") != base:
        return "invalid_request", "aud must be the address of this FHIR server."
    if not asked.get("state"):
        return "invalid_request", "state is missing."
    if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
        return "invalid_request", "A code_challenge of method S256 is needed (PKCE)."
    if not asked.get("scope"):
        return "invalid_scope", "scope is missing."
    return None


def _sent(redirect: str, asked: Mapping[str, str], **told: str) -> Sent:
    state = {"state": asked["state"]} if asked.get("state") else {}
    joint = "&" if "?" in redirect else "?"
    return Sent(f"{redirect}{joint}{urlencode({**told, **state})}")
