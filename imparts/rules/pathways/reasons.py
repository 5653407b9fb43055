"""Reasons: "low mood is 15 to 19" written anew when a threshold beside it has moved.

Only reasons of that form are touched, and only where the scores that they name have changed; other
words are their author's.
"""

from dataclasses import replace

from imparts.rules.pathways.definition import Pathway, Trigger
from imparts.rules.pathways.reach import is_for_all_of
from imparts.rules.pathways.stretches import NUMBERS, Stretch, stretch_of


def with_reasons_that_fit(before: Pathway, pathway: Pathway) -> Pathway:
    """The pathway with reasons that name the scores which truly lead there now."""
    named = {
        (level.code, one.instrument): _stretch(before, place, one)
        for place, level in enumerate(before.levels)
        for one in level.triggers
    }
    levels = tuple(
        replace(level, triggers=tuple(
            _fitted(one, _stretch(pathway, place, one), named.get((level.code, one.instrument)))
            for one in level.triggers
        ))
        for place, level in enumerate(pathway.levels)
    )  # fmt: skip
    return replace(pathway, levels=levels)


def _fitted(trigger: Trigger, now: Stretch | None, was: Stretch | None) -> Trigger:
    if now is None or now == was:
        return trigger
    found = NUMBERS.match(trigger.because)
    what, rest = (found["what"], found["rest"]) if found else (trigger.instrument, "")
    return replace(trigger, because=f"{what} is {_in_reason(now)}{rest}")


def _in_reason(stretch: Stretch) -> str:
    """Inside a reason: "15 or more" for what a list calls "from 15"."""
    said = stretch.words
    return f"{said.removeprefix('from ')} or more" if said.startswith("from ") else said


def _stretch(pathway: Pathway, place: int, trigger: Trigger) -> Stretch | None:
    """What the levels above leave, of those that are for everybody whom this level is for."""
    whom = pathway.levels[place].only_when
    over = [one for one in pathway.levels[:place] if is_for_all_of(one.only_when, whom)]
    return stretch_of(trigger, (each for one in over for each in one.triggers))
