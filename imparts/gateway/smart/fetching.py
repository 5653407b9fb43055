"""Asking other servers for JSON: with TLS outside this machine, and in a few seconds.

No redirect is followed: a server that was registered leads to no other.
"""

import json
from typing import Any
from urllib.parse import urlsplit

import requests

from imparts.gateway.smart.bases import is_here

SECONDS = (3, 5)  # to connect, and between two bytes
MOST_BYTES = 256 * 1024


class NotFetched(Exception):
    """The other server did not answer as it must; the message says how, without its content."""


def is_safe(address: str) -> bool:
    """Whether an address may be asked at all: with TLS, or on this machine."""
    try:
        parts = urlsplit(address)
        host, user, _ = parts.hostname, parts.username, parts.port  # all of them can be read
    except ValueError:
        return False
    if not host or user is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_here(host))


def get_json(address: str, *, token: str = "") -> dict[str, Any]:
    """What is at an address."""
    headers = {"Accept": "application/json, application/fhir+json;q=0.9"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return _asked("GET", address, headers=headers)


def post_form(
    address: str, fields: dict[str, str], *, login: tuple[str, str] | None = None
) -> dict[str, Any]:
    """What a server answers to a form; `login` is sent as HTTP Basic."""
    return _asked("POST", address, data=fields, auth=login, headers={"Accept": "application/json"})


def _asked(method: str, address: str, **how: Any) -> dict[str, Any]:
    if not is_safe(address):
        raise NotFetched("Its address has no TLS (https).")
    session = requests.Session()
    session.trust_env = False  # no proxy or password file of this machine takes part
    try:
        with session.request(
            method, address, timeout=SECONDS, allow_redirects=False, stream=True, **how
        ) as reply:
            return _read(reply)
    except (requests.RequestException, ValueError) as wrong:
        raise NotFetched(f"It cannot be reached ({type(wrong).__name__}).") from None
    finally:
        session.close()


def _read(reply: requests.Response) -> dict[str, Any]:
    if reply.status_code != 200:
        raise NotFetched(f"It answered with status {reply.status_code}.")
    held = bytearray()
    for part in reply.iter_content(16 * 1024):
        held += part
        if len(held) > MOST_BYTES:
            raise NotFetched("Its reply is too long.")
    try:
        found = json.loads(bytes(held))
    except ValueError:
        raise NotFetched("Its reply is no JSON.") from None
    if not isinstance(found, dict):
        raise NotFetched("Its reply is no JSON object.")
    return found
