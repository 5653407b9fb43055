"""What is stored of a secret that only a browser holds: its hash, never the secret."""

import hashlib


def hash_of(secret: str) -> str:
    """The hash of 256 random bits; a plain one is enough, since nobody can guess those."""
    return hashlib.sha256(secret.encode()).hexdigest()
