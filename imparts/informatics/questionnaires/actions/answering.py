"""Storing each answer when it is given, and raising its alert in the same transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from imparts.informatics.questionnaires.actions.alerting import alert_for_answer
from imparts.informatics.questionnaires.actions.answer_rows import keep_answer
from imparts.informatics.questionnaires.models import HandOver, Invitation
from imparts.informatics.questionnaires.queries.sittings import Sitting
from imparts.pathways import actions as pathways
from imparts.rules.forms.entries import check_entry
from imparts.rules.forms.values import Value
from imparts.rules.instruments.answers import AnswerRefused, check_answer
from imparts.rules.packs.asking import Given, Question


class AlreadySent(Exception):
    """The answers of this sitting have been sent, in another tab or by another tap."""


def save_answer(
    *,
    sitting: Sitting,
    instrument_id: str,
    item_id: str,
    value: int | None,
    at: datetime,
    entered: tuple[Value, ...] | None = None,
) -> None:
    """Store one answer and whatever must follow at once.

    `value` is the option chosen; `entered` what was written, or any answer to a form. Neither is "I
    would rather not answer". Raises AnswerRefused for an instrument or item that this person is not
    asked, or an answer that the item does not have; AlreadySent when the sitting is over. The
    answer and its alert are one transaction (hazard H1).
    """
    question = _question_asked(sitting, instrument_id, item_id)
    given = Given(value, value is None and not entered, entered or None)
    _check(sitting, question, given)
    _store(sitting, [(question, given)], at=at)


def add_another(*, sitting: Sitting, question: Question, at: datetime) -> None:
    """One more time of a group that a form lets be filled in again."""
    _times(sitting, question, lambda times: times + 1, at=at, is_all=False)


def remove_last(*, sitting: Sitting, question: Question, at: datetime) -> None:
    """Take the last time of a group away with its answers; an alert that one raised stays."""
    screen = question.screen
    if screen is None or not screen.may_remove:
        raise AnswerRefused("Nothing can be taken away here.")
    start = f"{screen.path}[{screen.times}]/"
    under = sitting.given.get(question.instrument, {})
    taken = [
        (one, Given(None, entered=()))
        for one in sitting.questions
        if one.instrument == question.instrument
        and one.item.id.startswith(start)
        and one.item.id in under
    ]
    _times(sitting, question, lambda times: times - 1, at=at, is_all=False, also=taken)


def say_that_is_all(*, sitting: Sitting, question: Question, at: datetime) -> None:
    """A group has been filled in as often as it applies."""
    _times(sitting, question, lambda times: times, at=at, is_all=True)


def _times(
    sitting: Sitting,
    question: Question,
    change: Callable[[int], int],
    *,
    at: datetime,
    is_all: bool,
    also: Iterable[tuple[Question, Given]] = (),
) -> None:
    screen = _question_asked(sitting, *question.key).screen
    if screen is None or not screen.asks_for_another:
        raise AnswerRefused("This question is not one that is asked today.")
    times = change(screen.times)
    if times > screen.times and not screen.may_add:
        raise AnswerRefused("No more can be added here.")
    said: tuple[Value, ...] = (times, True) if is_all else (times,)
    _store(sitting, [*also, (question, Given(None, entered=said))], at=at)


def _question_asked(sitting: Sitting, instrument_id: str, item_id: str) -> Question:
    for question in sitting.questions:
        if question.key == (instrument_id, item_id):
            return question
    raise AnswerRefused("This question is not one that is asked today.")


def _check(sitting: Sitting, question: Question, given: Given) -> None:
    if question.screen is not None:
        if given.value is not None or question.asks_for_another:
            raise AnswerRefused("This question does not take such an answer.")
        check_entry(question.screen.item, given.entered or ())
        return
    written = given.entered[0] if given.entered else None
    value = given.value if written is None else written
    check_answer(sitting.instruments[question.instrument], question.item.id, value)


def _store(sitting: Sitting, answers: Iterable[tuple[Question, Given]], *, at: datetime) -> None:
    with transaction.atomic():
        invitation = (
            Invitation.objects.select_for_update(no_key=True, of=("self",))
            .select_related("patient")
            .get(pk=sitting.invitation.pk)
        )
        if invitation.submitted_at:
            raise AlreadySent
        for question, given in answers:
            keep_answer(
                invitation, instrument=question.instrument, item=question.item.id, given=given,
                at=at,
            )  # fmt: skip
            if given.is_settled:
                alert_for_answer(invitation=invitation, question=question, given=given, at=at)
        HandOver.objects.filter(pk=sitting.hand_over.pk).update(last_used_at=at)


def show_calm_page(*, sitting: Sitting, words: str, at: datetime) -> None:
    """The patient has been shown the calm page; the alert keeps what they were told."""
    if sitting.invitation.calm_page_at:
        return
    Invitation.objects.filter(pk=sitting.invitation.pk).update(calm_page_at=at)
    pathways.record_told(about=sitting.invitation.pk, words=words, at=at)


def ask_to_talk(*, sitting: Sitting, at: datetime) -> None:
    """The patient would like to talk to someone now."""
    Invitation.objects.filter(pk=sitting.invitation.pk, wants_to_talk_at__isnull=True).update(
        wants_to_talk_at=at
    )
    HandOver.objects.filter(pk=sitting.hand_over.pk).update(asked_for_help_at=at, last_used_at=at)
    pathways.record_wish_to_talk(about=sitting.invitation.pk, at=at)
