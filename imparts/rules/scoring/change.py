"""Change: the difference between two scores, and whether it is more than chance.

"Worse" and "better" are said only from the reliable change of the instrument up (PHQ-9 6, GAD-7 4;
source: a secondary page citing the IAPT manual). Below it the words are "about the same": a move of
three points on PHQ-9 is what the same person scores on another morning.
"""

from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.scoring.result import Score


@dataclass(frozen=True, slots=True)
class Change:
    """How far a score has moved, and what may be said about it."""

    by: Decimal
    word: str  # worse, better, same; changed, where no chance range is known
    is_reliable: bool
    in_words: str  # "worse by 8", "same (+3)"


def change(
    now: Decimal,
    before: Decimal,
    reliable_at: int | None,
    *,
    direction: str = "higher_is_worse",
) -> Change:
    """Compare two complete scores; ask may_be_compared first."""
    by = now - before
    if by == 0:
        return Change(by, "same", False, "same")
    if reliable_at is None:
        return Change(by, "changed", False, f"changed ({signed(by)})")
    if abs(by) < reliable_at:
        return Change(by, "same", False, f"same ({signed(by)})")
    if direction == "no_direction":
        return Change(by, "changed", True, f"changed ({signed(by)})")
    is_worse = (by > 0) == (direction == "higher_is_worse")
    word = "worse" if is_worse else "better"
    return Change(by, word, True, f"{word} by {plain(abs(by))}")


def may_be_compared(score: Score) -> bool:
    """Whether a score may enter change and outcome rates: complete ones only, never an estimate."""
    return score.is_complete and score.score is not None


def signed(by: Decimal) -> str:
    """A difference with its sign; the minus is the real one, so that it lines up with the plus."""
    return f"+{plain(by)}" if by > 0 else f"\N{MINUS SIGN}{plain(-by)}" if by < 0 else "0"


def plain(number: Decimal) -> str:
    """A number without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
