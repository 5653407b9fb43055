"""Each answer is stored when given, and item 9 raises its alert there and then (hazard H1)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from imparts.informatics.questionnaires.actions import answering, hand_overs, sending
from imparts.informatics.questionnaires.models import AnswerGiven
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries import alerts_about
from imparts.rules.instruments.answers import AnswerRefused
from tests.builders import (
    NOON,
    a_hand_over,
    a_sent_sitting,
    a_service,
    an_appointment,
    answer,
    answer_everything,
    sitting,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]


def _answering():
    return a_hand_over(an_appointment(a_service()))


def _story(hand_over):
    (story,) = alerts_about([hand_over.invitation_id])[hand_over.invitation_id]
    return story


def test_item_9_raises_its_alert_before_the_form_is_finished() -> None:
    hand_over = _answering()
    answer(hand_over, "phq9", "q9", 1)
    story = _story(hand_over)
    assert story.kind == Alert.Kind.POSITIVE
    assert [event.name for event in story.events] == ["raised", "delivered"]
    assert story.gravest.what == "several days"


def test_changing_item_9_to_not_at_all_leaves_the_alert_open_with_both_answers() -> None:
    hand_over = _answering()
    answer(hand_over, "phq9", "q9", 2)
    answer(hand_over, "phq9", "q9", 0, at=NOON + timedelta(minutes=1))
    story = _story(hand_over)
    assert [(e.value, e.at) for e in story.answers] == [(2, NOON), (0, NOON + timedelta(minutes=1))]
    assert story.kind == Alert.Kind.POSITIVE
    assert not story.is_closed


def test_declining_item_9_is_an_alert_of_its_own_kind() -> None:
    hand_over = _answering()
    answer(hand_over, "phq9", "q9", None)
    assert _story(hand_over).kind == Alert.Kind.DECLINED
    assert _story(hand_over).gravest.what == "chose not to answer"


def test_a_positive_answer_after_declining_joins_the_same_alert_and_is_graver() -> None:
    hand_over = _answering()
    answer(hand_over, "phq9", "q9", None)
    answer(hand_over, "phq9", "q9", 3)
    assert _story(hand_over).kind == Alert.Kind.POSITIVE
    assert Alert.objects.count() == 1


def test_the_same_answer_twice_adds_nothing_to_the_alert() -> None:
    hand_over = _answering()
    answer(hand_over, "phq9", "q9", 1)
    answer(hand_over, "phq9", "q9", 1)
    assert len(_story(hand_over).answers) == 1


def test_not_at_all_raises_nothing() -> None:
    answer(_answering(), "phq9", "q9", 0)
    assert not Alert.objects.exists()


@pytest.mark.parametrize("end", ["stop", "take_back", "left_open"])
def test_stopping_before_item_9_says_ask_in_person(end: str) -> None:
    hand_over = _answering()
    answer(hand_over, "phq9", "q1", 1)
    later = NOON + timedelta(minutes=21)
    if end == "stop":
        hand_overs.stop(hand_over=hand_over, at=later)
    elif end == "take_back":
        hand_overs.take_back(invitation=hand_over.invitation, by="nurse", at=later)
    else:
        assert hand_overs.end_left_open(at=later) == 1
    assert _story(hand_over).kind == Alert.Kind.NOT_REACHED


def test_someone_who_says_not_me_leaves_no_alert_behind() -> None:
    hand_over, _ = hand_overs.hand_over(
        appointment=an_appointment(a_service()), tablet=None, by="desk", at=NOON
    )
    hand_overs.say_not_me(hand_over=hand_over, at=NOON)
    assert not Alert.objects.exists()
    assert not AnswerGiven.objects.exists()


@pytest.mark.parametrize(
    ("instrument", "item", "value"),
    [
        ("phq9", "q1", 4),
        ("phq9", "q1", -1),
        ("phq9", "q10", 1),
        ("gad7", "q9", 1),
        ("core10", "q1", 1),
    ],
)
def test_an_answer_that_is_not_there_to_give_is_refused_and_stores_nothing(
    instrument: str, item: str, value: int
) -> None:
    hand_over = _answering()
    with pytest.raises(AnswerRefused):
        answer(hand_over, instrument, item, value)
    assert not AnswerGiven.objects.exists()


def test_nothing_is_stored_after_sending() -> None:
    hand_over = _answering()
    seen = sitting(hand_over)
    answer_everything(hand_over)
    sending.submit(hand_over=hand_over, submission_id=uuid4(), at=NOON)
    with pytest.raises(answering.AlreadySent):
        answering.save_answer(sitting=seen, instrument_id="phq9", item_id="q9", value=3, at=NOON)


def test_coming_back_goes_on_at_the_first_question_without_an_answer() -> None:
    hand_over = _answering()
    first = sitting(hand_over).first_unanswered
    answer(hand_over, first.instrument, first.item.id, first.item.lowest)
    hand_overs.stop(hand_over=hand_over, at=NOON)
    again, _ = hand_overs.hand_over(
        appointment=hand_over.invitation.appointment, tablet=None, by="desk", at=NOON
    )
    assert sitting(again).answer_to(first).value == first.item.lowest
    assert sitting(again).first_unanswered == sitting(again).questions[1]


def test_handing_over_again_ends_the_other_tablet() -> None:
    hand_over = _answering()
    hand_overs.hand_over(
        appointment=hand_over.invitation.appointment, tablet=None, by="desk", at=NOON
    )
    hand_over.refresh_from_db()
    assert hand_over.ended_because == "replaced"


def test_a_visit_whose_answers_were_sent_cannot_be_handed_over_again() -> None:
    sent = a_sent_sitting(a_service())
    with pytest.raises(hand_overs.CannotStart, match="already been sent"):
        hand_overs.hand_over(appointment=sent.appointment, tablet=None, by="desk", at=NOON)


def test_the_calm_page_is_told_once_and_stands_in_the_alert() -> None:
    hand_over = _answering()
    answer(hand_over, "phq9", "q9", 1)
    for _ in range(2):
        answering.show_calm_page(
            sitting=sitting(hand_over), words="A member of the team will talk to you", at=NOON
        )
    assert AlertEvent.objects.filter(name="told").count() == 1
