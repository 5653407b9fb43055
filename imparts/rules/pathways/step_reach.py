"""Step reach: from which scores, flags, bands and changes each step of a pathway is followed.

The levels above a level take their scores from it, so what is written ("from 15") is not what is so
("15 to 19"). Two pathways are compared by what is so, for everybody and for each group of people
that either of them names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from imparts.rules.pathways.definition import Level, OnlyWhen, Pathway, Trigger
from imparts.rules.pathways.reach import is_for_all_of, is_taken_by
from imparts.rules.scoring.change import plain

# "low mood is 15 to 19": what is measured, and the numbers, which go with the threshold.
NUMBERS = re.compile(
    r"^(?P<what>.+?) is [\d.]+(?: or more| or less| to [\d.]+| or [\d.]+)?(?P<rest>(?: of .*)?)$"
)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Scores from one up to before another; for scales of which lower is worse, turned round."""

    start: Decimal
    before: Decimal | None  # None: up to the end of the scale
    is_up_to: bool = False

    @property
    def words(self) -> str:
        """Such as "from 20", "15 to 19" or "30 or less"."""
        start = plain(abs(self.start))
        if self.before is None:
            return f"{start} or less" if self.is_up_to else f"from {start}"
        last = _last(abs(self.before), 1 if self.is_up_to else -1)
        if last is None:
            side = "above" if self.is_up_to else "below"
            return f"{start} and {side} {plain(abs(self.before))}"
        low, high = sorted((abs(self.start), last))
        return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


Stretches = tuple[Stretch, ...]  # empty for what is no score: a flag, a band, a change
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


def covers(wide: Stretches, narrow: Stretches) -> bool:
    """Whether every score of some stretches is in the others."""
    return all(_is_in(one, wide) for one in narrow)


def stretch_of(trigger: Trigger, above: Iterable[Trigger] = ()) -> Stretch | None:
    """The scores of a threshold that the thresholds above it leave; None for what is no score."""
    if trigger.repeated is not None or trigger.change is not None:
        return None
    if trigger.score_from is not None:
        ends = [one.score_from for one in above if one.score_from is not None]
        return Stretch(trigger.score_from, min(ends, default=None))
    if trigger.score_up_to is not None:
        downs = [-one.score_up_to for one in above if one.score_up_to is not None]
        return Stretch(-trigger.score_up_to, min(downs, default=None), is_up_to=True)
    return None


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
        same = [
            one for one in over if one.instrument == trigger.instrument and one.repeated is None
        ]
        stretch = stretch_of(trigger, same)
        yield trigger, (stretch,) if stretch else ()


def _is_in(narrow: Stretch, wide: Stretches) -> bool:
    reached = narrow.start
    for one in sorted(wide):
        if one.is_up_to != narrow.is_up_to or one.start > reached:
            continue
        if one.before is None:
            return True
        reached = max(reached, one.before)
        if narrow.before is not None and reached >= narrow.before:
            return True
    return False


def _last(before: Decimal, step: int) -> Decimal | None:
    """The last whole score before a limit; None where scores are not whole."""
    return before + step if before == before.to_integral_value() else None
