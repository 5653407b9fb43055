"""The question page: one item of one instrument, its wording untouched, in either answer mode."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imparts.design.spoken import say, to_say
from imparts.informatics.questionnaires.pages.frame import Bar, Look

if TYPE_CHECKING:
    from imparts.rules.instruments.definition import Item
    from imparts.rules.packs.asking import Given, Question

DECLINED = "declined"
RATHER_NOT = to_say("I would rather not answer")
LONG_ITEM = 110
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
class QuestionPage:
    """One question on one page."""

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
        return f"a-{self.answers[0].value}"

    @property
    def ends(self) -> tuple[AnswerChoice, ...]:
        """The ends of a scale that have a meaning in words."""
        return tuple(answer for answer in self.answers if answer.means)

    @classmethod
    def about(
        cls, question: "Question", *, given: "Given | None", look: Look, bar: Bar,
        one_tap: bool, token: str, error: str = "",
    ) -> "QuestionPage":  # fmt: skip
        """Put one question on a page, with the answer given before, if any."""
        return cls(
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


def _answers(item: "Item", given: "Given | None") -> tuple[AnswerChoice, ...]:
    chosen = given.value if given else None
    means = dict(item.anchors)
    return tuple(
        AnswerChoice(str(o.value), o.label, o.value == chosen, means.get(o.value, ""))
        for o in item.options
    )
