"""Stretches: the scores that lead somewhere, from one up to before another, and their words.

The first level that is met counts, from the highest down, so a level that says "from 15" is reached
by 15 to 19 only while another says "from 20". People read what is so, not what is written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from imparts.rules.instruments.definition import Instrument
from imparts.rules.pathways.definition import Trigger
from imparts.rules.scoring.change import plain

# "low mood is 15 to 19": what is measured, and the numbers, which go with the threshold.
NUMBERS = re.compile(
    r"^(?P<what>.+?) is [\d.]+(?: or more| or less| to [\d.]+| or [\d.]+)?(?P<rest>(?: of .*)?)$"
)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Scores from one up to before another; for scales of which lower is worse, turned round."""

    start: Decimal
    before: Decimal | None  # None: up to the end of the scale
    is_up_to: bool = False

    @property
    def words(self) -> str:
        """Such as "from 20", "15 to 19" or "30 or less"."""
        return self.words_on(None)

    def words_on(self, end: Decimal | None) -> str:
        """The same on a scale of which the end is known: "20 to 27" for "from 20"."""
        first, last = self._as_scored(self.start), end
        if self.before is not None:
            limit = self._as_scored(self.before)
            if limit != limit.to_integral_value():
                return f"{plain(first)} and {'above' if self.is_up_to else 'below'} {plain(limit)}"
            last = self._as_scored(self.before - 1)
        if last is None:
            return f"{plain(first)} or less" if self.is_up_to else f"from {plain(first)}"
        if self._as_scored(last) < self.start:
            return "reached by nobody"
        low, high = sorted((first, last))
        return plain(low) if low == high else f"{plain(low)} to {plain(high)}"

    def _as_scored(self, value: Decimal) -> Decimal:
        """Turned back, or round: the same both ways."""
        return -value if self.is_up_to else value


Stretches = tuple[Stretch, ...]  # empty for what is no score: a flag, a band, a change


def stretch_of(trigger: Trigger, above: Iterable[Trigger] = ()) -> Stretch | None:
    """The scores of a threshold that the triggers above it leave; None for what is no score.

    Only thresholds of the same instrument take scores, and none that must be met often.
    """
    if trigger.repeated is not None or trigger.change is not None:
        return None
    takers = [one for one in above if one.instrument == trigger.instrument and not one.repeated]
    if trigger.score_from is not None:
        ends = [one.score_from for one in takers if one.score_from is not None]
        return Stretch(trigger.score_from, min(ends, default=None))
    if trigger.score_up_to is not None:
        downs = [-one.score_up_to for one in takers if one.score_up_to is not None]
        return Stretch(-trigger.score_up_to, min(downs, default=None), is_up_to=True)
    return None


def stretch_on(trigger: Trigger, instrument: Instrument) -> Stretch | None:
    """The scores of a threshold or a band on its scale, the lowest first whichever is worse."""
    lowest, highest = instrument.scoring.lowest, instrument.scoring.highest
    if trigger.band is not None:
        band = instrument.band(trigger.band)
        return _closed(band.lowest, band.highest, instrument) if band else None
    if lowest is None or highest is None:
        return None
    if trigger.score_from is not None:
        return _closed(trigger.score_from, highest, instrument)
    if trigger.score_up_to is not None:
        return _closed(lowest, trigger.score_up_to, instrument)
    return None


def covers(wide: Iterable[Stretch], narrow: Stretch) -> bool:
    """Whether every score of one stretch is in one of the others."""
    reached = narrow.start
    for one in sorted(wide):
        if one.is_up_to != narrow.is_up_to or one.start > reached:
            continue
        if one.before is None:
            return True
        reached = max(reached, one.before)
        if narrow.before is not None and reached >= narrow.before:
            return True
    return False


def _closed(low: Decimal, high: Decimal, instrument: Instrument) -> Stretch:
    """Both in it: up to before the next score, by the smallest step between two as they are given.

    A threshold between two scores ends at the lower one.
    """
    step = Decimal(1).scaleb(-instrument.scoring.decimals)
    return Stretch(low, high.quantize(step, ROUND_FLOOR) + step)
