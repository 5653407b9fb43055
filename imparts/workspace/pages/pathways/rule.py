"""The rule: a pathway as a table in words, the draft beside what is live, old words struck."""

from collections.abc import Mapping
from dataclasses import dataclass

from imparts.rules.pathways.definition import Step
from imparts.rules.pathways.in_rows import LevelRow, Reached
from imparts.rules.pathways.options import Option, code_in_words

REMOVED = "removed"
CANNOT = "cannot be weakened"


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of the rule: as they are, or what they were and what they will be."""

    now: str
    was: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class WhenLine:
    """One measure that leads to a level."""

    measure: str
    scores: Cell


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: what is offered, by whom, within what time; an id where it can be edited."""

    offer: Cell
    who: Cell
    within: Cell
    step: str = ""
    edit_says: str = ""


@dataclass(frozen=True, slots=True)
class LevelLines:
    """One level: what leads to it stands once, beside its steps."""

    when: tuple[WhenLine, ...]
    steps: tuple[StepLine, ...]
    level: str = ""
    edit_says: str = ""
    note: str = ""
    """Why there is no Edit."""


def item9_lines(steps: tuple[Step, ...]) -> LevelLines:
    """What follows from item 9, which stands first and has no Edit."""
    said = tuple(
        StepLine(Cell(_offer(step, {})), Cell(step.responsible), Cell(step.within))
        for step in steps[:1]
    )
    when = WhenLine("Item 9", Cell("above \u201cnot at all\u201d, or not answered"))
    return LevelLines((when,), said, note=CANNOT)


def rule_lines(
    live: tuple[LevelRow, ...], draft: tuple[LevelRow, ...], options: Mapping[str, Option], *,
    may_edit: bool,
) -> tuple[LevelLines, ...]:  # fmt: skip
    """Every level of either, in the order of the draft; what the draft took out stands struck."""
    after = {row.code: row for row in draft}
    before = {row.code: row for row in live}
    codes = _in_order([row.code for row in draft], [row.code for row in live])
    return tuple(
        _level(
            code, before.get(code), after.get(code), options, may_edit=may_edit and code in after
        )
        for code in codes
    )


def _in_order(after: list[str], before: list[str]) -> list[str]:
    """The draft's order, with what was taken out in the place where it stood."""
    found = list(after)
    for place, code in enumerate(before):
        if code not in found:
            above = next((one for one in reversed(before[:place]) if one in found), None)
            found.insert(found.index(above) + 1 if above else 0, code)
    return found


def _level(
    code: str, was: LevelRow | None, now: LevelRow | None, options: Mapping[str, Option], *,
    may_edit: bool,
) -> LevelLines:  # fmt: skip
    return LevelLines(
        when=_when(was.reached if was else (), now.reached if now else (), is_all_new=was is None),
        steps=tuple(_steps(was, now, options, may_edit=may_edit)),
        level=code if may_edit else "",
        edit_says=f"the scores of {code_in_words(code)}",
    )


def _when(
    was: tuple[Reached, ...], now: tuple[Reached, ...], *, is_all_new: bool
) -> tuple[WhenLine, ...]:
    old, new = ({_line_of(one): one for one in side} for side in (was, now))
    return tuple(
        WhenLine(key[0], _scores(old.get(key), new.get(key), is_all_new=is_all_new))
        for key in dict.fromkeys([*old, *new])
    )


def _line_of(one: Reached) -> tuple[str, bool, str]:
    """What was a threshold of a measure and is one still is one line, old beside new."""
    return one.measure, one.is_up_to, "" if one.threshold is not None else one.words


def _scores(was: Reached | None, now: Reached | None, *, is_all_new: bool) -> Cell:
    if now is None:
        return Cell(REMOVED, was.words if was else "", is_new=True)
    if was is None or is_all_new:
        return Cell(now.words, is_new=True)
    return _cell(was.words, now.words)


def _cell(was: str, now: str) -> Cell:
    return Cell(now) if was == now else Cell(now, was, is_new=True)


def _steps(
    was: LevelRow | None, now: LevelRow | None, options: Mapping[str, Option], *, may_edit: bool
) -> list[StepLine]:
    old = {step.id: step for step in (was.steps if was else ())}
    new = {step.id: step for step in (now.steps if now else ())}
    return [
        _step(old.get(code), new.get(code), options, may_edit=may_edit)
        for code in dict.fromkeys([*old, *new])
    ]


def _step(
    was: Step | None, now: Step | None, options: Mapping[str, Option], *, may_edit: bool
) -> StepLine:
    if now is None:
        assert was is not None  # it stood in one of the two
        gone = Cell(REMOVED, _offer(was, options), is_new=True)
        return StepLine(gone, Cell(was.responsible), Cell(was.within))
    shown = _offer(now, options)
    can = {"step": now.id, "edit_says": shown} if may_edit else {}
    if was is None:
        offer, who, within = (
            Cell(one, is_new=True) for one in (shown, now.responsible, now.within)
        )
        return StepLine(offer, who, within, **can)
    return StepLine(
        _cell(_offer(was, options), shown),
        _cell(was.responsible, now.responsible),
        _cell(was.within, now.within),
        **can,
    )


def _offer(step: Step, options: Mapping[str, Option]) -> str:
    """The options by name; a step that offers none is named by what to do."""
    names = [options[code].name for code in step.options if code in options]
    return ", ".join(names) if names else step.verb_first
