"""Launches: a launch, a code, a token: each made once, ended soon, and known by its text alone."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Context:
    """Who is at the screen, and whose notes are open."""

    patient: str  # ids in this record
    user: str
    encounter: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """What an app was let in for."""

    client: str
    redirect: str
    challenge: str
    scopes: str
    context: Context
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """What whoever has it may do."""

    client: str
    scopes: str
    patient: str = ""


class Given(Generic[_T]):
    """Things given out under a text that nobody can guess."""

    def __init__(self, lasts: timedelta, now: Callable[[], datetime]) -> None:
        self._lasts = lasts
        self._now = now
        self._held: dict[str, tuple[datetime, _T]] = {}

    def give(self, what: _T) -> str:
        """Give it out; the text that stands for it."""
        now = self._now()
        self._held = {key: held for key, held in self._held.items() if held[0] > now}
        text = secrets.token_urlsafe(24)
        self._held[text] = (now + self._lasts, what)
        return text

    def look(self, text: str) -> _T | None:
        """What the text stands for, while it lasts."""
        ends, what = self._held.get(text, (None, None))
        return what if ends is not None and ends > self._now() else None

    def take(self, text: str) -> _T | None:
        """The same, once."""
        what = self.look(text)
        self._held.pop(text, None)
        return what
