"""Editing: the scores of one level, or one step, in a plain form that keeps what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.rules.pathways.in_rows import LevelRow, Reached
from imparts.rules.pathways.options import Option
from imparts.rules.scoring.change import plain

if TYPE_CHECKING:
    from imparts.rules.pathways.definition import Level, Step

SHOWN = ("refer", "self_help")


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name, label, value, and what is wrong with it."""

    name: str
    label: str
    value: str
    note: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class MeasureFields:
    """One measure that leads to the level."""

    measure: str
    now: str
    threshold: Line | None
    because: Line


@dataclass(frozen=True, slots=True)
class Pick:
    """One option that can be ticked."""

    code: str
    name: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class EditPage:
    """Exactly what a page of editing may show."""

    title: str
    draft: int
    revision: int
    place: str
    said: str
    """What another changed meanwhile."""
    links: tuple[tuple[str, str], ...]
    measures: tuple[MeasureFields, ...] = ()
    picks: tuple[Pick, ...] = ()
    lines: tuple[Line, ...] = ()
    keeps: str = ""
    can_remove: bool = False
    level: str = ""


def links_of(wrong: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every problem with the field that it stands beside."""
    return tuple((f"id_{name}", said) for name, said in wrong.items())


def measures_of(
    row: LevelRow, level: "Level", *, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[MeasureFields, ...]:
    """The fields of every measure that leads to a level."""
    return tuple(
        _measure(number, one, level, typed, wrong)
        for number, one in enumerate(row.reached, start=1)
    )


def _measure(
    number: int, one: Reached, level: "Level", typed: Mapping[str, str], wrong: Mapping[str, str]
) -> MeasureFields:
    name, because = f"from-{number}", f"because-{number}"
    written = level.triggers[one.triggers[0] - 1].because
    threshold = None
    if one.threshold is not None:
        to = "Up to" if one.is_up_to else "From"
        threshold = Line(
            name, f"{to} which score", typed.get(name, plain(one.threshold)),
            note=_scale(one), wrong=wrong.get(name, ""),
        )  # fmt: skip
    reason = Line(
        because, "Because", typed.get(because, written),
        note="Stands on the summary: \u201cBecause low mood is 15 or more.\u201d",
        wrong=wrong.get(because, ""),
    )  # fmt: skip
    return MeasureFields(one.measure, f"now {one.words}" if one.words else "", threshold, reason)


def _scale(one: Reached) -> str:
    if one.lowest is None or one.highest is None:
        return ""
    return f"{one.measure} runs from {plain(one.lowest)} to {plain(one.highest)}."


def picks_of(
    chosen: "tuple[str, ...] | list[str]", options: Mapping[str, Option]
) -> tuple[Pick, ...]:
    """Every option that a step may offer."""
    return tuple(
        Pick(code, one.name, code in chosen) for code, one in options.items() if one.kind in SHOWN
    )


def lines_of(
    step: "Step | None", *, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[Line, ...]:
    """The words of a step; of a new one, empty."""

    def line(name: str, label: str, value: str, note: str = "") -> Line:
        return Line(name, label, typed.get(name, value), note, wrong.get(name, ""))

    return (
        line("verb_first", "What to do, first and in bold", step.verb_first if step else "",
             "Such as: Liaison psychiatry"),
        line("text", "and the words that go on", step.text.strip() if step else "",
             "Such as \u201c: refer; letter to the GP.\u201d"),
        line("responsible", "Who", step.responsible if step else "",
             "Such as: clinician of the visit"),
        line("within", "Within", step.within if step else "", "Such as: same visit, or 2 weeks"),
        line("source", "What it rests on", step.source if step else "local choice",
             "A source, or: local choice"),
    )  # fmt: skip
