"""Edits: what a person typed about one level or one step, as the steps of draft.py that do it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from imparts.rules.pathways.definition import Level, Pathway, Step, Trigger
from imparts.rules.pathways.draft import (
    NotPossible,
    with_because,
    with_step,
    with_threshold,
    without_step,
)
from imparts.rules.pathways.options import Option

KEEPS_KIND = ("talk", "advise", "repeat", "review")
NOT_THERE = "This is not in the draft any more. Open the draft again."
NAMES_OPTIONS = "Choose what is offered, or take the step out."


@dataclass(frozen=True, slots=True)
class Scores:
    """What was typed beside one measure: the threshold, and the words of the reason."""

    triggers: tuple[int, ...]
    """Counted from 1: PHQ-9 and PHQ-8 are set together."""
    threshold: Decimal | None
    because: str


@dataclass(frozen=True, slots=True)
class StepTyped:
    """What was typed about one step."""

    options: tuple[str, ...]
    verb_first: str
    text: str
    responsible: str
    within: str
    source: str


def with_scores(pathway: Pathway, level: str, typed: Collection[Scores]) -> Pathway:
    """Set every threshold and every reason of a level that is not as it was."""
    found = pathway.level(level)
    if found is None:
        raise NotPossible(NOT_THERE)
    for one in typed:
        for trigger in _triggers(found, one):
            pathway = _with_one(pathway, level, trigger, one)
    return pathway


def _triggers(level: Level, typed: Scores) -> list[Trigger]:
    if any(not 1 <= number <= len(level.triggers) for number in typed.triggers):
        raise NotPossible(NOT_THERE)
    return [level.triggers[number - 1] for number in typed.triggers]


def _with_one(pathway: Pathway, level: str, trigger: Trigger, typed: Scores) -> Pathway:
    if typed.threshold is not None and trigger.threshold not in (None, typed.threshold):
        place = _place(pathway, level, trigger)
        if place is None:  # a change of another measure has taken it out already
            return pathway
        pathway = with_threshold(pathway, level, place, typed.threshold)
        trigger = trigger.at(typed.threshold)
    place = _place(pathway, level, trigger)
    if place is not None and typed.because.strip() and typed.because.strip() != trigger.because:
        pathway = with_because(pathway, level, place, typed.because.strip())
    return pathway


def _place(pathway: Pathway, level: str, trigger: Trigger) -> int | None:
    """Where a trigger stands now, counted from 1, whatever its words; None when it is gone."""
    found = pathway.level(level)
    for number, one in enumerate(found.triggers if found else (), start=1):
        if replace(one, because=trigger.because) == trigger:
            return number
    return None


def changed_step(
    pathway: Pathway, step_id: str, typed: StepTyped, options: Mapping[str, Option]
) -> Pathway:
    """Another step in the place of the one with this id; what no form shows of it stays."""
    level = level_of(pathway, step_id)
    was = pathway.step(step_id)
    if level is None or was is None:
        raise NotPossible(NOT_THERE)
    if not typed.options and was.kind in ("refer", "self_help"):
        raise NotPossible(NAMES_OPTIONS)
    kind = was.kind if was.kind in KEEPS_KIND else _kind(typed.options, options, was.kind)
    return with_step(
        pathway,
        level.code,
        replace(
            was, kind=kind, options=typed.options, offer=_offer(was, typed.options, options),
            verb_first=typed.verb_first, text=going_on(typed.text), within=typed.within,
            responsible=typed.responsible, source=typed.source,
            opt_out=was.opt_out and kind == "refer",
            continued=was.continued if typed.options else None,
        ),
    )  # fmt: skip


def new_step(
    pathway: Pathway, level_code: str, typed: StepTyped, options: Mapping[str, Option]
) -> Pathway:
    """A step more in a level, after its others."""
    level = pathway.level(level_code)
    if level is None:
        raise NotPossible(NOT_THERE)
    name = _free_id(pathway, typed)
    step = Step(
        id=name, order=max((one.order for one in level.steps), default=10) + 1,
        verb_first=typed.verb_first, text=going_on(typed.text), within=typed.within,
        responsible=typed.responsible, source=typed.source, options=typed.options,
        kind=_kind(typed.options, options, "talk"),
        offer=_listed(typed.options, options),
    )  # fmt: skip
    return with_step(pathway, level_code, step)


def step_removed(pathway: Pathway, step_id: str) -> Pathway:
    """A step less."""
    if pathway.step(step_id) is None:
        raise NotPossible(NOT_THERE)
    return without_step(pathway, step_id)


def level_of(pathway: Pathway, step_id: str) -> Level | None:
    """The level in which a step stands."""
    return next(
        (one for one in pathway.levels if any(step.id == step_id for step in one.steps)), None
    )


def going_on(text: str) -> str:
    """The words after the verb begin with a space, a comma, a colon or a full stop."""
    said = text.strip()
    if not said:
        return "."
    return said if said[0] in ",.:;" else f" {said}"


def _kind(chosen: tuple[str, ...], options: Mapping[str, Option], otherwise: str) -> str:
    kinds = [options[one].kind for one in chosen if one in options]
    return kinds[0] if kinds and kinds[0] in ("refer", "self_help") else otherwise


def _offer(was: Step, chosen: tuple[str, ...], options: Mapping[str, Option]) -> str:
    return was.offer if chosen == was.options else _listed(chosen, options)


def _listed(chosen: tuple[str, ...], options: Mapping[str, Option]) -> str:
    return ", ".join(options[one].in_words for one in chosen if one in options)


def _free_id(pathway: Pathway, typed: StepTyped) -> str:
    taken = {step.id for step in pathway.steps}
    name = typed.options[0] if typed.options else "_".join(typed.verb_first.lower().split()[:4])
    plain = "".join(one for one in name if one.isascii() and (one.isalnum() or one == "_"))
    name = plain[:50] or "step"
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
