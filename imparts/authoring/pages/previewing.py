"""The page around a preview: the tablet in its frame, and what is to be known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from imparts.design.words import counted
from imparts.informatics.questionnaires.pages.check import CheckPart, parts_of
from imparts.rules.packs.differences import how_often, only_when

if TYPE_CHECKING:
    from collections.abc import Callable

    from imparts.authoring.queries.previewing import Previewed, Walk
    from imparts.rules.instruments.definition import Instrument, Item
    from imparts.rules.packs.asking import Question
    from imparts.rules.packs.definition import Ask

SHAPES = {"wide": "Tablet, wide", "tall": "Tablet, tall", "phone": "Phone"}
MARK = "Preview: nothing is stored"


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to hold the device."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The frame around the tablet."""

    title: str
    of: str
    id: int
    back: str
    inside: str
    shapes: tuple[Shape, ...]
    sizes: tuple[Shape, ...]
    shape: str
    said: str
    left_out: str
    mark: str = MARK


def preview_page(
    previewed: "Previewed", *, back: str, inside: str, shape: str, size: str,
    sizes: Mapping[str, str],
) -> PreviewPage:  # fmt: skip
    """The frame around one preview."""
    shape = shape if shape in SHAPES else "wide"
    left_out = ", ".join(previewed.without_wording)
    return PreviewPage(
        title=f"Preview: {previewed.pack.name}",
        of=previewed.of,
        id=previewed.id,
        back=back,
        inside=inside,
        shapes=tuple(Shape(code, label, code == shape) for code, label in SHAPES.items()),
        sizes=tuple(Shape(code, label, code == size) for code, label in sizes.items()),
        shape=shape,
        said="Answer as you like, go back, change an answer: what is asked follows. "
        "Nothing is stored, no alert is raised, nobody is told.",
        left_out=f"Not shown, for want of its wording: {left_out}." if left_out else "",
    )


@dataclass(frozen=True, slots=True)
class OneQuestion:
    """One question as it stands on paper."""

    number: int
    text: str
    answers: tuple[str, ...]
    when: str


@dataclass(frozen=True, slots=True)
class OneInstrument:
    """One instrument of a part, with all its questions."""

    name: str
    said: str
    stem: str
    questions: tuple[OneQuestion, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class OnePart:
    """One part under the patient's word."""

    name: str
    instruments: tuple[OneInstrument, ...]


@dataclass(frozen=True, slots=True)
class AllQuestions:
    """Every question of a pack on one page, to be read and printed."""

    title: str
    of: str
    id: int
    said: str
    parts: tuple[OnePart, ...]
    left_out: str


def all_questions(previewed: "Previewed") -> AllQuestions:
    """Every question, also those that depend on an answer."""
    instruments = previewed.instruments
    parts = tuple(
        OnePart(
            part.name,
            tuple(
                _instrument(ask, instruments[ask.instrument], instruments)
                for ask in part.asks
                if ask.instrument in instruments
            ),
        )
        for part in previewed.pack.parts
    )
    number = sum(len(one.questions) for part in parts for one in part.instruments)
    left_out = ", ".join(previewed.without_wording)
    return AllQuestions(
        title=f"All questions: {previewed.pack.name}",
        of=previewed.of,
        id=previewed.id,
        said=f"{counted(number, 'question')} at most. Version {previewed.pack.version}.",
        parts=parts,
        left_out=f"Not shown, for want of its wording: {left_out}." if left_out else "",
    )


def _instrument(
    ask: "Ask", instrument: "Instrument", known: "Mapping[str, Instrument]"
) -> OneInstrument:
    said = [how_often(ask.every_days)]
    if ask.when:
        said.append(only_when(ask.when, known))
    return OneInstrument(
        name=instrument.title,
        said=", ".join(said),
        stem=instrument.stem,
        questions=tuple(
            OneQuestion(number, item.text, _answers(item), _when(item, instrument))
            for number, item in enumerate(instrument.items, start=1)
        ),
        notice=instrument.rights.notice,
    )


def _answers(item: "Item") -> tuple[str, ...]:
    return tuple(item.label(option.value) for option in item.options)


def _when(item: "Item", instrument: "Instrument") -> str:
    """Whether an item depends on an answer, in a few words."""
    skipped = {name for rule in instrument.scoring.skips for name in rule.skips}
    return "asked as answers lead" if item.show_if or item.id in skipped else ""


def check_parts(walk: "Walk", change: "Callable[[Question], str]") -> tuple[CheckPart, ...]:
    """All answers as the tablet shows them, each with the way back to its question here."""
    found = parts_of(walk.questions, walk.given, walk.instruments)
    asked = [tuple(group) for _, group in groupby(walk.questions, key=lambda q: q.part)]
    return tuple(
        replace(
            part,
            rows=tuple(
                replace(row, change=change(question))
                for row, question in zip(part.rows, questions, strict=True)
            ),
        )
        for part, questions in zip(found, asked, strict=True)
    )
