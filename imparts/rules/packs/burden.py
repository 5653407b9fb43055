"""Burden: how many questions a pack comes to, how many minutes, and when that is too much.

SECONDS_A_QUESTION is a choice and not a measurement: the packs that we ship reckon with it, and a
page says so beside the minutes. Times measured at a site are better than it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import fewest_and_most
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import CORE

SECONDS_A_QUESTION = 10
MOST_SCREENS = 32
MOST_CONDITION_ITEMS = 12
_CORE_KEYS = frozenset(key for choices in CORE for key in choices)


@dataclass(frozen=True, slots=True)
class Burden:
    """What a pack asks of a patient's time."""

    fewest: int
    most: int
    minutes: int
    condition_items: int

    @property
    def too_many_screens(self) -> bool:
        """Whether someone may meet more screens than patients were found to finish."""
        return self.most > MOST_SCREENS

    @property
    def too_many_condition_items(self) -> bool:
        """Whether what is asked beside mood, worry and smoking is long by itself."""
        return self.condition_items > MOST_CONDITION_ITEMS


def burden(pack: Pack, instruments: Mapping[str, Instrument]) -> Burden:
    """Count a pack's questions; what is not known is not counted."""
    fewest, most = fewest_and_most(pack, instruments)
    beside = (ask.instrument for ask in pack.asks if ask.instrument not in _CORE_KEYS)
    return Burden(
        fewest=fewest,
        most=most,
        minutes=_minutes(most),
        condition_items=sum(len(instruments[key].items) for key in beside if key in instruments),
    )


def minutes_for(pack: Pack, instruments: Mapping[str, Instrument]) -> int:
    """The minutes that a patient is told, for the most questions that they may meet."""
    return _minutes(fewest_and_most(pack, instruments)[1])


def _minutes(questions: int) -> int:
    return max(1, ceil(questions * SECONDS_A_QUESTION / 60))
