"""Keys: the key that signs who the user is. Made when first needed, and kept."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_FILE = "launcher-key.pem"
_KID = "pretend-record-1"
ALGORITHMS = ("RS256", "RS384")


class Keys:
    """One RSA key. What it needs is brought in late: without a launch nothing of it is loaded."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._pem = b""

    def signed(self, claims: dict[str, Any], *, at: datetime, algorithm: str = "RS256") -> str:
        """The claims as a signed token that ends in an hour."""
        import jwt

        times = {"iat": int(at.timestamp()), "exp": int((at + timedelta(hours=1)).timestamp())}
        return jwt.encode(
            {**claims, **times}, self._private(), algorithm=algorithm, headers={"kid": _KID}
        )

    def public(self) -> dict[str, Any]:
        """The public half, as a set of keys."""
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
        from jwt.algorithms import RSAAlgorithm

        private = load_pem_private_key(self._private(), password=None)
        assert isinstance(private, RSAPrivateKey)
        held = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
        named = {"kid": _KID, "use": "sig", "kty": "RSA", "n": held["n"], "e": held["e"]}
        return {"keys": [{**named, "alg": "RS256"}]}

    def _private(self) -> bytes:
        if not self._pem:
            if not self._path.exists():
                self._path.touch(mode=0o600)
                self._path.write_bytes(_made())
            self._pem = self._path.read_bytes()
        return self._pem


def _made() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
