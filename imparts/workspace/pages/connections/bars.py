"""Bars: a day of messages as 96 bars, one a quarter of an hour, each row on its own scale."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 300, 28
STEP = WIDTH / 96


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter of an hour with at least one message."""

    x: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Hole:
    """A time in which it was asked and never answered: a frame, and not zeros."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing, and what it says in a sentence."""

    bars: tuple[Bar, ...]
    holes: tuple[Hole, ...]
    said: str

    @classmethod
    def of(cls, counts: Sequence[int], *, holes: Sequence[tuple[int, int]] = ()) -> "Bars":
        """Draw the counts, oldest first; a hole is its first and its last place."""
        most = max(counts, default=0)
        said = f"{sum(counts):,} in the last 24 hours, at most {most:,} in 15 minutes"
        if holes:
            said += f"; no answer {'once' if len(holes) == 1 else f'{len(holes)} times'}"
        return cls(
            bars=tuple(
                _bar(place, count / most) for place, count in enumerate(counts) if count and most
            ),
            holes=tuple(
                Hole(f"{first * STEP - 0.5:.1f}", f"{(last - first + 1) * STEP:.1f}")
                for first, last in holes
            ),
            said=said,
        )


def _bar(place: int, share: float) -> Bar:
    height = max(1.0, share * (HEIGHT - 8))
    return Bar(f"{place * STEP:.1f}", f"{HEIGHT - 1 - height:.1f}", f"{height:.1f}")
