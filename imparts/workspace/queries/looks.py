"""Looks at a list: whether the audit has this look already, so that no refresh repeats it."""

from datetime import datetime, timedelta

from imparts.audit.queries import entries_by

_AGAIN_AFTER = timedelta(minutes=15)


def is_noted(username: str, *, did: str, about: str, at: datetime) -> bool:
    """Whether this person's look at this list was noted in the last 15 minutes."""
    lately = entries_by(username).filter(did=did, about=about, at__gt=at - _AGAIN_AFTER)
    return lately.exists()
