"""In rows: a pathway as the rows of a table, each with the scores that truly reach its level.

Levels run from the highest down and the first that is met counts, so a level that says "from 15"
is reached by 15 to 19 only while another says "from 20". A page shows what is so, not what is
written: people read "15 to 19" and not "from 15, unless from 20".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from imparts.rules.instruments.definition import Instrument
from imparts.rules.pathways.definition import Level, Pathway, Step, Trigger
from imparts.rules.pathways.stretches import stretch_of


@dataclass(frozen=True, slots=True)
class Reached:
    """What leads to a level, for one measure: PHQ-9 and PHQ-8 stand together as low mood."""

    measure: str  # "Low mood"
    words: str  # "15 to 19"; for what is no score, the words of its reason
    triggers: tuple[int, ...]  # counted from 1, as in the file
    threshold: Decimal | None  # what can be set in a form; None for a flag, a band or a change
    lowest: Decimal | None  # of the scale, and the end up to which it can be set
    highest: Decimal | None
    is_up_to: bool = False  # a scale of which a lower score is worse


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level: what leads to it and what follows."""

    code: str
    reached: tuple[Reached, ...]
    steps: tuple[Step, ...]


def rows_of(pathway: Pathway, known: Mapping[str, Instrument]) -> tuple[LevelRow, ...]:
    """Every level with the scores that reach it, from the highest down."""
    names = _names(pathway, known)
    return tuple(
        LevelRow(
            level.code,
            tuple(_reached(level, pathway.levels[:number], known, names)),
            tuple(sorted(level.steps, key=lambda step: step.order)),
        )
        for number, level in enumerate(pathway.levels)
    )


def options_changed(
    live: Pathway, draft: Pathway, known: Mapping[str, Instrument]
) -> tuple[str, ...]:
    """Each option of which a step, or the scores that lead to it, is not what it was."""
    before, after = _by_option(live, known), _by_option(draft, known)
    codes = dict.fromkeys([*before, *after])
    return tuple(code for code in codes if before.get(code) != after.get(code))


def _by_option(
    pathway: Pathway, known: Mapping[str, Instrument]
) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for row, level in zip(rows_of(pathway, known), pathway.levels, strict=True):
        reached = tuple((one.measure, one.words) for one in row.reached)
        for step in row.steps:
            for option in step.options:
                found.setdefault(option, []).append((reached, level.only_when, step))
    return found


def _reached(
    level: Level, above: tuple[Level, ...], known: Mapping[str, Instrument],
    names: Mapping[str, str],
) -> Iterable[Reached]:  # fmt: skip
    """One line a measure: two instruments of one measure with one threshold are one line."""
    lines: dict[tuple[str, Decimal | None, bool, str], list[int]] = {}
    for number, trigger in enumerate(level.triggers, start=1):
        name = names[trigger.instrument]
        if trigger.repeated is not None or trigger.threshold is None:
            lines.setdefault((name, None, False, trigger.because), []).append(number)
            continue
        is_up_to = trigger.score_up_to is not None
        lines.setdefault((name, trigger.threshold, is_up_to, ""), []).append(number)
    for (measure, threshold, is_up_to, because), numbers in lines.items():
        trigger = level.triggers[numbers[0] - 1]
        instrument = known.get(trigger.instrument)
        yield Reached(
            measure=measure,
            words=because or _words(trigger, above, instrument),
            triggers=tuple(numbers),
            threshold=threshold,
            lowest=_lowest(instrument),
            highest=_highest(instrument),
            is_up_to=is_up_to,
        )


def _names(pathway: Pathway, known: Mapping[str, Instrument]) -> dict[str, str]:
    """What each instrument is called: by its measure, and by its own name where two could be meant.

    PHQ-9 and PHQ-8 lead to the same levels and stand for each other; AUDIT and AUDIT-C do not.
    """
    levels: dict[str, set[str]] = {}
    for level in pathway.levels:
        for trigger in level.triggers:
            levels.setdefault(trigger.instrument, set()).add(level.code)
    found = {key: known[key].measures if key in known else key for key in levels}
    return {
        key: name if _is_one(key, name, found, levels) else f"{name} ({known[key].short_title})"
        for key, name in found.items()
    }


def _is_one(key: str, name: str, names: Mapping[str, str], levels: Mapping[str, set[str]]) -> bool:
    """Whether everything else of the same measure leads wherever this leads."""
    return all(levels[other] == levels[key] for other, called in names.items() if called == name)


def _words(trigger: Trigger, above: Iterable[Level], instrument: Instrument | None) -> str:
    """The scores for which a threshold counts, once what is for everybody has had its own."""
    over = (each for one in above if one.only_when is None for each in one.triggers)
    stretch = stretch_of(trigger, over)
    if stretch is None:
        return trigger.because
    return stretch.words_on(_lowest(instrument) if stretch.is_up_to else _highest(instrument))


def _lowest(instrument: Instrument | None) -> Decimal | None:
    return instrument.scoring.lowest if instrument else None


def _highest(instrument: Instrument | None) -> Decimal | None:
    return instrument.scoring.highest if instrument else None
