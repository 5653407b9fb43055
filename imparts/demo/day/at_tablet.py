"""At the tablet: one sitting through the product's own actions, as the pages call them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from imparts.demo.crowd.people import id_of
from imparts.demo.past.answering import Answers
from imparts.informatics.questionnaires.actions import answering, hand_overs, sending
from imparts.informatics.questionnaires.queries.sittings import Sitting, sitting_for

if TYPE_CHECKING:
    from imparts.access.models import Tablet
    from imparts.informatics.clinics.models import Appointment
    from imparts.informatics.questionnaires.models import HandOver

_MAY_OPEN = (
    5  # questions that answers may bring in: wish for help, heaviness of smoking, difficulty
)


def hand_to(
    appointment: "Appointment", tablet: "Tablet | None", *, who_helped: str, by: str, at: datetime
) -> "HandOver":
    """Hand over, confirm the name, say who helps: up to the first question."""
    made, _ = hand_overs.hand_over(appointment=appointment, tablet=tablet, by=by, at=at)
    hand_overs.confirm_identity(hand_over=made, at=at)
    hand_overs.begin(hand_over=made, who_helped=who_helped, at=at)
    return made


def answer_all(
    hand_over: "HandOver",
    answers: Mapping[str, Answers],
    *,
    began_at: datetime,
    ended_at: datetime,
    stops_after: int | None = None,
) -> None:
    """Answer every question, or the first few, evenly between two moments."""
    sitting = sitting_for(hand_over.secret_hash, at=began_at)
    wanted = stops_after or (len(sitting.questions) + _MAY_OPEN if sitting else 1)
    for number in count(1):
        if sitting is None or number - 1 == stops_after:
            return
        at = min(began_at + (ended_at - began_at) * number / wanted, ended_at)
        sitting = answer_next(sitting, answers, at=at)


def answer_next(
    sitting: Sitting, answers: Mapping[str, Answers], *, at: datetime
) -> Sitting | None:
    """Answer the next question and give the sitting as it then stands; None when nothing is left.

    Where a part of the questions ends, the calm page is shown if an answer calls for it.
    """
    question = sitting.first_unanswered
    if question is None:
        return None
    value = answers[question.instrument][question.item.id]
    answering.save_answer(
        sitting=sitting, instrument_id=question.instrument, item_id=question.item.id, value=value,
        at=at,
    )  # fmt: skip
    stands = replace(sitting)  # the same sitting, which has not looked at its answers yet
    following = stands.first_unanswered
    if following is None or following.part != question.part:
        _be_calm(stands, part=question.part, at=at)
    return stands


def send(hand_over: "HandOver", *, at: datetime) -> None:
    """Look over the answers and send them."""
    sending.submit(hand_over=hand_over, submission_id=sending_id(hand_over.invitation_id), at=at)


def sending_id(invitation: UUID) -> UUID:
    """What the browser would have made."""
    return id_of(f"sending {invitation}")


def _be_calm(sitting: Sitting, *, part: str, at: datetime) -> None:
    for question in sitting.questions:
        instrument = sitting.instruments[question.instrument]
        watched = {rule.flag for rule in instrument.alerts}
        items = {flag.item for flag in instrument.flags if flag.code in watched}
        given = sitting.answer_to(question)
        if question.part != part or question.item.id not in items or given is None:
            continue
        if given.declined or given.value:
            words = sitting.texts.declined if given.declined else sitting.texts.calm
            answering.show_calm_page(sitting=sitting, words=words.told, at=at)
