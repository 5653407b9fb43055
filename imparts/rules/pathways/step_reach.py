"""Step reach: from which scores, flags, bands and changes each step of a pathway is followed.

The levels above a level take their scores from it, so what is written ("from 15") is not what is so
("15 to 19"). Two pathways are compared by what is so, for everybody and for each group of people
that either of them names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from imparts.rules.pathways.definition import Level, OnlyWhen, Pathway, Trigger
from imparts.rules.pathways.reach import is_for_all_of, is_taken_by
from imparts.rules.pathways.stretches import Stretches, stretch_of

Measures = Mapping[Trigger, str]  # by what a trigger is on, whatever its words and numbers


def measures_in(*pathways: Pathway) -> Measures:
    """What each trigger is on, in the words of the first pathway that has it."""
    found: dict[Trigger, str] = {}
    for pathway in pathways:
        for trigger in (one for level in pathway.levels for one in level.triggers):
            found.setdefault(_what(trigger), _measure(trigger))
    return found


def reach_of(
    pathway: Pathway, group: OnlyWhen | None = None
) -> dict[str, dict[Trigger, Stretches]]:
    """What leads to each step, by its id, for people in a group, or for everybody.

    Triggers are without their words and numbers, so that those of two pathways can be compared.
    """
    levels = [one for one in pathway.levels if is_for_all_of(one.only_when, group)]
    found: dict[str, dict[Trigger, Stretches]] = {}
    for place, level in enumerate(levels):
        for trigger, stretches in _of_level(level, levels[:place]):
            what = _what(trigger)
            for step in level.steps:
                mine = found.setdefault(step.id, {})
                mine[what] = tuple(sorted({*mine.get(what, ()), *stretches}))
    return found


def groups_in(*pathways: Pathway) -> tuple[OnlyWhen | None, ...]:
    """Everybody, and then each group that a level of some pathway is for."""
    named = [level.only_when for one in pathways for level in one.levels if level.only_when]
    return (None, *dict.fromkeys(named))


def _what(trigger: Trigger) -> Trigger:
    """A trigger without its words, and a threshold without its number too."""
    if stretch_of(trigger) is None:
        return replace(trigger, because="")
    return Trigger(trigger.instrument, because="")


def _measure(trigger: Trigger) -> str:
    """What a threshold is on, "low mood"; for what is no score, its words."""
    if stretch_of(trigger) is None:
        return trigger.because
    what, is_there, _ = trigger.because.partition(" is ")
    return what if is_there else trigger.instrument


def _of_level(level: Level, above: Iterable[Level]) -> Iterator[tuple[Trigger, Stretches]]:
    over = [trigger for one in above for trigger in one.triggers]
    for trigger in level.triggers:
        if is_taken_by(trigger, over):
            continue
        stretch = stretch_of(trigger, over)
        yield trigger, (stretch,) if stretch else ()
