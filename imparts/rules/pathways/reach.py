"""Reach: what each trigger can still be met by, once the levels above it have taken theirs.

A level that can never be followed is a rule that silently does not apply, so it is refused. A
trigger is looked at by the scores that meet it: those from 15 up; and a level above takes them away
when it is for everybody whom the level below is for.
"""

from collections.abc import Iterator, Mapping, Sequence

from imparts.rules.instruments.definition import Instrument
from imparts.rules.pathways.definition import Level, OnlyWhen, Pathway, Trigger
from imparts.rules.pathways.stretches import covers, stretch_on

Instruments = Mapping[str, Instrument]
_NOBODY_IN_PARTICULAR = OnlyWhen()


def shadowed(
    pathway: Pathway, instruments: Instruments
) -> Iterator[tuple[Level, int, Sequence[str]]]:
    """Each trigger that can never be met first: its level, its place, the levels that take it."""
    for place, level in enumerate(pathway.levels):
        above = [
            one for one in pathway.levels[:place] if is_for_all_of(one.only_when, level.only_when)
        ]
        for number, trigger in enumerate(level.triggers, start=1):
            takers = [one for one in above if any(_may_take(t, trigger) for t in one.triggers)]
            triggers = [t for one in takers for t in one.triggers if _may_take(t, trigger)]
            if triggers and _takes(triggers, trigger, instruments.get(trigger.instrument)):
                yield level, number, [one.code for one in takers]


def is_taken_by(trigger: Trigger, above: Sequence[Trigger]) -> bool:
    """Whether whatever meets a trigger meets one above it, as far as the file alone says."""
    takers = [one for one in above if _may_take(one, trigger)]
    return bool(takers) and _takes(takers, trigger, None)


def waiting_in_a_loop(pathway: Pathway) -> tuple[Level, ...]:
    """Levels that can never begin, since each waits for a step of another of them."""
    begins: set[str] = set()
    waiting = list(pathway.levels)
    while ready := [one for one in waiting if _waits_for(one) is None or _waits_for(one) in begins]:
        begins.update(step.id for one in ready for step in one.steps)
        waiting = [one for one in waiting if one not in ready]
    return tuple(waiting)


def is_for_all_of(above: OnlyWhen | None, below: OnlyWhen | None) -> bool:
    """Whether everybody whom a level below is for is one whom a level above is for."""
    if above is None or above == _NOBODY_IN_PARTICULAR:
        return True
    if below is None:
        return False
    return (
        _at_least(below.age_from, above.age_from)
        and _at_most(below.age_up_to, above.age_up_to)
        and _is_part(below.services, above.services)
        and above.pregnant in (None, below.pregnant)
        and _is_part(below.in_treatment, above.in_treatment)
        and set(above.not_in_treatment) <= set(below.not_in_treatment)
        and above.after_step in (None, below.after_step)
    )


def _waits_for(level: Level) -> str | None:
    return level.only_when.after_step if level.only_when else None


def _at_least(below: int | None, above: int | None) -> bool:
    return above is None or (below is not None and below >= above)


def _at_most(below: int | None, above: int | None) -> bool:
    return above is None or (below is not None and below <= above)


def _is_part(below: tuple[str, ...], above: tuple[str, ...]) -> bool:
    return not above or (bool(below) and set(below) <= set(above))


def _may_take(above: Trigger, below: Trigger) -> bool:
    """Whether a trigger above could take something from one below, as far as its kind goes.

    A band is never met by a form without a score, but a threshold may be; so bands take from bands
    alone.
    """
    if above.instrument != below.instrument or not _is_as_often(above, below):
        return False
    if below.change or above.change:
        return above.change == below.change
    if below.flag or above.flag:
        return above.flag == below.flag
    return above.band is None or below.band is not None


def _is_as_often(above: Trigger, below: Trigger) -> bool:
    """What is met once takes from what must be met often, not the other way round."""
    if above.repeated is None:
        return True
    if below.repeated is None:
        return False
    return (
        above.repeated.times <= below.repeated.times
        and above.repeated.within_days >= below.repeated.within_days
    )


def _takes(above: Sequence[Trigger], below: Trigger, instrument: Instrument | None) -> bool:
    if below.change or below.flag:
        return True  # the same change or flag stands above
    if any(_is_wider(one, below) for one in above):
        return True
    if instrument is None or not instrument.scoring.gives_number:
        return False
    wanted = stretch_on(below, instrument)
    taken = [found for one in above if (found := stretch_on(one, instrument)) is not None]
    return wanted is not None and covers(taken, wanted)


def _is_wider(above: Trigger, below: Trigger) -> bool:
    if above.band is not None and below.band is not None:
        return above.band == below.band
    if above.score_from is not None and below.score_from is not None:
        return above.score_from <= below.score_from
    if above.score_up_to is not None and below.score_up_to is not None:
        return above.score_up_to >= below.score_up_to
    return False
