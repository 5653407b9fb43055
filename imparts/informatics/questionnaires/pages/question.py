"""The question page: one item of one instrument, its wording untouched, in either answer mode."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imparts.design.spoken import say, to_say
from imparts.informatics.questionnaires.pages.entry import Entry, entry_of, free_text_entry
from imparts.informatics.questionnaires.pages.frame import Bar, Look
from imparts.informatics.questionnaires.pages.said import say_answer
from imparts.rules.forms import typed_in as ways

if TYPE_CHECKING:
    from imparts.rules.forms.screens import Read, Screen
    from imparts.rules.instruments.definition import Item
    from imparts.rules.packs.asking import Given, Question

DECLINED = "declined"
RATHER_NOT = to_say("I would rather not answer")
LONG_ITEM = 110
VERY_LONG_ITEM = 400
MOST_STEPS = 12
MANY_ANSWERS = 5
SCALE_FROM = 7


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer that may be given: a radio button or, one-tap, a button of its own."""

    value: str
    label: str
    is_chosen: bool
    means: str = ""
    """What the end of a scale means: shown once beside the scale, read out with the number."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text of a form that is read; `apart` says what stands there already, or why nobody asks."""

    text: str
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What a form shows around a question, in the words of its author."""

    above: tuple[ReadText, ...] = ()  # read before the groups begin that the question stands in
    headings: tuple[str, ...] = ()
    time: str = ""  # "2 of 3", after the name of its group
    before: tuple[ReadText, ...] = ()
    help: str = ""
    after: tuple[ReadText, ...] = ()


@dataclass(frozen=True, slots=True)
class Another:
    """Whether a group is filled in once more."""

    add: str
    remove: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question on one page: answers to choose from, or else an entry, or "another one?"."""

    look: Look
    bar: Bar
    progress: str
    part: str
    step: int
    steps: int
    stem: str
    item: str
    answers: tuple[AnswerChoice, ...]
    decline: AnswerChoice
    one_tap: bool
    token: str
    error: str = ""
    around: Around = Around()
    entry: Entry | None = None
    another: Another | None = None

    @property
    def is_tapped(self) -> bool:
        """Whether one tap both chooses and goes on, so that there is no Continue."""
        return self.one_tap and self.entry is None

    @property
    def title(self) -> str:
        """The window's title, which says when something is wrong."""
        wrong = f"{say('Error')}: " if self.error else ""
        return f"{wrong}{self.progress}, {self.part}"

    @property
    def is_long(self) -> bool:
        """Whether the item needs smaller letters to leave room for its answers."""
        return len(self.item) > LONG_ITEM

    @property
    def is_very_long(self) -> bool:
        """Whether it is a text rather than a question, set as running text."""
        return len(self.item) > VERY_LONG_ITEM

    @property
    def is_scale(self) -> bool:
        """Whether the answers are the bare numbers of a scale, drawn as tiles in their order."""
        return len(self.answers) >= SCALE_FROM and all(a.label.isdigit() for a in self.answers)

    @property
    def has_many(self) -> bool:
        """Whether there are so many answers that their rows stand closer together."""
        return len(self.answers) >= MANY_ANSWERS

    @property
    def first_id(self) -> str:
        """Where the error message leads."""
        if self.entry:
            return self.entry.first_id
        return f"a-{self.answers[0].value}" if self.answers else "another"

    @property
    def ends(self) -> tuple[AnswerChoice, ...]:
        """The ends of a scale that have a meaning in words."""
        return tuple(answer for answer in self.answers if answer.means)

    @classmethod
    def about(
        cls, question: "Question", *, given: "Given | None", look: Look, bar: Bar,
        one_tap: bool, token: str, error: str = "",
        typed: Mapping[str, Sequence[str]] | None = None, rows: int = 1,
    ) -> "QuestionPage":  # fmt: skip
        """Put one question on a page, with the answer given before, if any.

        `typed` is what stands in the fields of a page that is drawn again.
        """
        page = cls(
            look=look,
            bar=bar,
            progress=say("Question {number} of {of}", number=question.number, of=question.of),
            part=question.part,
            step=question.number,
            steps=question.of if question.of <= MOST_STEPS else 0,
            stem=question.stem,
            item=question.item.text,
            answers=_answers(question.item, given),
            decline=AnswerChoice(DECLINED, say(RATHER_NOT), given is not None and given.declined),
            one_tap=one_tap,
            token=token,
            error=error,
        )
        if question.screen is not None:
            return _of_form(page, question.screen, given, typed, rows)
        if question.item.free_text:
            text = next(iter(typed.get(ways.WORDS, ())), "") if typed else _written(given)
            return replace(page, entry=free_text_entry(text))
        return page


def _of_form(
    page: QuestionPage,
    screen: "Screen",
    given: "Given | None",
    typed: Mapping[str, Sequence[str]] | None,
    rows: int,
) -> QuestionPage:
    item, entered = screen.item, (given.entered if given else None) or ()
    page = replace(page, around=_around(screen))
    if screen.asks_for_another:
        text = say("Is there another one to add?")
        return replace(page, item=text, another=_another(screen))
    if given is None and ways.fields_of(item):  # an answer to tap is never chosen beforehand
        entered = screen.proposal
    chosen = typed if typed is not None else ways.as_typed(item, entered)
    if ways.way_of(item) != ways.ONE or ways.takes_own_words(item):
        entry = entry_of(item, chosen, language=screen.language, rows=rows)
        return replace(page, entry=entry)
    return replace(page, answers=_choices(screen, chosen.get(ways.CHOSEN, ())))


def _choices(screen: "Screen", chosen: Sequence[str]) -> tuple[AnswerChoice, ...]:
    item, offered = screen.item, ways.choices_of(screen.item)
    ends = {0: item.lower, len(offered) - 1: item.upper}
    return tuple(
        AnswerChoice(
            name, say_answer(item, value, screen.language), name in chosen, ends.get(place, "")
        )
        for place, (name, value) in enumerate(offered)
    )


def _around(screen: "Screen") -> Around:
    above = tuple(one for one in screen.before if one.headings != screen.headings)
    before = tuple(one for one in screen.before if one.headings == screen.headings)
    return Around(
        above=_read(above, screen),
        headings=screen.headings,
        time=_time(screen),
        before=_read(before, screen),
        help=screen.help,
        after=_read(screen.after, screen),
    )


def _time(screen: "Screen") -> str:
    if screen.asks_for_another:
        return say("{number} so far", number=screen.times)
    return say("{number} of {of}", number=screen.time, of=screen.times) if screen.times > 1 else ""


def _read(texts: "tuple[Read, ...]", screen: "Screen") -> tuple[ReadText, ...]:
    cannot = say("This question cannot be answered on this tablet.")
    return tuple(ReadText(one.text, cannot if one.item else _values(one, screen)) for one in texts)


def _values(one: "Read", screen: "Screen") -> str:
    return "; ".join(say_answer(screen.item, value, screen.language) for value in one.values)


def _another(screen: "Screen") -> Another:
    return Another(
        add=say("Add another") if screen.may_add else "",
        remove=say("Remove number {number}", number=screen.times) if screen.may_remove else "",
    )


def _written(given: "Given | None") -> str:
    return str(given.entered[0]) if given and given.entered else ""


def _answers(item: "Item", given: "Given | None") -> tuple[AnswerChoice, ...]:
    chosen = given.value if given else None
    means = dict(item.anchors)
    return tuple(
        AnswerChoice(str(o.value), o.label, o.value == chosen, means.get(o.value, ""))
        for o in item.options
    )
