"""Public keys of others: which of a key set may have signed, and by which algorithms.

Only RS384 and ES384 of SMART's backend services, and RS256 and ES256 for id_tokens: never "none",
and never one that uses a secret, with which a public key could be taken for that secret.
"""

import json
from typing import Any

import jwt

FOR_ASSERTIONS = ("RS384", "ES384")
FOR_ID_TOKENS = ("RS256", "RS384", "ES256", "ES384")
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LEAST_BITS = {"RSA": 2048, "EC": 256}
# Who asks checks the claims, by our own clock.
_SIGNATURE_ALONE = {
    f"verify_{claim}": False for claim in ("exp", "iat", "nbf", "aud", "iss", "sub", "jti")
}
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "k")


class NotAKeySet(Exception):
    """This is no set of public keys; the message says what is wrong."""


def read_key_set(text: str) -> dict[str, object]:
    """A set of public keys from JSON, refused when it holds a private one or none that counts."""
    try:
        given = json.loads(text)
    except ValueError:
        raise NotAKeySet('The keys are no JSON. A key set is {"keys": [...]}.') from None
    keys = given.get("keys") if isinstance(given, dict) else None
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise NotAKeySet("A key set is a JSON object with a list called keys.")
    if any(name in key for key in keys for name in _PRIVATE):
        raise NotAKeySet("This holds a private key. Give the public half only, and make new keys.")
    if not any(_usable(key) for key in keys):
        raise NotAKeySet(
            "No key of the set counts: RSA of 2048 bits or more, or EC P-384 or P-256."
        )
    return {"keys": keys}


def keys_named(key_set: dict[str, Any], kid: str | None) -> list[Any]:
    """The keys of a set that may have signed what names this key, or no key at all."""
    return [
        key for each in key_set.get("keys", ())
        if isinstance(each, dict) and (kid is None or each.get("kid") == kid)
        and (key := _usable(each)) is not None
    ]  # fmt: skip


def claims_signed(
    token: str, key_set: dict[str, Any], header: dict[str, Any]
) -> dict[str, Any] | None:
    """What a token claims that one of these keys signed. Nothing else of it has been checked."""
    for key in keys_named(key_set, header.get("kid")):
        try:
            found: dict[str, Any] = jwt.decode(
                token, key, algorithms=[header["alg"]], options=_SIGNATURE_ALONE
            )
        except (jwt.PyJWTError, TypeError, ValueError):
            continue
        return found
    return None


def is_moment(claim: object) -> bool:
    """Whether a claim is a moment, as seconds since 1970."""
    return isinstance(claim, int | float) and not isinstance(claim, bool)


def _usable(key: dict[str, Any]) -> Any:
    if key.get("kty") not in ("RSA", "EC") or key.get("use", "sig") != "sig":
        return None
    try:
        read = jwt.PyJWK(key).key
    except (jwt.PyJWTError, ValueError, KeyError, TypeError):
        return None
    return read if getattr(read, "key_size", 0) >= _LEAST_BITS[key["kty"]] else None
