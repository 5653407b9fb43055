"""Answering: from a severity to the answers a person would give to each instrument.

Each item has a loading (how closely it follows the severity), thresholds (how much it takes for the
next answer) and noise. Sleep, tiredness and appetite follow the physical illness too, which is why
a sum can be high in people who are ill and not low in mood.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import NamedTuple

from imparts.demo.past.severity import Severity
from imparts.rules.instruments.definition import Instrument

Answers = dict[str, int | None]
_FROM_ILLNESS = 0.35


class ItemModel(NamedTuple):
    """How one question follows a severity."""

    item: str
    loading: float
    thresholds: tuple[float, float, float]
    is_somatic: bool = False


PHQ9 = (
    ItemModel("q1", 0.80, (0.55, 1.25, 1.75)),
    ItemModel("q2", 0.85, (0.50, 1.30, 1.85)),
    ItemModel("q3", 0.62, (0.10, 0.80, 1.30), is_somatic=True),
    ItemModel("q4", 0.66, (-0.25, 0.60, 1.15), is_somatic=True),
    ItemModel("q5", 0.62, (0.50, 1.15, 1.65), is_somatic=True),
    ItemModel("q6", 0.78, (0.75, 1.40, 1.90)),
    ItemModel("q7", 0.72, (0.65, 1.35, 1.85)),
    ItemModel("q8", 0.64, (1.10, 1.75, 2.25)),
    ItemModel("q9", 0.72, (1.85, 2.35, 2.75)),
)
GAD7 = (
    ItemModel("q1", 0.80, (0.35, 1.15, 1.65)),
    ItemModel("q2", 0.86, (0.60, 1.30, 1.75)),
    ItemModel("q3", 0.84, (0.40, 1.15, 1.65)),
    ItemModel("q4", 0.76, (0.35, 1.10, 1.60)),
    ItemModel("q5", 0.66, (0.85, 1.50, 2.00)),
    ItemModel("q6", 0.68, (0.40, 1.20, 1.75)),
    ItemModel("q7", 0.74, (0.70, 1.40, 1.90)),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The calibrated averages of one specialty."""

    mood: float
    worry: float
    item9: float
    agreement: float
    somatic: float
    pain: float
    alcohol: float


class Habits(NamedTuple):
    """What someone brings to every visit besides how they feel."""

    smoking: int
    """The answer to "Do you smoke tobacco?", 0 to 3."""
    wants_help: int
    cigarettes: int
    alcohol: float
    one_answer: int | None
    """Someone who taps the same answer all the way down has that answer here."""
    skips: bool


@dataclass(frozen=True, slots=True)
class Mind:
    """Someone on one day: everything that answers come from."""

    severity: Severity
    habits: Habits
    setting: Setting
    is_woman: bool


def answers_to(instrument: Instrument, mind: Mind, chance: Random) -> Answers:
    """A full set of answers to one instrument."""
    known = _BY_INSTRUMENT.get(instrument.id)
    return known(mind, chance) if known else _by_illness(instrument, mind, chance)


def _graded(
    items: tuple[ItemModel, ...],
    value: float,
    *,
    illness: float,
    extra: Mapping[str, float],
    chance: Random,
) -> Answers:
    given: Answers = {}
    gauss = chance.gauss
    for item, loading, (low, middle, high), is_somatic in items:
        felt = loading * value + sqrt(1 - loading * loading) * gauss(0, 1) + extra.get(item, 0.0)
        if is_somatic:
            felt += _FROM_ILLNESS * illness
        given[item] = (felt > low) + (felt > middle) + (felt > high)
    return given


def _phq9(mind: Mind, chance: Random) -> Answers:
    setting, severity = mind.setting, mind.severity
    if (same := mind.habits.one_answer) is not None:
        given: Answers = dict.fromkeys((item.item for item in PHQ9), same)
    else:
        extra = {"q9": setting.item9, **dict.fromkeys(("q3", "q4", "q5"), setting.somatic)}
        given = _graded(
            PHQ9, setting.mood + severity.mood, illness=severity.illness, extra=extra, chance=chance
        )
    total = sum(value or 0 for value in given.values())
    given["difficulty"] = max(0, min(3, round(total / 7 + chance.gauss(-0.1, 0.5))))
    return given


def _phq8(mind: Mind, chance: Random) -> Answers:
    given = _phq9(mind, chance)
    del given["q9"]
    return given


def _gad7(mind: Mind, chance: Random) -> Answers:
    if (same := mind.habits.one_answer) is not None:
        return dict.fromkeys((item.item for item in GAD7), same)
    value = mind.setting.worry + mind.severity.worry
    return _graded(GAD7, value, illness=0.0, extra={}, chance=chance)


def _smoking(mind: Mind, chance: Random) -> Answers:
    return {"q1": mind.habits.smoking, "q2": mind.habits.wants_help}


def _hsi(mind: Mind, chance: Random) -> Answers:
    first = max(0, min(3, mind.habits.cigarettes + chance.choice((0, 1, 1, 2))))
    return {"q1": first, "q2": mind.habits.cigarettes}


def _auditc(mind: Mind, chance: Random) -> Answers:
    taste = mind.setting.alcohol + mind.habits.alcohol + (0 if mind.is_woman else 0.4)
    often = _step(taste + chance.gauss(0, 0.3), (-0.5, 0.2, 0.8, 1.5))
    units = _step(taste + chance.gauss(0, 0.5), (0.2, 0.9, 1.5, 2.1))
    many = _step(taste + chance.gauss(0, 0.4), (0.4, 1.1, 1.6, 2.3))
    return {"q1": often, "q2": units, "q3": many}


def _step(value: float, thresholds: tuple[float, ...]) -> int:
    return sum(value > threshold for threshold in thresholds)


def _ten(mind: Mind, chance: Random, *, more: float = 0.0) -> int:
    felt = 1.9 * mind.severity.illness + 0.5 * mind.severity.mood + chance.gauss(0, 1.2)
    return max(0, min(10, round(mind.setting.pain + more + felt)))


def _pain(mind: Mind, chance: Random) -> Answers:
    return {"q1": _ten(mind, chance)}


def _peg(mind: Mind, chance: Random) -> Answers:
    pain = _ten(mind, chance)
    enjoyment = max(0, min(10, round(pain + mind.severity.mood + chance.gauss(-0.3, 1.1))))
    activity = max(0, min(10, round(pain + 0.5 * mind.severity.mood + chance.gauss(-0.2, 1.1))))
    return {"q1": pain, "q2": enjoyment, "q3": activity}


def _by_illness(instrument: Instrument, mind: Mind, chance: Random) -> Answers:
    """Answers to an instrument that has no model of its own: they follow the illness."""
    given: Answers = {}
    for item in instrument.items:
        values = sorted(option.value for option in item.options)
        felt = 0.5 + 0.22 * (0.7 * mind.severity.illness + 0.7 * chance.gauss(0, 1))
        given[item.id] = values[max(0, min(len(values) - 1, int(felt * len(values))))]
    return given


_BY_INSTRUMENT: dict[str, Callable[[Mind, Random], Answers]] = {
    "phq9": _phq9,
    "phq8": _phq8,
    "gad7": _gad7,
    "smoking_core": _smoking,
    "hsi": _hsi,
    "auditc": _auditc,
    "pain_nrs": _pain,
    "peg": _peg,
}
