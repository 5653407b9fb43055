"""Checks: what a pathway file says that can never be met, found with the instruments and options.

Asked when a pathway comes to the library and when it is put in force, since a file alone does not
say how far the scores of an instrument run, or which way. Each problem names the level and the
trigger or step, and says why.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from imparts.rules.content import ContentRefused, Place
from imparts.rules.instruments.definition import HIGHER_IS_BETTER, NO_DIRECTION, Instrument
from imparts.rules.pathways.definition import Level, Pathway, Step, Trigger
from imparts.rules.pathways.options import Option
from imparts.rules.pathways.reach import shadowed, waiting_in_a_loop
from imparts.rules.scoring.change import plain

Instruments = Mapping[str, Instrument]
Options = Mapping[str, Option]
Problem = tuple[str, Place]


def refuse_what_cannot_be(pathway: Pathway, instruments: Instruments, options: Options) -> None:
    """Raise ContentRefused with the first problem, at its place in the file."""
    for sentence, place in problems_of(pathway, instruments, options):
        raise ContentRefused(f"{pathway.id}: {sentence}", at=place)


def problems_of(pathway: Pathway, instruments: Instruments, options: Options) -> Iterator[Problem]:
    """Every problem, in the order of the file."""
    codes = Counter(level.code for level in pathway.levels)
    for number, level in enumerate(pathway.levels, start=1):
        at: Place = ("levels", number)
        if codes[level.code] > 1:
            yield f"the level {level.code} stands there twice", (*at, "code")
        for place, trigger in enumerate(level.triggers, start=1):
            for sentence in _of_trigger(trigger, instruments):
                yield f"level {level.code}, trigger {place}: {sentence}", (*at, "when")
        for sentence in _of_condition(pathway, level, options):
            yield f"level {level.code}, only_when: {sentence}", (*at, "only_when")
        for place, step in enumerate(level.steps, start=1):
            for sentence in _of_step(step, instruments, options):
                yield (
                    f"level {level.code}, step {step.id}: {sentence}",
                    (*at, "steps", place),
                )
    yield from _never_followed(pathway, instruments)


def _of_trigger(trigger: Trigger, instruments: Instruments) -> Iterator[str]:
    found = instruments.get(trigger.instrument)
    if found is None:
        yield f"{trigger.instrument} is not an instrument of this library"
        return
    if trigger.flag is not None:
        yield from _of_flag(trigger.flag, found)
    elif trigger.band is not None:
        yield from _of_band(trigger.band, found)
    elif trigger.change is not None:
        if found.reliable_change is None or found.direction == NO_DIRECTION:
            yield (
                f"{found.id} has no reliable change, so nobody can say from where it is worse "
                "or better by more than chance"
            )
    else:
        yield from _of_threshold(trigger, found)


def _of_flag(flag: str, found: Instrument) -> Iterator[str]:
    flags = [one.code for one in found.flags]
    if flag not in flags:
        yield f"{found.id} has no flag {flag}{_those(flags)}"


def _of_band(band: str, found: Instrument) -> Iterator[str]:
    bands = [one.code for one in found.bands] or [one.code for one in found.categories]
    if band not in bands:
        yield f"{found.id} has no band {band}{_those(bands)}"


def _of_threshold(trigger: Trigger, found: Instrument) -> Iterator[str]:
    rule = found.scoring
    if not rule.gives_number or rule.lowest is None or rule.highest is None:
        yield f"{found.id} has no score to hold a threshold against; name a flag or a band"
        return
    is_better = found.direction == HIGHER_IS_BETTER
    value = trigger.threshold
    if value is None:
        return
    says = f"score_from {plain(value)} of {found.id}"
    if trigger.score_from is not None and is_better:
        yield (
            f"{says} would be met by people who are well, since its higher scores are better; "
            "say score_up_to"
        )
    elif trigger.score_up_to is not None and not is_better:
        yield (
            f"score_up_to {plain(value)} of {found.id} is for instruments of which higher scores "
            "are better; say score_from"
        )
    elif not rule.lowest <= value <= rule.highest:
        yield (
            f"{plain(value)} is not a score of {found.id}, which runs from {plain(rule.lowest)} "
            f"to {plain(rule.highest)}"
        )
    elif value == (rule.highest if is_better else rule.lowest):
        yield f"{plain(value)} is met by every score of {found.id}, so it says nothing"


def _of_condition(pathway: Pathway, level: Level, options: Options) -> Iterator[str]:
    said = level.only_when
    if said is None:
        return
    for code in (*said.in_treatment, *said.not_in_treatment):
        if code not in options:
            yield f"{code} is not an option{_those(options)}"
    if said.after_step is not None and pathway.step(said.after_step) is None:
        yield f"after_step names {said.after_step}, and no step of this pathway has that id"


def _of_step(step: Step, instruments: Instruments, options: Options) -> Iterator[str]:
    for code in step.options:
        if code not in options:
            yield f"{code} is not an option{_those(options)}"
        elif options[code].kind == "training":
            yield f"{code} is a training for staff; say it as training"
    if step.training and (
        step.training not in options or options[step.training].kind != "training"
    ):
        yield f"{step.training} is not a training that is known here"
    for key in step.asks:
        if key not in instruments:
            yield f"{key} is not an instrument of this library"


def _never_followed(pathway: Pathway, instruments: Instruments) -> Iterator[Problem]:
    numbers = {level.code: number for number, level in enumerate(pathway.levels, start=1)}
    for level, place, takers in shadowed(pathway, instruments):
        yield (
            f"level {level.code}, trigger {place}: it can never be followed, since whatever meets "
            f"it meets {' or '.join(takers)} above it",
            ("levels", numbers[level.code], "when"),
        )
    waiting = waiting_in_a_loop(pathway)
    known = {step.id for step in pathway.steps}
    in_loop = [one for one in waiting if one.only_when and one.only_when.after_step in known]
    if in_loop:
        said = ", ".join(f"{one.code} waits for {_after(one)}" for one in in_loop)
        yield (
            f"level {in_loop[0].code}, only_when: a loop; {said}, so none of them can ever begin",
            ("levels", numbers[in_loop[0].code], "only_when"),
        )


def _after(level: Level) -> str:
    return (level.only_when.after_step if level.only_when else None) or ""


def _those(codes: Mapping[str, object] | list[str]) -> str:
    return f"; there are {', '.join(codes)}" if codes else "; there are none"
