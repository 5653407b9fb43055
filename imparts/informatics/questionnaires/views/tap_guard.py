"""A tap made twice: in one-tap mode the next page's buttons lie under the same finger.

Each one-tap page carries a signed token with the moment it was made. A tap within 400 ms of that
moment is the tap before it made twice, and is ignored. Scripts do the same in the browser; this is
for when they are off.
"""

from datetime import datetime, timedelta

from django.core import signing

from imparts.rules.packs.asking import Question

TOO_SOON = timedelta(milliseconds=400)
_SALT = "imparts.tablet.page"


class WrongToken(Exception):
    """The token was not made here, or was made for another question."""


def token_for(question: Question, *, at: datetime) -> str:
    """The token of a page drawn at this moment."""
    return signing.dumps([*question.key, at.timestamp()], salt=_SALT)


def is_tap_twice(token: str, question: Question, *, at: datetime) -> bool:
    """Whether a tap came too soon after its page; raises WrongToken for a token made elsewhere.

    A form without any token is let through: the token guards against a finger, not a person.
    """
    if not token:
        return False
    try:
        instrument, item, made_at = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as wrong:
        raise WrongToken from wrong
    if (instrument, item) != question.key:
        raise WrongToken
    return at.timestamp() - made_at < TOO_SOON.total_seconds()
