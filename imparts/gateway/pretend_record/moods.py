"""Moods: the ways in which this record can be told to misbehave, and for how many messages."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class Mood(StrEnum):
    """What happens to the next messages; each is something that real records have done."""

    NORMAL = "normal"
    SLOW = "slow"
    NOT_NOW = "ae"
    REFUSES = "ar"
    ACCEPT_ERROR = "ce"
    ACCEPT_REJECT = "cr"
    EVERY_SECOND = "every-second"
    SILENT = "silent"
    FORGETS = "forgets"
    HANGS_UP = "hangs-up"
    CLOSES = "closes"
    HALF = "half"
    LATE = "late"
    WRONG_ID = "wrong-id"
    NO_ID = "no-id"
    NO_MSA = "no-msa"
    UNKNOWN_CODE = "unknown-code"
    TWICE = "twice"
    BEFORE = "before"
    REPEATS = "repeats"
    GARBAGE = "garbage"
    BARE = "bare"
    CHATTER = "chatter"
    ENDLESS = "endless"
    DRIPS = "drips"
    DEAF = "deaf"
    DOWN = "down"


WORDS = {
    Mood.NORMAL: "Answers at once",
    Mood.SLOW: "Answers slowly",
    Mood.NOT_NOW: "Says it cannot now (AE)",
    Mood.REFUSES: "Refuses (AR)",
    Mood.ACCEPT_ERROR: "Cannot accept now (CE)",
    Mood.ACCEPT_REJECT: "Will not accept (CR)",
    Mood.EVERY_SECOND: "Cannot take every second one (AE)",
    Mood.SILENT: "Stores, never answers",
    Mood.FORGETS: "Stores nothing, never answers",
    Mood.HANGS_UP: "Hangs up at once, stores nothing",
    Mood.CLOSES: "Hangs up in mid-answer",
    Mood.HALF: "Half an answer, then nothing",
    Mood.LATE: "Stores, answers too late",
    Mood.WRONG_ID: "Answers for another message",
    Mood.NO_ID: "Answers without an id",
    Mood.NO_MSA: "Answers without saying what",
    Mood.UNKNOWN_CODE: "Answers with a code that nobody knows",
    Mood.TWICE: "Answers twice",
    Mood.BEFORE: "Answers for the one before, then for this",
    Mood.REPEATS: "Answers again, a moment later",
    Mood.GARBAGE: "Answers with noise",
    Mood.BARE: "Answers without a frame",
    Mood.CHATTER: "Noise around the answer",
    Mood.ENDLESS: "An answer without end",
    Mood.DRIPS: "Answers byte by byte",
    Mood.DEAF: "Connects, reads nothing",
    Mood.DOWN: "Is down",
}
KEEPS_NOTHING = (
    Mood.NOT_NOW, Mood.REFUSES, Mood.ACCEPT_ERROR, Mood.ACCEPT_REJECT, Mood.FORGETS, Mood.HANGS_UP,
    Mood.DEAF, Mood.DOWN,
)  # fmt: skip
_T = TypeVar("_T", bound=StrEnum)


@dataclass(slots=True)
class Temper(Generic[_T]):
    """The mood of the moment; `left` is for how many messages, None until told otherwise."""

    mood: _T
    normal: _T
    left: int | None = None

    def take_on(self, mood: _T, *, times: int | None = None) -> None:
        """Take on a mood, for some messages or until told otherwise."""
        self.mood, self.left = mood, times

    def for_next_message(self) -> _T:
        """The mood in which the next message is met."""
        met = self.mood
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.mood, self.left = self.normal, None
        return met


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long slow and late are, in seconds."""

    slow: float = 2.0
    late: float = 12.0  # longer than a sender waits
