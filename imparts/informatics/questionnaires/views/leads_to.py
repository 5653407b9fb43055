"""Which page comes next, before or back: worked out anew from the answers each time."""

import re
from typing import TYPE_CHECKING, Protocol

from django.urls import reverse

from imparts.informatics.questionnaires.pages.check import row_id
from imparts.rules.packs.alerting import DECLINED, POSITIVE
from imparts.rules.packs.asking import Question, question_after, question_before

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.queries.sittings import Sitting
    from imparts.rules.packs.alerting import Watched
    from imparts.rules.packs.asking import Given


class Walked(Protocol):
    """What is walked through: a sitting, or a preview of one."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything that applies now, in order."""

    @property
    def watched(self) -> "Watched":
        """The questions about harm."""

    def answer_to(self, question: Question) -> "Given | None":
        """The answer given to one question, if any."""


_ON_TABLET = re.compile(r"/tablet/[a-z0-9_/-]{0,150}(\?change=1)?\Z")


def is_on_tablet(address: str) -> bool:
    """Whether an address from the browser is one of the tablet's own."""
    return bool(_ON_TABLET.match(address))


def address_of(question: Question, *, changing: bool = False) -> str:
    """Where one question is asked."""
    address = reverse("tablet-question", args=question.address)
    return f"{address}?change=1" if changing else address


def row_of(question: Question) -> str:
    """Where one answer stands on the page that shows all."""
    return f"{reverse('tablet-check')}#{row_id(*question.address)}"


def place_now(sitting: "Sitting") -> str:
    """Where someone who comes back goes on."""
    if not sitting.is_confirmed:
        return reverse("tablet-language")
    if not sitting.has_begun:
        return reverse("tablet-before")
    return first_place(sitting)


def first_place(sitting: "Sitting") -> str:
    """Where the questions begin, or go on; a question that a change has opened leads back there."""
    unanswered = sitting.first_unanswered
    if unanswered is None:
        return reverse("tablet-check")
    keys = [one.key for one in sitting.questions]
    later = sitting.questions[keys.index(unanswered.key) + 1 :]
    return address_of(unanswered, changing=any(_is_settled(sitting, q) for q in later))


def before(sitting: "Sitting", question: Question, *, changing: bool) -> str:
    """Where Back leads from a question."""
    if changing:
        return row_of(question)
    previous = question_before(sitting.questions, *question.key)
    return address_of(previous) if previous else reverse("tablet-before")


def after(sitting: "Sitting", question: Question, *, changing: bool) -> str:
    """Where Continue leads; `sitting` is as it stands with the answer stored."""
    if changing:
        return _after_change(sitting, question)
    if question.asks_for_another and not _is_settled(sitting, question):
        return first_place(sitting)
    following = question_after(sitting.questions, *question.key)
    part_ends = following is None or following.part != question.part
    if part_ends and reason_to_be_calm(sitting, part=question.part):
        return reverse("tablet-calm")
    return address_of(following) if following else reverse("tablet-check")


def _is_settled(sitting: "Sitting", question: Question) -> bool:
    return question.is_settled_by(sitting.answer_to(question))


def _after_change(sitting: "Sitting", question: Question) -> str:
    if sitting.watched.watches(question) and reason_to_be_calm(sitting):
        return reverse("tablet-calm")
    return first_place(sitting) if sitting.first_unanswered else row_of(question)


def reason_to_be_calm(sitting: "Walked", *, part: str = "") -> str:
    """Whether an answer calls for the calm page: "positive", "declined" or "" (hazard H1)."""
    found = set()
    for question in sitting.questions:
        given = None if part and question.part != part else sitting.answer_to(question)
        if given is not None:
            found.add(sitting.watched.kind(question, given))
    return next((kind for kind in (POSITIVE, DECLINED) if kind in found), "")


def last_before_calm(sitting: "Sitting") -> str:
    """Where Back leads from the calm page: the last question of its part."""
    parts = {q.part for q in sitting.questions if sitting.watched.watches(q)}
    last = [q for q in sitting.questions if q.part in parts]
    return address_of(last[-1]) if last else place_now(sitting)
