"""Minds: what someone of the crowd would answer today, near to what they answered last."""

from collections.abc import Mapping
from random import Random
from uuid import UUID

from imparts.demo.past import habits, severity
from imparts.demo.past.answering import Answers, Mind
from imparts.demo.past.settings import setting_of
from imparts.demo.past.severity import KEPT, Severity
from imparts.demo.past.sittings import answers_of
from imparts.demo.places.specialties import BY_CODE
from imparts.informatics.results.queries import scores_over_time
from imparts.rules.instruments.definition import Instrument

_SMOKING = {"never": 0, "ex": 1, "some_days": 2, "daily": 3}


def answers_today(
    patient: UUID, specialty: str, instruments: Mapping[str, Instrument], *, is_woman: bool,
    chance: Random,
) -> dict[str, Answers]:  # fmt: skip
    """A full set of answers; how low in mood and how worried follows from the last scores."""
    last = {key: found[-1] for key, found in scores_over_time([patient]).items()}
    setting = setting_of(specialty)
    usual = severity.at_first(setting.agreement, chance)
    mood = _after(last.get("phq9"), 4.5, 5.6, setting.mood, usual.mood, chance)
    worry = _after(last.get("gad7"), 3.5, 4.8, setting.worry, usual.worry, chance)
    found = habits.habits(
        smoking_percent=BY_CODE[specialty].smoking, deprivation_fifth=3, chance=chance
    )
    smoked = last.get("smoking_core")
    kept = found._replace(
        smoking=_SMOKING.get(smoked.band, 0) if smoked else found.smoking, one_answer=None
    )
    mind = Mind(Severity(mood, worry, usual.illness), kept, setting, is_woman)
    return answers_of(instruments, mind, chance)


def _after(
    last: object, at_nothing: float, a_step: float, average: float, usual: float, chance: Random
) -> float:
    """A severity near the one that the last sum points to; a usual one when there is none."""
    score = getattr(last, "score", None)
    if score is None:
        return usual
    was = (float(score) - at_nothing) / a_step - average
    return KEPT * was + 0.5 * chance.gauss(0, 1)
