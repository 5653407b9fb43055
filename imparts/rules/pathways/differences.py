"""Differences: what a draft changes in a pathway, in words, and whose signature that needs.

Pathways are compared by what truly leads to each step (step_reach.py), then word by word. What has
changed and has no words here is said to be so: a silent change would be the worst of all (H7).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from imparts.rules.pathways.condition_words import for_whom
from imparts.rules.pathways.definition import OnlyWhen, Pathway, Trigger
from imparts.rules.pathways.step_reach import Measures, groups_in, measures_in, reach_of
from imparts.rules.pathways.step_words import changed_words, quoted
from imparts.rules.pathways.stretches import NUMBERS, Stretches, covers

NOTHING_ELSE = "Nothing else changes. Item 9 rule: the same, word for word."
MORE_ON_ITEM9 = "Nothing else changes. Nothing is taken from the item 9 rule."
NO_WORDS = "Something changes for which there are no words here: compare the two files."


@dataclass(frozen=True, slots=True)
class Moved:
    """What leads to a step, on one measure, before and now; None: nothing does."""

    measure: str
    was: Stretches | None
    now: Stretches | None


def differences(live: Pathway, draft: Pathway) -> tuple[str, ...]:
    """Each change as a sentence, the gravest first; the last says what stays the same.

    Empty when nothing changes but the version and who wrote it.
    """
    said: list[str] = []
    for group in groups_in(live, draft):
        whom = f"For {for_whom(group)}: " if group else ""
        said += [f"{whom}{one}" for one in _of_reach(live, draft, group) if one not in said]
    said += [*_of_conditions(live, draft), *changed_words(live, draft), *_of_reasons(live, draft)]
    if not said and _as_compared(live) != _as_compared(draft):
        said = [NO_WORDS]
    if not said:
        return ()
    return (*dict.fromkeys(said), _last_line(live, draft))


def needs_safety_officer(live: Pathway, draft: Pathway) -> str | None:
    """Why the clinical safety officer must sign too: a raised threshold or a removed step."""
    for group in groups_in(live, draft):
        if why := _reaches_fewer(live, draft, group):
            return why
    for step in live.steps:
        kept = draft.step(step.id)
        if kept is not None and step.is_safety and not kept.is_safety:
            return f"a conversation is no longer asked for: {quoted(step.verb_first)}"
        if kept is not None and step.answer_before_end and not kept.answer_before_end:
            return f"a step need not be answered before the end: {quoted(step.verb_first)}"
    return None


def _reaches_fewer(live: Pathway, draft: Pathway, group: OnlyWhen | None) -> str | None:
    now = reach_of(draft, group)
    for step_id, reached in reach_of(live, group).items():
        for what, stretches in reached.items():
            left = now.get(step_id, {}).get(what)
            if left is None:
                return f"a step is removed: {_named(live, [step_id])}"
            if not all(covers(left, one) for one in stretches):
                is_raised = min(left).start > min(stretches).start
                said = "a threshold is raised" if is_raised else "a step ends for some scores"
                return f"{said}: {_named(live, [step_id])}"
    return None


def _of_reach(live: Pathway, draft: Pathway, group: OnlyWhen | None) -> Iterator[str]:
    """Steps to which other scores lead; steps that move together are one sentence."""
    names = measures_in(live, draft)
    was, now = reach_of(live, group), reach_of(draft, group)
    together: dict[tuple[tuple[Moved, ...], tuple[Moved, ...]], list[str]] = {}
    for step_id in dict.fromkeys((*now, *was)):
        all_of_it = _by_measure(was.get(step_id, {}), now.get(step_id, {}), names)
        moved = tuple(one for one in all_of_it if one.was != one.now)
        if moved:
            still = tuple(one for one in all_of_it if one.was == one.now)
            together.setdefault((moved, still), []).append(step_id)
    for (moved, still), steps in together.items():
        yield from _sentences(live, draft, moved, still, steps)


def _by_measure(
    was: Mapping[Trigger, Stretches], now: Mapping[Trigger, Stretches], names: Measures
) -> tuple[Moved, ...]:
    """PHQ-9 and PHQ-8 are both low mood, and named apart only where they do not go together."""
    found: dict[str, dict[Moved, str]] = {}
    for what in dict.fromkeys((*was, *now)):
        moved = Moved(names[what], was.get(what), now.get(what))
        found.setdefault(names[what], {})[moved] = what.instrument
    return tuple(
        one if len(alike) == 1 else replace(one, measure=f"{one.measure} ({instrument})")
        for alike in found.values()
        for one, instrument in alike.items()
    )


def _sentences(
    live: Pathway,
    draft: Pathway,
    moved: tuple[Moved, ...],
    still: tuple[Moved, ...],
    steps: list[str],
) -> Iterator[str]:
    said_now, said_before = _with_times(draft, steps), _named(live, steps)
    within = _within(draft, steps)
    for one in moved:
        if one.was is not None and one.now is not None:
            yield (
                f"{said_now} {_words(one.now)} instead of {_words(one.was)} on {one.measure}"
                f"{within}."
            )
    if begun := [one for one in moved if one.was is None]:
        yield f"New: {said_now} {_for(begun, now=True)}{within}."
    if ended := [one for one in moved if one.now is None]:
        what, verb = ("The steps", "end") if len(steps) > 1 else ("The step", "ends")
        kept = " and ".join(_leads(one) for one in still)
        lead = "lead" if len(still) > 1 else "leads"
        stays = f" {kept} still {lead} to {'them' if len(steps) > 1 else 'it'}." if kept else ""
        yield f"{what} {said_before} {_for(ended, now=False)} {verb}.{stays}"


def _leads(one: Moved) -> str:
    words = f"{one.measure} {_words(one.now)}".strip()
    return words[0].upper() + words[1:]


def _for(found: list[Moved] | tuple[Moved, ...], *, now: bool) -> str:
    said = []
    for one in found:
        stretches = one.now if now else one.was
        said.append(f"for {_words(stretches)} on {one.measure}" if stretches
                    else f"when {one.measure}")  # fmt: skip
    return " and ".join(said).replace("for from", "from")


def _words(stretches: Stretches | None) -> str:
    return " and ".join(one.words for one in stretches or ())


def _within(pathway: Pathway, steps: list[str]) -> str:
    said = dict.fromkeys(step.within for one in steps if (step := pathway.step(one)))
    return f", {next(iter(said))}" if len(said) == 1 else ""


def _named(pathway: Pathway, steps: list[str]) -> str:
    found = [step for one in steps if (step := pathway.step(one))]
    return " and ".join(dict.fromkeys(quoted(step.verb_first) for step in found))


def _with_times(pathway: Pathway, steps: list[str]) -> str:
    """The steps by name; with the time that each has when they have not all the same."""
    found = [step for one in steps if (step := pathway.step(one))]
    is_same = len({step.within for step in found}) < 2
    return " and ".join(
        step.verb_first if is_same else f"{step.verb_first} ({step.within})" for step in found
    )


def _of_conditions(live: Pathway, draft: Pathway) -> Iterator[str]:
    for level in draft.levels:
        before = live.level(level.code)
        if before is not None and before.only_when != level.only_when:
            yield (
                f"The level {level.code} is for {for_whom(level.only_when)}; it was for "
                f"{for_whom(before.only_when)}."
            )


def _of_reasons(live: Pathway, draft: Pathway) -> Iterator[str]:
    """Reasons in other words; numbers that go with a threshold have been said already."""
    was = {
        (level.code, replace(one, because="")): one.because
        for level in live.levels
        for one in level.triggers
    }
    for level in draft.levels:
        for one in level.triggers:
            before = was.get((level.code, replace(one, because="")), one.because)
            if _without_numbers(before) != _without_numbers(one.because):
                yield f"The reason {quoted(before)} reads {quoted(one.because)}."


def _without_numbers(because: str) -> str:
    found = NUMBERS.match(because)
    return f"{found['what']} is{found['rest']}" if found else because


def _as_compared(pathway: Pathway) -> Pathway:
    """A pathway without what a new version always changes."""
    return replace(pathway, version="", authored_by="", checked_by="", reviewed_on=pathway.
                   reviewed_on.min, next_review=pathway.next_review.min)  # fmt: skip


def _last_line(live: Pathway, draft: Pathway) -> str:
    if all(level in draft.levels for level in live.levels if _has_item9(live, level.code)):
        return NOTHING_ELSE
    return MORE_ON_ITEM9


def _has_item9(pathway: Pathway, code: str) -> bool:
    level = pathway.level(code)
    return level is not None and any("item9" in (one.flag or "") for one in level.triggers)
