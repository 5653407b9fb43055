"""Recommending: the scores of one visit in, the steps of a pathway out, each with its reason.

The first level, from the highest down, of which any trigger is met is followed. An estimate counts
as the worst score that it could be; a form without a score as the least that is certain.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from imparts.rules.pathways.definition import Level, Pathway, Recommendation, Trigger
from imparts.rules.scoring.change import plain
from imparts.rules.scoring.result import Score
from imparts.rules.scoring.words import score_in_words

Scores = Mapping[str, Score]


def recommend(
    pathway: Pathway, scores: Scores, context: Mapping[str, Any] | None = None
) -> tuple[Recommendation, ...]:
    """The steps that follow from one visit, most pressing first; none is a good answer too."""
    for level in pathway.levels:
        met = [trigger for trigger in level.triggers if _is_met(trigger, scores)]
        if met:
            return _steps(pathway, level, _reason(met, scores))
    return ()


def _is_met(trigger: Trigger, scores: Scores) -> bool:
    score = scores.get(trigger.instrument)
    if score is None:
        return False
    if trigger.flag is not None:
        return trigger.flag in score.flags
    if trigger.band is not None:
        return score.band_to_act_on == trigger.band
    return _reaches(trigger, _number_to_hold(trigger, score))


def _number_to_hold(trigger: Trigger, score: Score) -> Decimal | None:
    """Without a score, up to a value is met by what the score could be at most: that is certain."""
    if trigger.score_up_to is not None and not (score.is_complete or score.is_estimate):
        return score.upper
    return score.to_act_on


def _reaches(trigger: Trigger, number: Decimal | None) -> bool:
    if number is None:
        return False
    if trigger.score_up_to is not None:
        return number <= trigger.score_up_to
    return trigger.score_from is not None and number >= trigger.score_from


def _steps(pathway: Pathway, level: Level, reason: str) -> tuple[Recommendation, ...]:
    return tuple(
        Recommendation(
            step_id=step.id,
            verb_first=step.verb_first,
            text=step.text,
            reason=reason,
            offer=step.offer,
            within=step.within,
            responsible=step.responsible,
            source=step.source,
            pathway_id=pathway.id,
            pathway_version=pathway.version,
            order=step.order,
        )
        for step in sorted(level.steps, key=lambda step: step.order)
    )


def _reason(met: list[Trigger], scores: Scores) -> str:
    said = [_because(trigger, scores[trigger.instrument]) for trigger in met]
    return f"Because {' and '.join(dict.fromkeys(said))}."


def _because(trigger: Trigger, score: Score) -> str:
    """The trigger's words, and how sure it is; an answer and a flag are always sure."""
    if trigger.flag is not None or score.is_complete:
        return trigger.because
    if score.is_estimate:
        said = trigger.because
        if not _is_met_by_the_estimate_itself(trigger, score):
            said = said.replace(" is ", " may be ", 1)
        return f"{said} ({score_in_words(score)})"
    if trigger.score_up_to is not None and score.upper is not None:
        return f"{trigger.because} (not all answered, at most {plain(score.upper)})"
    at_least = plain(score.lower) if score.lower is not None else "more"
    return f"{trigger.because} (not all answered, at least {at_least})"


def _is_met_by_the_estimate_itself(trigger: Trigger, score: Score) -> bool:
    """Else only the worst that the estimate could be meets it, and the words say "may be"."""
    if trigger.band is not None:
        return score.band == trigger.band
    return _reaches(trigger, score.score)
