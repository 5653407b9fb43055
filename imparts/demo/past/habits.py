"""Habits: smoking, drinking and ways of filling in forms that someone keeps from visit to visit."""

from random import Random

from imparts.demo.past.answering import Habits

NEVER, USED_TO, SOME_DAYS, DAILY = range(4)
NO_HELP, NOT_NOW, WANTS_HELP = range(3)


def habits(*, smoking_percent: float, deprivation_fifth: int, chance: Random) -> Habits:
    """Someone's habits; more people smoke where more is lacking."""
    # 1.28 down to 0.56: on the average of a demonstration's fifths this leaves the share as it is.
    smokes = chance.random() * 100 < smoking_percent * (1.46 - 0.18 * deprivation_fifth)
    if smokes:
        smoking = DAILY if chance.random() < 0.75 else SOME_DAYS
    else:
        smoking = USED_TO if chance.random() < 0.3 else NEVER
    return Habits(
        smoking=smoking,
        wants_help=chance.choices((NO_HELP, NOT_NOW, WANTS_HELP), (30, 32, 38))[0],
        cigarettes=chance.choices((0, 1, 2, 3), (58, 30, 9, 3))[0],
        alcohol=chance.gauss(0, 0.8),
        one_answer=_one_answer(chance),
        skips=chance.random() < 0.12,
    )


def _one_answer(chance: Random) -> int | None:
    """One in a hundred taps the same answer all the way down."""
    return chance.choices((0, 1, 2), (5, 3, 2))[0] if chance.random() < 0.01 else None


def later(now: Habits, chance: Random) -> Habits:
    """Habits at the next visit: some daily smokers cut down or stop, a few start again."""
    smoking, roll = now.smoking, chance.random()
    if smoking == DAILY and roll < 0.06:
        smoking = SOME_DAYS if roll < 0.03 else USED_TO
    elif smoking == SOME_DAYS and roll < 0.15:
        smoking = DAILY if roll < 0.07 else USED_TO
    elif smoking == USED_TO and roll < 0.02:
        smoking = DAILY
    wants = now.wants_help
    if chance.random() < 0.25:
        wants = chance.choices((NO_HELP, NOT_NOW, WANTS_HELP), (30, 32, 38))[0]
    return now._replace(smoking=smoking, wants_help=wants)
