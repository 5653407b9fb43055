"""Triggers: whether one is met by the scores of a visit, and the words that say so.

An estimate counts as the worst score that it could be; a form without a score as the least that is
certain. A change counts only from the reliable change of the instrument up, between two complete
scores; an answer and a flag are always sure.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from imparts.rules.pathways.context import PastScore, ScoreSeen, VisitContext
from imparts.rules.pathways.definition import Trigger
from imparts.rules.scoring.change import Change, change, plain
from imparts.rules.scoring.words import and_could_be

Scores = Mapping[str, ScoreSeen]


def met_among(
    triggers: Iterable[Trigger], scores: Scores, context: VisitContext
) -> tuple[Trigger, ...]:
    """The triggers that are met."""
    return tuple(one for one in triggers if is_met(one, scores, context))


def is_met(trigger: Trigger, scores: Scores, context: VisitContext) -> bool:
    """Whether a trigger is met at a visit."""
    score = scores.get(trigger.instrument)
    if score is None:
        return False
    if trigger.change is not None:
        found = _change(score, context)
        return found is not None and found[0].is_reliable and found[0].word == trigger.change
    if not _is_met_by(trigger, score):
        return False
    return trigger.repeated is None or bool(_earlier(trigger, context))


def because(trigger: Trigger, score: ScoreSeen, context: VisitContext) -> str:
    """The trigger's words, and how sure it is."""
    if trigger.change is not None:
        return f"{trigger.because}{_since_when(score, context)}"
    said = _how_sure(trigger, score)
    if trigger.repeated is None:
        return said
    days = [one.on for one in _earlier(trigger, context)]
    return f"{said} ({len(days) + 1} times since {_day(min(days))})" if days else said


def _is_met_by(trigger: Trigger, score: ScoreSeen) -> bool:
    if trigger.flag is not None:
        return trigger.flag in score.flags
    if trigger.band is not None:
        return score.band_to_act_on == trigger.band
    return _reaches(trigger, _number_to_hold(trigger, score))


def _number_to_hold(trigger: Trigger, score: ScoreSeen) -> Decimal | None:
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


def _earlier(trigger: Trigger, context: VisitContext) -> tuple[PastScore, ...]:
    """The earlier scores that met it too, when there are enough of them; else none."""
    repeated = trigger.repeated
    if repeated is None or context.on is None:
        return ()
    first = context.on - timedelta(days=repeated.within_days)
    found = tuple(
        one
        for one in context.history.get(trigger.instrument, ())
        if first <= one.on and _is_met_by(trigger, one.seen)
    )
    return found if len(found) + 1 >= repeated.times else ()


def _change(score: ScoreSeen, context: VisitContext) -> tuple[Change, date] | None:
    """The change since the last complete score; None when there is none, or this one is not."""
    if not score.is_complete or score.score is None:
        return None
    for past in reversed(context.history.get(score.instrument, ())):
        if past.seen.is_complete and past.seen.score is not None:
            moved = change(
                score.score, past.seen.score, score.reliable_change, direction=score.direction
            )
            return moved, past.on
    return None


def _since_when(score: ScoreSeen, context: VisitContext) -> str:
    found = _change(score, context)
    return f" ({found[0].in_words} since {_day(found[1])})" if found else ""


def _how_sure(trigger: Trigger, score: ScoreSeen) -> str:
    if trigger.flag is not None or score.is_complete:
        return trigger.because
    if score.is_estimate and score.score is not None:
        said = trigger.because
        if not _is_met_by_the_estimate_itself(trigger, score):
            said = said.replace(" is ", " may be ", 1)
        return f"{said} (estimated {plain(score.score)}{and_could_be(score.lower, score.upper)})"
    if trigger.score_up_to is not None and score.upper is not None:
        return f"{trigger.because} (not all answered, at most {plain(score.upper)})"
    at_least = plain(score.lower) if score.lower is not None else "more"
    return f"{trigger.because} (not all answered, at least {at_least})"


def _is_met_by_the_estimate_itself(trigger: Trigger, score: ScoreSeen) -> bool:
    """Else only the worst that the estimate could be meets it, and the words say "may be"."""
    if trigger.band is not None:
        return score.band == trigger.band
    return _reaches(trigger, score.score)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
