"""Ladders: who is called for one alert, in order, with the calls that were made."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.pathways.models import AlertEvent
from imparts.rules.alerting.due import due, rungs_with_last_resort
from imparts.rules.alerting.ladder import DESK, Rung, ladder, ladder_from_hand_on

if TYPE_CHECKING:
    from imparts.pathways.queries.stories import AlertStory

Name = AlertEvent.Name
CALLS_SOMEBODY = "A"  # the only tier for which anybody is called


@dataclass(frozen=True, slots=True)
class RungOfStory:
    """One rung of one alert's ladder, with what came of it."""

    duty: str
    """ "owner", "deputy", "liaison" or "manager" (models.Duty)."""
    at: datetime
    why: str
    code: str
    called: AlertEvent | None
    """The call that was made: `for_whom` is empty when nobody was named."""
    is_needed: bool
    """False when somebody took the alert, or closed it, before this was called."""


def rungs_of(story: "AlertStory") -> tuple[RungOfStory, ...]:
    """Every rung of one alert, in the order of calling; none when its tier calls nobody."""
    if story.tier != CALLS_SOMEBODY:
        return ()
    calls = _calls(story)
    is_open = not story.is_closed and story.taken is None
    now_running = {rung.code for rung in _running(story)}
    return tuple(
        RungOfStory(
            rung.duty, rung.at, rung.why, rung.code, calls.get(rung.code),
            rung.code in calls or (is_open and rung.code in now_running),
        )
        for rung in _all(story)
        if rung.code in calls or rung.code in now_running or rung.round == 1
    )  # fmt: skip


def ladder_of(story: "AlertStory") -> tuple[RungOfStory, ...]:
    """The same as `story.rungs`."""
    return rungs_of(story)


def due_in(story: "AlertStory", *, at: datetime) -> tuple[Rung, ...]:
    """The rungs of one alert that must be called at a moment; none once somebody has taken it."""
    if story.tier != CALLS_SOMEBODY or story.is_closed or story.taken is not None:
        return ()
    called = {code: event.for_whom for code, event in _calls(story).items()}
    return due(_running(story), called, at)


def _calls(story: "AlertStory") -> dict[str, AlertEvent]:
    """The calls of the ladder, by the code of their rung; calls to the desk are none."""
    return {e.rung: e for e in story.calls if not e.rung.startswith(DESK)}


def _all(story: "AlertStory") -> tuple[Rung, ...]:
    """The first round, and one more each time that it was handed on."""
    called = {code: event.for_whom for code, event in _calls(story).items()}
    rungs = rungs_with_last_resort(_first_round(story), called)
    for times, event in enumerate(_hand_ons(story), start=1):
        after = ladder_from_hand_on(event.at, story.clocks, times)
        rungs += rungs_with_last_resort(after, called)
    return rungs


def _running(story: "AlertStory") -> tuple[Rung, ...]:
    """The round that counts now: from the last time that it was handed on, if it was."""
    hand_ons = _hand_ons(story)
    if not hand_ons:
        return _first_round(story)
    return ladder_from_hand_on(hand_ons[-1].at, story.clocks, len(hand_ons))


def _first_round(story: "AlertStory") -> tuple[Rung, ...]:
    return ladder(_since(story), story.clocks, _is_in_clinic(story))


def _is_in_clinic(story: "AlertStory") -> bool:
    """Whether any answer was given in the clinic on the day of the visit.

    Answering again after midnight, or from home, makes nobody wait for the morning; whoever first
    answered at home and then comes is in clinic.
    """
    given = [answer for answer in story.answers if answer.kind]
    at_home = bool(given) and all(answer.details.get("at_home") for answer in given)
    return story.alert.appointment is not None and not at_home


def _since(story: "AlertStory") -> datetime:
    """When it began to call somebody: when raised, or when a graver answer joined it."""
    if story.alert.tier == CALLS_SOMEBODY:
        return story.alert.raised_at
    return next(e.at for e in story.answers if e.details.get("tier") == CALLS_SOMEBODY)


def _hand_ons(story: "AlertStory") -> list[AlertEvent]:
    return [e for e in story.events if e.name == Name.HANDED_ON]
