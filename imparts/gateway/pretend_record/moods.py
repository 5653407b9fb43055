"""Moods: the ways in which this record can be told to misbehave, and for how many messages."""

from dataclasses import dataclass
from enum import StrEnum


class Mood(StrEnum):
    """What happens to the next messages; each is something that real records have done."""

    NORMAL = "normal"
    SLOW = "slow"
    NOT_NOW = "ae"
    REFUSES = "ar"
    SILENT = "silent"
    CLOSES = "closes"
    WRONG_ID = "wrong-id"
    LATE = "late"
    TWICE = "twice"
    DOWN = "down"


WORDS = {
    Mood.NORMAL: "Answers at once",
    Mood.SLOW: "Answers slowly",
    Mood.NOT_NOW: "Says it cannot now (AE)",
    Mood.REFUSES: "Refuses (AR)",
    Mood.SILENT: "Stores, never answers",
    Mood.CLOSES: "Hangs up in mid-answer",
    Mood.WRONG_ID: "Answers for another message",
    Mood.LATE: "Stores, answers too late",
    Mood.TWICE: "Answers twice",
    Mood.DOWN: "Is down",
}
KEEPS_NOTHING = (Mood.NOT_NOW, Mood.REFUSES, Mood.DOWN)


@dataclass(slots=True)
class Temper:
    """The mood of the moment; `left` is for how many messages, None until told otherwise."""

    mood: Mood = Mood.NORMAL
    left: int | None = None

    def for_next_message(self) -> Mood:
        """The mood in which the next message is met."""
        met = self.mood
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.mood, self.left = Mood.NORMAL, None
        return met


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long slow and late are, in seconds."""

    slow: float = 2.0
    late: float = 12.0  # longer than a sender waits
