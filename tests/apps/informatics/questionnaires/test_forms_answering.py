"""Answers to a form: stored when given, refused when they do not fit, heard of when about harm."""

import json
from datetime import timedelta

import pytest

from imparts.informatics.questionnaires.actions import answering, hand_overs
from imparts.informatics.questionnaires.models import AnswerGiven
from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries import alerts_about
from imparts.rules.forms.entries import EntryRefused
from imparts.rules.forms.values import Coding
from imparts.rules.instruments.answers import AnswerRefused
from tests.apps.informatics.questionnaires.a_form import (
    CUPS,
    HARM,
    HOW,
    KEY,
    asked,
    asked_now,
    enter,
    kettle_clinic,
    questionnaire,
    review,
)
from tests.builders import NOON, a_hand_over, an_appointment, answer, sitting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
A_LITTLE = Coding("k1", "urn:invented:kettles", "A little")
NOTE = {"linkId": "note", "type": "text", "text": "Invented: what else about kettles?"}


def _question(hand_over, path: str):
    return next(q for q in sitting(hand_over).questions if q.key == (KEY, path))


def _story(hand_over):
    (story,) = alerts_about([hand_over.invitation_id])[hand_over.invitation_id]
    return story


def test_a_form_is_asked_after_the_core_under_the_name_of_its_part() -> None:
    hand_over = asked(HOW, NOTE)
    found = [q for q in sitting(hand_over).questions if q.instrument == KEY]
    assert [(q.item.id, q.part, q.number, q.of) for q in found] == [
        ("how", "Kettles", 1, 2), ("note", "Kettles", 2, 2),
    ]  # fmt: skip


def test_answers_are_kept_as_they_were_given() -> None:
    hand_over = asked(HOW, NOTE)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note", "It <b>leaks</b>.")
    assert list(AnswerGiven.objects.values_list("item", "entered", "value", "declined")) == [
        ("how", [{"coding": {"system": "urn:invented:kettles", "code": "k1",
                             "display": "A little"}}], None, False),
        ("note", [{"string": "It <b>leaks</b>."}], None, False),
    ]  # fmt: skip
    assert sitting(hand_over).given[KEY]["how"].entered == (A_LITTLE,)


def test_declining_is_no_answer() -> None:
    hand_over = asked(HOW)
    enter(hand_over, "how")
    given = sitting(hand_over).given[KEY]["how"]
    assert given.declined
    assert not given.is_answered
    assert given.is_settled


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("how", (Coding("k9", "urn:invented:kettles"),)),
        ("how", ("A little",)),
        ("how", (A_LITTLE, A_LITTLE)),
        ("note", (3,)),
        ("note", ("x" * 5001,)),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_stores_nothing(path: str, values) -> None:
    hand_over = asked(HOW, NOTE)
    with pytest.raises(EntryRefused):
        enter(hand_over, path, *values)
    assert not AnswerGiven.objects.exists()


def test_a_question_that_is_not_asked_is_refused() -> None:
    hand_over = asked(HOW)
    with pytest.raises(AnswerRefused):
        enter(hand_over, "nowhere", "x")
    with pytest.raises(AnswerRefused):
        answer(hand_over, KEY, "how", 1)
    assert not AnswerGiven.objects.exists()


def test_a_question_appears_once_the_answer_that_it_depends_on_is_given() -> None:
    depends = NOTE | {
        "enableWhen": [{"question": "how", "operator": "=", "answerCoding": {
            "system": "urn:invented:kettles", "code": "k1"}}],
    }  # fmt: skip
    hand_over = asked(HOW, depends)
    assert asked_now(hand_over) == ["how"]
    enter(hand_over, "how", A_LITTLE)
    assert asked_now(hand_over) == ["how", "note"]


def test_a_positive_answer_about_harm_raises_its_alert_in_the_words_of_its_review() -> None:
    hand_over = asked(HOW, HARM)
    enter(hand_over, "harm", True)
    story = _story(hand_over)
    assert (story.alert.instrument, story.alert.item) == (KEY, "harm")
    assert story.kind == Alert.Kind.POSITIVE
    assert story.gravest.what == "Yes"
    assert story.gravest.details == {
        "question": "Invented: do you want to hurt yourself?",
        "do": "Sit down with the patient at once.", "do_in_row": "Ask about the kettle",
    }  # fmt: skip


def test_a_later_no_leaves_the_alert_open_with_both_answers() -> None:
    hand_over = asked(HARM)
    enter(hand_over, "harm", True)
    enter(hand_over, "harm", False, at=NOON + timedelta(minutes=1))
    assert [event.what for event in _story(hand_over).answers] == ["Yes", "No"]
    assert _story(hand_over).kind == Alert.Kind.POSITIVE
    assert not _story(hand_over).is_closed


def test_declining_a_question_about_harm_is_an_alert_of_its_own_kind() -> None:
    hand_over = asked(HARM)
    enter(hand_over, "harm")
    assert _story(hand_over).kind == Alert.Kind.DECLINED
    assert _story(hand_over).gravest.what == "chose not to answer"


def test_no_raises_nothing_and_no_other_question_does() -> None:
    hand_over = asked(HOW, HARM, NOTE)
    enter(hand_over, "harm", False)
    enter(hand_over, "how", A_LITTLE)
    enter(hand_over, "note")
    assert not Alert.objects.exists()


def test_stopping_before_a_question_about_harm_says_ask_in_person() -> None:
    hand_over = asked(HOW, HARM)
    enter(hand_over, "how", A_LITTLE)
    hand_overs.stop(hand_over=hand_over, at=NOON)
    found = alerts_about([hand_over.invitation_id])[hand_over.invitation_id]
    kinds = {(story.alert.instrument, story.kind) for story in found}
    assert (KEY, Alert.Kind.NOT_REACHED) in kinds


def test_harm_in_someones_own_words_is_heard_of_and_a_long_text_is_shortened() -> None:
    own = {"linkId": "own", "type": "text", "text": "Invented: do you want to hurt yourself?"}
    hand_over = asked(own, harm=review("own", is_answered=True))
    enter(hand_over, "own", "x" * 4000)
    assert len(_story(hand_over).gravest.what) == 300
    enter(hand_over, "own", "Yes, with a kettle")
    assert [event.what for event in _story(hand_over).answers][1] == "Yes, with a kettle"


def test_when_the_alert_cannot_be_stored_the_answer_is_not_stored_either(monkeypatch) -> None:
    hand_over = asked(HARM)

    def fails(*args, **kwargs):
        raise RuntimeError("no room")

    monkeypatch.setattr(AlertEvent.objects, "create", fails)
    with pytest.raises(RuntimeError):
        enter(hand_over, "harm", True)
    assert not AnswerGiven.objects.exists()
    assert not Alert.objects.exists()


def test_a_group_is_filled_in_again_until_that_is_all() -> None:
    hand_over = asked(CUPS)
    assert asked_now(hand_over) == ["cups[1]/cups~1colour", "cups"]
    enter(hand_over, "cups[1]/cups~1colour", "blue")
    answering.add_another(
        sitting=sitting(hand_over), question=_question(hand_over, "cups"), at=NOON
    )
    assert asked_now(hand_over) == ["cups[1]/cups~1colour", "cups[2]/cups~1colour", "cups"]
    assert not _question(hand_over, "cups").is_settled_by(sitting(hand_over).given[KEY]["cups"])
    answering.say_that_is_all(
        sitting=sitting(hand_over), question=_question(hand_over, "cups"), at=NOON
    )
    assert _question(hand_over, "cups").is_settled_by(sitting(hand_over).given[KEY]["cups"])


def test_taking_the_last_time_away_forgets_its_answers_but_never_its_alert() -> None:
    harm = {"linkId": "cup-harm", "type": "boolean", "text": "Invented: hurt yourself with it?"}
    cups = CUPS | {"item": [*CUPS["item"], harm]}
    hand_over = asked(cups, harm=review("cup-harm"))
    answering.add_another(
        sitting=sitting(hand_over), question=_question(hand_over, "cups"), at=NOON
    )
    enter(hand_over, "cups[2]/cup-harm", True)
    answering.remove_last(
        sitting=sitting(hand_over), question=_question(hand_over, "cups"), at=NOON
    )
    assert asked_now(hand_over)[-1] == "cups"
    assert "cups[2]/cup-harm" not in asked_now(hand_over)
    answering.add_another(
        sitting=sitting(hand_over), question=_question(hand_over, "cups"), at=NOON
    )
    assert not sitting(hand_over).given[KEY]["cups[2]/cup-harm"].is_settled
    assert _story(hand_over).kind == Alert.Kind.POSITIVE


def test_the_only_time_of_a_group_cannot_be_taken_away() -> None:
    hand_over = asked(CUPS)
    with pytest.raises(AnswerRefused, match="Nothing can be taken away"):
        answering.remove_last(
            sitting=sitting(hand_over), question=_question(hand_over, "cups"), at=NOON
        )


def test_a_form_that_nobody_has_looked_at_for_harm_is_left_out() -> None:
    service = kettle_clinic(HOW)
    library.load_file(
        kind="form", text=json.dumps(questionnaire(HOW, HARM, version="2")), at=NOON,
        is_shipped=False, by="librarian",
    )  # fmt: skip
    older = a_hand_over(an_appointment(service)).invitation
    assert older.instruments[KEY] == ContentVersion.objects.get(kind="form", version="1").pk


def test_a_form_is_not_asked_in_a_language_that_it_is_not_wholly_in() -> None:
    no_harm = [{"item": "how", "asks_about_harm": False}]
    service = kettle_clinic(HOW, harm=no_harm, language="cy", title="Dyddiadur tegell")
    invitation = a_hand_over(an_appointment(service)).invitation
    assert KEY not in invitation.instruments
    assert [
        KEY,
        "There is no official English version of Dyddiadur tegell here. Offer an interpreter.",
    ] in [list(one) for one in invitation.context["left_out"]]
