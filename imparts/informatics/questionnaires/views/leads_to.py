"""Which page comes next, before or back: worked out anew from the answers each time."""

import re
from typing import TYPE_CHECKING

from django.urls import reverse

from imparts.informatics.questionnaires.pages.check import row_id
from imparts.rules.packs.asking import Question, question_after, question_before

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.queries.sittings import Sitting

_ON_TABLET = re.compile(r"/tablet/[a-z0-9_/-]{0,100}(\?change=1)?\Z")


def is_on_tablet(address: str) -> bool:
    """Whether an address from the browser is one of the tablet's own."""
    return bool(_ON_TABLET.match(address))


def address_of(question: Question, *, changing: bool = False) -> str:
    """Where one question is asked."""
    address = reverse("tablet-question", args=[question.instrument, question.item.id])
    return f"{address}?change=1" if changing else address


def row_of(question: Question) -> str:
    """Where one answer stands on the page that shows all."""
    return f"{reverse('tablet-check')}#{row_id(*question.key)}"


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
    later = sitting.questions[sitting.questions.index(unanswered) + 1 :]
    return address_of(unanswered, changing=any(sitting.answer_to(q) for q in later))


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
    following = question_after(sitting.questions, *question.key)
    part_ends = following is None or following.part != question.part
    if part_ends and reason_to_be_calm(sitting, part=question.part):
        return reverse("tablet-calm")
    return address_of(following) if following else reverse("tablet-check")


def _after_change(sitting: "Sitting", question: Question) -> str:
    if question.key in _items_with_alert(sitting) and reason_to_be_calm(sitting):
        return reverse("tablet-calm")
    return first_place(sitting) if sitting.first_unanswered else row_of(question)


def reason_to_be_calm(sitting: "Sitting", *, part: str = "") -> str:
    """Whether an answer calls for the calm page: "positive", "declined" or "" (hazard H1)."""
    asked = {q.key: q for q in sitting.questions if not part or q.part == part}
    found = set()
    for key, flag in _items_with_alert(sitting).items():
        given = sitting.answer_to(asked[key]) if key in asked else None
        if given and given.value is not None and given.value >= flag:
            found.add("positive")
        elif given and given.declined:
            found.add("declined")
    return "positive" if "positive" in found else "".join(found)


def last_before_calm(sitting: "Sitting") -> str:
    """Where Back leads from the calm page: the last question of its part."""
    alerting = _items_with_alert(sitting)
    parts = {q.part for q in sitting.questions if q.key in alerting}
    last = [q for q in sitting.questions if q.part in parts]
    return address_of(last[-1]) if last else place_now(sitting)


def _items_with_alert(sitting: "Sitting") -> dict[tuple[str, str], int]:
    """Every item that raises an alert by itself, with the least value that does."""
    found = {}
    for instrument in sitting.instruments.values():
        on_alert = {rule.flag for rule in instrument.alerts}
        for flag in instrument.flags:
            if flag.code in on_alert and flag.type == "item_gte" and flag.item:
                found[instrument.id, flag.item] = int(flag.value or 0)
    return found
