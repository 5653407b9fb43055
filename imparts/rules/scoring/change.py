"""Change: the difference between two scores, and whether it is more than chance.

"Worse" and "better" are said only from the reliable change of the instrument up (PHQ-9 6, GAD-7 4;
source: a secondary page citing the IAPT manual). Below it the words are "about the same": a move of
three points on PHQ-9 is what the same person scores on another morning.

Whether a change matters to people is another question, with numbers of its own (PEG: a fall of 30
per cent). Who shows it does so only where nothing is known of chance: a change within chance is not
called important.
"""

from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.instruments.definition import HIGHER_IS_WORSE, NO_DIRECTION, Instrument
from imparts.rules.instruments.unverified import is_unverified
from imparts.rules.scoring.result import Score

NOT_SEEN = "from general knowledge"


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
    reliable_at: Decimal | int | None,
    *,
    direction: str = HIGHER_IS_WORSE,
) -> Change:
    """Compare two complete scores; ask may_be_compared first."""
    by = now - before
    if by == 0:
        return Change(by, "same", False, "same")
    if reliable_at is None:
        return Change(by, "changed", False, f"changed ({signed(by)})")
    if abs(by) < reliable_at:
        return Change(by, "same", False, f"same ({signed(by)})")
    if direction == NO_DIRECTION:
        return Change(by, "changed", True, f"changed ({signed(by)})")
    is_worse = (by > 0) == (direction == HIGHER_IS_WORSE)
    word = "worse" if is_worse else "better"
    return Change(by, word, True, f"{word} by {plain(abs(by))}")


def may_be_compared(score: Score) -> bool:
    """Whether a score may enter change and outcome rates: complete ones only, never an estimate."""
    return score.is_complete and score.score is not None


def is_important(now: Decimal, before: Decimal, instrument: Instrument) -> bool | None:
    """Whether two complete scores differ by what matters to people; None where nobody says.

    Ask may_be_compared first. Points and per cent are alternatives, as published: either does. Per
    cent are of the earlier score, so of nought there are none.
    """
    by = now - before
    if by and instrument.important_way not in ("", _way(by)):
        return None
    reached = []
    if instrument.important_change is not None:
        reached.append(abs(by) >= instrument.important_change)
    if instrument.important_percent is not None and before > 0:
        reached.append(abs(by) * 100 >= instrument.important_percent * before)
    return any(reached) if reached else None


def important_words(now: Decimal, before: Decimal, instrument: Instrument) -> str:
    """Such as "important fall", where it says more than the change itself.

    Where it is known how much is chance, "worse", "better" and "same" have said enough.
    """
    if instrument.words_from is not None or not is_important(now, before, instrument):
        return ""
    return f"important {_way(now - before)}"


def important_from(instrument: Instrument) -> str:
    """From where a change matters to people, and who says so: "a fall of 30% (published)"."""
    points, percent = instrument.important_change, instrument.important_percent
    said = [f"{plain(points)} points"] if points is not None else []
    said += [f"{percent}%"] if percent is not None else []
    way = instrument.important_way or "change"
    whence = NOT_SEEN if is_unverified(instrument.important_change_source) else "published"
    return f"a {way} of {' or '.join(said)} ({whence})"


def _way(by: Decimal) -> str:
    return "rise" if by > 0 else "fall"


def signed(by: Decimal) -> str:
    """A difference with its sign; the minus is the real one, so that it lines up with the plus."""
    return f"+{plain(by)}" if by > 0 else f"\N{MINUS SIGN}{plain(-by)}" if by < 0 else "0"


def plain(number: Decimal) -> str:
    """A number without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
