"""Pauses: how long a destination that does not answer is left alone, and one that puts us off."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

LONGEST_PAUSE = 59.0  # with up to a second by chance: at most a minute after it is back


class Pauses:
    """One worker's patience with one destination, kept between its rounds."""

    def __init__(self, *, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance
        self._silences = 0  # how often in a row nobody answered
        self.not_before: datetime | None = None

    def after(self, times: int) -> timedelta:
        """1, 2, 4 ... seconds, and a little more by chance, lest workers march in step."""
        return timedelta(seconds=min(LONGEST_PAUSE, 2.0 ** min(times - 1, 10)) + self._chance())

    def begin_silence(self, at: datetime) -> bool:
        """Nobody answered: rest, longer each time. Whether that is new."""
        self._silences += 1
        self.not_before = at + self.after(self._silences)
        return self._silences == 1

    def end_silence(self) -> bool:
        """Somebody answered, whatever was said. Whether that is new."""
        was_silent = self._silences > 0
        self._silences, self.not_before = 0, None
        return was_silent

    def is_resting(self, at: datetime) -> bool:
        """Until a moment that no clock put back meanwhile has moved out of reach."""
        left = self.not_before - at if self.not_before is not None else timedelta(0)
        return timedelta(0) < left <= timedelta(seconds=LONGEST_PAUSE + 1)
