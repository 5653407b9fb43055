"""Burden: how many questions a pack comes to, how many minutes, and when that is too much.

SECONDS_A_QUESTION is a choice and not a measurement: the packs that we ship reckon with it, and a
page says so beside the minutes. Times measured at a site are better than it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from imparts.rules.forms.definition import Form
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import NO_PLAIN_FORMS, fewest_and_most
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import CORE_KEYS

SECONDS_A_QUESTION = 10
MOST_SCREENS = 32
MOST_CONDITION_ITEMS = 12


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


def burden(
    pack: Pack,
    instruments: Mapping[str, Instrument],
    forms: Mapping[str, Form] = NO_PLAIN_FORMS,
) -> Burden:
    """Count a pack's questions; what is not known is not counted."""
    fewest, most = fewest_and_most(pack, instruments, forms)
    beside = (ask.instrument for ask in pack.asks if ask.instrument not in CORE_KEYS)
    return Burden(
        fewest=fewest,
        most=most,
        minutes=_minutes(most),
        condition_items=sum(_questions(key, instruments, forms) for key in beside),
    )


def minutes_for(
    pack: Pack,
    instruments: Mapping[str, Instrument],
    forms: Mapping[str, Form] = NO_PLAIN_FORMS,
) -> int:
    """The minutes that a patient is told, for the most questions that they may meet."""
    return _minutes(fewest_and_most(pack, instruments, forms)[1])


def questions_in(form: Form) -> int:
    """How many questions of a form a person may be asked; a repeated group counts once."""
    return sum(item.may_be_asked for item in form.all_items)


def _questions(key: str, instruments: Mapping[str, Instrument], forms: Mapping[str, Form]) -> int:
    if key in instruments:
        return len(instruments[key].items)
    return questions_in(forms[key]) if key in forms else 0


def _minutes(questions: int) -> int:
    return max(1, ceil(questions * SECONDS_A_QUESTION / 60))
