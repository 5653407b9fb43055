"""The page around a preview: the tablet in its frame, and what is to be known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import TYPE_CHECKING

from imparts.design.words import counted
from imparts.informatics.questionnaires.pages.check import CheckPart, parts_of
from imparts.library.queries import language_name
from imparts.rules.forms.definition import Form
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
    is_alone: bool
    """One instrument without its pack: its passport lists the questions already."""
    mark: str = MARK


def preview_page(
    previewed: "Previewed", *, back: str, inside: str, shape: str, size: str,
    sizes: Mapping[str, str],
) -> PreviewPage:  # fmt: skip
    """The frame around one preview."""
    shape = shape if shape in SHAPES else "wide"
    return PreviewPage(
        title=f"{'Try it' if previewed.tried else 'Preview'}: {previewed.pack.name}",
        of=previewed.of,
        id=previewed.id,
        back=back,
        inside=inside,
        shapes=tuple(Shape(code, label, code == shape) for code, label in SHAPES.items()),
        sizes=tuple(Shape(code, label, code == size) for code, label in sizes.items()),
        shape=shape,
        said="Answer as you like, go back, change an answer: what is asked follows. "
        "Nothing is stored, no alert is raised, nobody is told.",
        left_out=" ".join(
            filter(
                None,
                (_without_wording(previewed), _only_on_paper(previewed), _own_language(previewed)),
            )
        ),
        is_alone=previewed.tried is not None,
    )


def _without_wording(previewed: "Previewed") -> str:
    left_out = ", ".join(previewed.without_wording)
    return f"Not shown, for want of its wording: {left_out}." if left_out else ""


def _own_language(previewed: "Previewed") -> str:
    """The questions are tried in their language; the pages around them are drawn in English."""
    tried = previewed.tried
    if tried is None or tried.language.split("-")[0] == "en":
        return ""
    return f"The questions stand in {language_name(tried.language)}, the pages around in English."


def _only_on_paper(previewed: "Previewed") -> str:
    titles = ", ".join(form.title for form in previewed.forms.values())
    return f"Brought in, and shown only among all questions: {titles}." if titles else ""


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
    known = {**previewed.instruments, **previewed.forms}
    parts = tuple(
        OnePart(
            part.name,
            tuple(
                _asked(ask, known[ask.instrument], known)
                for ask in part.asks
                if ask.instrument in known
            ),
        )
        for part in previewed.pack.parts
    )
    number = sum(q.number > 0 for part in parts for one in part.instruments for q in one.questions)
    return AllQuestions(
        title=f"All questions: {previewed.pack.name}",
        of=previewed.of,
        id=previewed.id,
        said=f"{counted(number, 'question')} at most. Version {previewed.pack.version}.",
        parts=parts,
        left_out=_without_wording(previewed),
    )


def _asked(
    ask: "Ask", asked: "Instrument | Form", known: "Mapping[str, Instrument | Form]"
) -> OneInstrument:
    said = [how_often(ask.every_days)]
    if ask.when:
        said.append(only_when(ask.when, known))
    in_words = ", ".join(said)
    return _form(asked, in_words) if isinstance(asked, Form) else _instrument(asked, in_words)


def _form(form: Form, said: str) -> OneInstrument:
    """In the order of its file, with the texts that introduce a group."""
    shown = [item for item in form.all_items if not item.hidden and item.text]
    numbers = count(1)
    return OneInstrument(
        name=form.title,
        said=f"{said}, brought in from elsewhere",
        stem="",
        questions=tuple(
            OneQuestion(
                next(numbers) if item.is_question else 0,
                item.text,
                tuple(option.label for option in item.options),
                "asked as answers lead" if item.enable_when or item.enable_expression else "",
            )
            for item in shown
        ),
        notice=form.copyright,
    )


def _instrument(instrument: "Instrument", said: str) -> OneInstrument:
    return OneInstrument(
        name=instrument.title,
        said=said,
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
