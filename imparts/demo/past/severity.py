"""Severity: how low in mood, how worried and how ill someone is, and how that drifts.

Three numbers on a bell curve around 0, the average of the specialty. They move together: mood with
worry by an agreement that differs by specialty (0.82 usual), mood with illness by 0.45, worry with
illness by 0.38. From one visit to the next each keeps three quarters of where it stood, which gives
untreated people's sums a correlation of about 0.6, as published retests do.
"""

from functools import lru_cache
from math import sqrt
from random import Random
from typing import NamedTuple

MOOD_WITH_ILLNESS = 0.45
WORRY_WITH_ILLNESS = 0.38
KEPT = 0.75
_FRESH = sqrt(1 - KEPT**2)
# Background (sex, deprivation, past illness) adds its own spread, so the rest has a little less.
_SPREAD = 0.94
TREATMENT_EFFECT = -0.75


class Severity(NamedTuple):
    """Where someone stands on one day; higher is worse."""

    mood: float
    worry: float
    illness: float


class Background(NamedTuple):
    """What is known of a person that shifts mood and worry for good."""

    is_woman: bool
    deprivation_fifth: int
    smokes: bool
    was_depressed: bool
    age: int


def shift(background: Background) -> float:
    """How much a background adds to mood and worry, on the average about nothing."""
    return (
        0.25 * (background.is_woman - 0.5)
        + 0.35 * (3 - background.deprivation_fifth) / 4
        + 0.3 * (background.smokes - 0.17)
        + 0.8 * (background.was_depressed - 0.15)
        - (0.2 if background.age > 75 else 0)
    )


def at_first(agreement: float, chance: Random) -> Severity:
    """Someone's severity at their first visit."""
    return Severity(*(_SPREAD * part for part in _together(agreement, chance)))


def after(before: Severity, agreement: float, chance: Random) -> Severity:
    """The severity at the next visit."""
    fresh = _together(agreement, chance)
    return Severity(
        *(KEPT * old + _FRESH * _SPREAD * new for old, new in zip(before, fresh, strict=True))
    )


def _together(agreement: float, chance: Random) -> tuple[float, float, float]:
    on_mood, on_illness, own = _weights(agreement)
    illness = chance.gauss(0, 1)
    mood = MOOD_WITH_ILLNESS * illness + sqrt(1 - MOOD_WITH_ILLNESS**2) * chance.gauss(0, 1)
    worry = on_mood * mood + on_illness * illness + own * chance.gauss(0, 1)
    return mood, worry, illness


@lru_cache
def _weights(agreement: float) -> tuple[float, float, float]:
    """What worry takes from mood, from illness and from itself."""
    rest = 1 - MOOD_WITH_ILLNESS**2
    on_mood = (agreement - WORRY_WITH_ILLNESS * MOOD_WITH_ILLNESS) / rest
    on_illness = (WORRY_WITH_ILLNESS - agreement * MOOD_WITH_ILLNESS) / rest
    explained = on_mood**2 + on_illness**2 + 2 * on_mood * on_illness * MOOD_WITH_ILLNESS
    return on_mood, on_illness, sqrt(1 - explained)
