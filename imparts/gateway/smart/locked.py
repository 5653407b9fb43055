"""Secrets of others that we must be able to use again: kept locked with the site's secret key.

A copy of the tables alone opens none of them. Whoever changes IMPARTS_SECRET_KEY has to register
the secrets of hospital records anew; the key with which we sign is made anew by itself.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


class CannotBeOpened(Exception):
    """It was locked with another secret key than the site has now."""


def lock(secret: str) -> str:
    """The secret as it may be stored."""
    return _fernet().encrypt(secret.encode()).decode()


def unlock(locked: str) -> str:
    """The secret as it was; CannotBeOpened when the site's secret key has changed since."""
    try:
        return _fernet().decrypt(locked.encode()).decode()
    except InvalidToken:
        raise CannotBeOpened(
            "IMPARTS_SECRET_KEY has changed since this was stored. Store it again."
        ) from None


def _fernet() -> Fernet:
    made = salted_hmac("imparts.locked", "", algorithm="sha256").digest()  # of the secret key
    # What is stored was locked with a hash of that, and must open for as long as it is kept.
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(made).digest()))
