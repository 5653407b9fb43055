"""The key with which we sign: made when it is first needed, the same for every process."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import connection, transaction

from imparts.gateway.smart.locked import CannotBeOpened, lock, unlock
from imparts.gateway.smart.models import SigningKey

ALGORITHM = "RS256"  # what SMART App Launch asks of id_tokens
FOR_RECORDS = "RS384"  # what it asks of signed assertions
_LOCK = 5_220_411  # one process makes the key, the others wait for it


def sign(claims: dict[str, Any], *, at: datetime, algorithm: str = ALGORITHM) -> str:
    """The claims as a signed token."""
    key, pem = signing_key(at=at)
    return jwt.encode(claims, pem, algorithm=algorithm, headers={"kid": key.kid})


def signing_key(*, at: datetime) -> tuple[SigningKey, str]:
    """The newest key that this site can open, made when there is none."""
    found = _newest()
    if found is not None:
        return found
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        return _newest() or _made(at)


def _newest() -> tuple[SigningKey, str] | None:
    for key in SigningKey.objects.order_by("-pk"):
        try:
            return key, unlock(key.locked_pem)
        except CannotBeOpened:
            continue
    return None


def _made(at: datetime) -> tuple[SigningKey, str]:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    kid = uuid4().hex
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key()))
    # No "alg": the same key signs id_tokens (RS256) and what records ask of us (RS384).
    jwk = {"kty": "RSA", "kid": kid, "use": "sig", "n": public["n"], "e": public["e"]}
    return SigningKey.objects.create(kid=kid, locked_pem=lock(pem), public_jwk=jwk, made_at=at), pem
