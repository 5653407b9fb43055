"""Drafting: the steps that change a pathway; each gives a new Pathway, none changes one in place.

What follows from item 9 cannot be weakened here either. What a draft may still get wrong is refused
by reader.py and checks.py when it becomes a file.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from imparts.rules.content import NOT_CHECKED
from imparts.rules.pathways.definition import Level, Pathway, Step, Trigger
from imparts.rules.pathways.reach import shadowed
from imparts.rules.pathways.reasons import with_reasons_that_fit
from imparts.rules.pathways.self_harm import weakens_item9


class NotPossible(ValueError):
    """A step that the rules of pathways do not allow; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a version of a pathway, when, and under which name."""

    version: str
    authored_by: str
    on: date
    next_review: date


def with_threshold(pathway: Pathway, level: str, trigger: int, value: Decimal) -> Pathway:
    """Set the threshold of a trigger (counted from 1) of a level.

    Triggers that can no longer be reached go, a level that has none left goes with its steps, and
    reasons of the form "low mood is 15 to 19" are written anew.
    """
    old = _trigger(pathway, level, trigger)
    if old.threshold is None:
        raise NotPossible("This is not led to by a threshold, so there is none to set.")
    changed = _with_trigger(pathway, level, trigger, old.at(value))
    for taken, number, takers in shadowed(changed, {}):
        if (taken.code, number) == (level, trigger):
            raise NotPossible(
                f"{value} can never be followed here: whoever has it follows {' or '.join(takers)}."
            )
    return _kept(pathway, with_reasons_that_fit(pathway, _without_unreachable(changed)))


def with_because(pathway: Pathway, level: str, trigger: int, because: str) -> Pathway:
    """Give a trigger other words."""
    if not because.strip():
        raise NotPossible("Say why: the clinician reads it beside what is suggested.")
    old = _trigger(pathway, level, trigger)
    return _kept(
        pathway, _with_trigger(pathway, level, trigger, replace(old, because=because.strip()))
    )


def with_step(pathway: Pathway, level: str, step: Step) -> Pathway:
    """Put a step into a level, or another in the place of the one with its id."""
    found = _level(pathway, level)
    if any(one.id == step.id for one in found.steps):
        steps = tuple(step if one.id == step.id else one for one in found.steps)
    elif pathway.step(step.id) is not None:
        raise NotPossible(f"There is a step {step.id} at another level already.")
    else:
        steps = (*found.steps, step)
    return _kept(pathway, _each(pathway, level, lambda one: replace(one, steps=steps)))


def without_step(pathway: Pathway, step_id: str) -> Pathway:
    """Take a step out; a level that has no step left goes as well."""
    if pathway.step(step_id) is None:
        raise NotPossible("This step is not in the pathway any more.")
    levels = []
    for level in pathway.levels:
        steps = tuple(step for step in level.steps if step.id != step_id)
        if steps or not level.steps:
            levels.append(replace(level, steps=steps))
    return _kept(pathway, _whole(replace(pathway, levels=tuple(levels))))


def as_version(pathway: Pathway, made: Made) -> Pathway:
    """The draft as a version of its own, not yet checked by a clinician."""
    return replace(
        pathway,
        version=made.version,
        authored_by=made.authored_by,
        checked_by=NOT_CHECKED,
        reviewed_on=made.on,
        next_review=made.next_review,
    )


def _kept(before: Pathway, after: Pathway) -> Pathway:
    if sentence := weakens_item9(before, after):
        raise NotPossible(sentence)
    return after


def _level(pathway: Pathway, code: str) -> Level:
    found = pathway.level(code)
    if found is None:
        raise NotPossible("This level is not in the pathway any more.")
    return found


def _trigger(pathway: Pathway, level: str, number: int) -> Trigger:
    triggers = _level(pathway, level).triggers
    if not 1 <= number <= len(triggers):
        raise NotPossible("This is not in the level any more. Look at it again.")
    return triggers[number - 1]


def _with_trigger(pathway: Pathway, level: str, number: int, new: Trigger) -> Pathway:
    def changed(one: Level) -> Level:
        triggers = list(one.triggers)
        triggers[number - 1] = new
        return replace(one, triggers=tuple(triggers))

    return _each(pathway, level, changed)


def _each(pathway: Pathway, code: str, change: Callable[[Level], Level]) -> Pathway:
    levels = (change(one) if one.code == code else one for one in pathway.levels)
    return replace(pathway, levels=tuple(levels))


def _without_unreachable(pathway: Pathway) -> Pathway:
    gone = [(level.code, level.triggers[number - 1]) for level, number, _ in shadowed(pathway, {})]
    levels = (
        replace(
            level, triggers=tuple(one for one in level.triggers if (level.code, one) not in gone)
        )
        for level in pathway.levels
    )
    return _without_empty(replace(pathway, levels=tuple(levels)))


def _without_empty(pathway: Pathway) -> Pathway:
    return _whole(
        replace(pathway, levels=tuple(level for level in pathway.levels if level.triggers))
    )


def _whole(pathway: Pathway) -> Pathway:
    if not pathway.levels:
        raise NotPossible("Nothing would be left of the pathway. Withdraw it instead.")
    return pathway
