"""The frozen shapes of one pack."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from imparts.rules.instruments.conditions import Condition


@dataclass(frozen=True, slots=True)
class Ask:
    """One instrument, how often it is asked, and when at all."""

    instrument: str
    every_days: int = 0  # 0 asks at every visit; 182 not again within 182 days of the last answer
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of questions under one word of the patient's: "Mood"."""

    name: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What one kind of clinic asks of one patient."""

    id: str
    name: str
    version: str
    kind: str
    illness_words: str  # inside "which joint disease can also cause"
    parts: tuple[Part, ...]
    asks_who_helps: bool
    minutes: int
    authored_by: str
    checked_by: str
    reviewed_on: date
    next_review: date
    sources: tuple[str, ...]

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Everything that is asked, in order."""
        return tuple(ask for part in self.parts for ask in part.asks)

    def places(self) -> Iterator[tuple[Part, Ask]]:
        """Every ask with the part it stands in, in order."""
        for part in self.parts:
            for ask in part.asks:
                yield part, ask

    def of_only(self, instruments: Iterable[str]) -> "Pack":
        """The same pack asking some instruments, each without a condition: they were answered."""
        named = {ask.instrument: part.name for part, ask in self.places()}
        parts = tuple(Part(named.get(key, key), (Ask(key),)) for key in instruments)
        return replace(self, parts=parts)
