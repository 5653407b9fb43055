"""Ladders: who is called for one alert, in order, with the calls that were made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.pathways.models import AlertEvent
from imparts.rules.alerting.again import again, at_closing, unacted
from imparts.rules.alerting.due import due, rungs_with_last_resort
from imparts.rules.alerting.ladder import AGAIN, DESK, MANAGER, Rung, ladder, ladder_from_hand_on

if TYPE_CHECKING:
    from imparts.pathways.queries.stories import AlertStory

Name = AlertEvent.Name
CALLS_SOMEBODY = "A"  # the only tier for which anybody is called
_AGAIN_CODE = re.compile(rf"{AGAIN} \d+$")  # the first of those who are called together
_DAY_CODE = re.compile(rf"{MANAGER} \d{{4}}-\d\d-\d\d$")


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


def due_in(story: "AlertStory", *, at: datetime) -> tuple[Rung, ...]:
    """The rungs of one alert that must be called at a moment; after it was taken, other ones."""
    if story.tier != CALLS_SOMEBODY or story.is_closed:
        return ()
    called = {code: event.for_whom for code, event in _calls(story).items()}
    if story.taken is not None:
        return due(_unacted(story), called, at) + due(_at_closing(story, called), called, at)
    rungs = _running(story)
    if any(rung.code not in called for rung in rungs_with_last_resort(rungs, called)):
        return due(rungs, called, at)
    return due((_again(story),), called, at)


def spent_on_nobody(story: "AlertStory") -> tuple[Rung, ...]:
    """Duties of the round that counts now that nobody held when their turn came.

    While the alert waits, whoever is named for one of them later is called then.
    """
    if story.tier != CALLS_SOMEBODY or story.is_closed or story.taken is not None:
        return ()
    calls = _calls(story)
    return tuple(
        later
        for rung in _running(story)
        if rung.code in calls and not calls[rung.code].for_whom
        for later in [replace(rung, why="named later", mark="later")]
        if later.code not in calls
    )


def record_by(story: "AlertStory") -> datetime | None:
    """Until when whoever took it records what was done, before others are called again."""
    if story.taken is None or story.is_closed or story.tier != CALLS_SOMEBODY:
        return None
    return _unacted(story)[0].at


def _unacted(story: "AlertStory") -> tuple[Rung, ...]:
    """Counted from the last note, or from the taking; what the patient adds is no note."""
    begun = [
        event
        for event in story.events
        if event.name == Name.ACKNOWLEDGED or (event.name == Name.NOTED and event.by != "patient")
    ]
    return unacted(begun[-1].at, len(begun), story.clocks)


def _at_closing(story: "AlertStory", called: Mapping[str, str]) -> tuple[Rung, ...]:
    """The next closing after it was taken, or after the last one at which somebody was called."""
    days = [e for e in story.events if e.name == Name.ACKNOWLEDGED or _DAY_CODE.match(e.rung)]
    last, rung = days[-1], at_closing(days[-1].at, story.clocks)
    while rung.code in called:
        rung = at_closing(rung.at, story.clocks)
    if not last.rung or last.for_whom:
        return (rung,)
    nobody = replace(rung, at=last.at, mark=last.rung.removeprefix(f"{MANAGER} "))
    everyone = rungs_with_last_resort((nobody,), called)[-1]  # no manager: everyone, before that
    return (rung,) if everyone.code in called else (everyone,)


def _again(story: "AlertStory") -> Rung:
    """Everybody once more; what was called last counts, by the ladder or again."""
    last = list(_calls(story).values())[-1]
    number = 1 + sum(bool(_AGAIN_CODE.match(code)) for code in _calls(story))
    in_clinic = [answer.at for answer in story.answers if not answer.details.get("at_home")]
    day = in_clinic[-1] if in_clinic and story.alert.appointment is not None else None
    return again(last.at, number, story.clocks, day)


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
