"""Raising the alerts of a sitting: for an answer as it is stored, and for what was not reached.

Staff read what is written here, so it is in English, or in the words of the form's author.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from imparts.design.dates import day
from imparts.informatics.questionnaires.models import Invitation
from imparts.informatics.questionnaires.queries.sittings import (
    GivenAnswers,
    instruments_of,
    watched_in,
)
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.rules.forms.answer_words import answers_in_words
from imparts.rules.packs.alerting import POSITIVE, Watched
from imparts.rules.packs.asking import Given, Question

LONGEST_WORDS = 300
CHOSE_NOT_TO = "chose not to answer"
NOT_REACHED = "stopped before this question"


def alert_for_answer(
    *, invitation: Invitation, question: Question, given: Given, at: datetime, also: str = ""
) -> None:
    """Raise what an answer calls for, or add it to the alert that is there already.

    `also` is said after the answer: on which day it was given, where it came later.
    """
    watched = _watched(invitation)
    if not watched.watches(question):
        return
    kind = watched.kind(question, given)
    words = _in_words(invitation, question, given) + also
    if not kind:
        pathways.note_answer(
            about=invitation.pk, instrument=question.instrument, item=question.item.id,
            value=given.value, words=words, by="patient", at=at,
        )  # fmt: skip
        return
    _raise(invitation, watched, question, kind=kind, given=given, words=words,
           by="patient", at=at)  # fmt: skip


def alert_if_not_reached(
    *,
    invitation: Invitation,
    questions: Iterable[Question],
    given: GivenAnswers,
    by: str,
    at: datetime,
) -> None:
    """Raise "ask in person" for every item with an alert that the patient did not come to."""
    watched = _watched(invitation)
    for question in questions:
        found = given.get(question.instrument, {}).get(question.item.id)
        if (found is None or not found.is_settled) and watched.watches(question):
            _raise(invitation, watched, question, kind=Alert.Kind.NOT_REACHED, given=None,
                   words=NOT_REACHED, by=by, at=at)  # fmt: skip


def _watched(invitation: Invitation) -> Watched:
    return watched_in(invitation, instruments_of(invitation))


def _in_words(invitation: Invitation, question: Question, given: Given) -> str:
    if given.declined:
        return CHOSE_NOT_TO
    if question.screen is not None:
        return _shortened(answers_in_words(question.screen.item, given.entered or (), "en"))
    if given.value is None:
        return "in words"
    item = instruments_of(invitation)[question.instrument].by_id[question.item.id]
    return item.label(given.value).lower()


def _raise(
    invitation: Invitation,
    watched: Watched,
    question: Question,
    *,
    kind: str,
    given: Given | None,
    words: str,
    by: str,
    at: datetime,
) -> None:
    pathways.raise_alert(
        patient_id=invitation.patient_id, service_id=invitation.service_id, about=invitation.pk,
        appointment=invitation.appointment_id, instrument=question.instrument,
        item=question.item.id, kind=kind, value=given.value if given else None, words=words, by=by,
        at=at, tier=watched.tier(question, given),
        details={**_details(watched, question, kind), **from_where(invitation, at=at)},
    )  # fmt: skip


def on_which_day(answered_at: datetime, *, at: datetime) -> str:
    """An alert about an answer of another day says so: it is raised when the answer comes."""
    given_on = timezone.localdate(answered_at)
    return "" if given_on == timezone.localdate(at) else f" (answered on {day(given_on)})"


def from_where(invitation: Invitation, *, at: datetime) -> Mapping[str, bool]:
    """Whoever answers on another day than that of the visit is not in the clinic."""
    booked = invitation.appointment
    if booked is not None and timezone.localdate(at) == booked.session.held_on:
        return {}
    return {"at_home": True}


def _details(watched: Watched, question: Question, kind: str) -> Mapping[str, str]:
    """What the alert of a form says: its question, and what the review tells staff to do."""
    rule = watched.rule_of(question)
    if rule is None or question.screen is None:
        return {}
    asked = question.screen.item
    words = {"question": _shortened(asked.words("en") or asked.link_id)}
    if kind == POSITIVE:
        words |= {"do": rule.words, "do_in_row": rule.short_words}
    return words


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
