"""Cursors: links to further pages, sealed: nobody reads a name from them or makes one.

They hold the whole search, because an address without it would lose it, and where the last page
ended. A cursor belongs to the client that was given it and ends after a day.
"""

import base64
import hashlib
import json
import zlib
from datetime import timedelta
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from imparts.gateway.fhir_server.problems import bad_request, problem
from imparts.gateway.fhir_server.registry import Reader

LASTS = timedelta(days=1)


@cache
def _seal(secret: str) -> Fernet:
    key = hashlib.sha256(f"imparts.fhir.pages.{secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def sealed(said: dict[str, Any], reader: Reader) -> str:
    """A cursor for a link."""
    whole = json.dumps([_owner(reader), said], separators=(",", ":")).encode()
    token = _seal(settings.SECRET_KEY).encrypt_at_time(
        zlib.compress(whole, 9), int(reader.at.timestamp())
    )
    return token.decode().rstrip("=")


def opened(token: str, reader: Reader) -> dict[str, Any]:
    """What a cursor says; refused in words when it is not ours, not this client's, or too old."""
    padded = token + "=" * (-len(token) % 4)
    try:
        whole = _seal(settings.SECRET_KEY).decrypt(padded.encode())
        made_at = _seal(settings.SECRET_KEY).extract_timestamp(padded.encode())
    except (InvalidToken, ValueError):
        raise bad_request("This link to a page is not one that this server gave.") from None
    owner, said = json.loads(zlib.decompress(whole))
    if owner != _owner(reader):
        raise bad_request("This link to a page was given to another client. Search again.")
    if reader.at.timestamp() - made_at > LASTS.total_seconds():
        raise problem(410, "expired", "This link to a page has ended. Search again.")
    return dict(said)


def _owner(reader: Reader) -> list[str]:
    context = reader.principal.patient
    return [reader.principal.client_id, reader.asking.username, str(context or "")]
