"""Storing each answer when it is given, and raising its alert in the same transaction."""

from datetime import datetime

from django.db import transaction

from imparts.informatics.questionnaires.models import AnswerGiven, HandOver, Invitation
from imparts.informatics.questionnaires.queries.sittings import (
    GivenAnswers,
    Sitting,
    given_in,
    questions_of,
)
from imparts.library import queries as library
from imparts.pathways import actions as pathways
from imparts.pathways.models import Alert
from imparts.rules.instruments.answers import AnswerRefused, check_answer
from imparts.rules.instruments.definition import Flag, Instrument, Item


class AlreadySent(Exception):
    """The answers of this sitting have been sent, in another tab or by another tap."""


def save_answer(
    *,
    sitting: Sitting,
    instrument_id: str,
    item_id: str,
    value: int | None,
    at: datetime,
) -> None:
    """Store one answer (None = "I would rather not answer") and whatever must follow at once.

    Raises AnswerRefused for an instrument or item that this person is not asked, or an answer that
    the item does not have; AlreadySent when the sitting is over. The answer and its alert are one
    transaction (hazard H1).
    """
    item = _item_asked(sitting, instrument_id, item_id)
    check_answer(sitting.instruments[instrument_id], item_id, value)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update(no_key=True).get(pk=sitting.invitation.pk)
        if invitation.submitted_at:
            raise AlreadySent
        AnswerGiven.objects.create(
            invitation=invitation, instrument=instrument_id, item=item_id, value=value,
            declined=value is None, at=at,
        )  # fmt: skip
        HandOver.objects.filter(pk=sitting.hand_over.pk).update(last_used_at=at)
        # Staff read the alert, so it is in English whatever the patient's language is.
        asked = library.instrument_of(invitation.instruments[instrument_id])
        _alert(invitation, asked, asked.by_id[item.id], value=value, at=at)


def _item_asked(sitting: Sitting, instrument_id: str, item_id: str) -> Item:
    for question in sitting.questions:
        if question.instrument == instrument_id and question.item.id == item_id:
            return question.item
    raise AnswerRefused("This question is not one that is asked today.")


def _alert(
    invitation: Invitation, instrument: Instrument, item: Item, *, value: int | None, at: datetime
) -> None:
    flags = {flag.code: flag for flag in instrument.flags}
    rules = [flags[rule.flag] for rule in instrument.alerts if flags[rule.flag].item == item.id]
    if not rules:
        return
    words = item.label(value).lower() if value is not None else "chose not to answer"
    kind = next((k for flag in rules if (k := _kind(flag, value))), None)
    if kind is None:
        pathways.note_answer(
            about=invitation.pk, instrument=instrument.id, item=item.id, value=value, words=words,
            by="patient", at=at,
        )  # fmt: skip
        return
    _raise(
        invitation, instrument, item.id, kind=kind, value=value, words=words, by="patient", at=at
    )


def _kind(flag: Flag, value: int | None) -> str | None:
    if flag.type == "item_gte" and value is not None and value >= (flag.value or 0):
        return Alert.Kind.POSITIVE
    if flag.type == "item_missing" and value is None:
        return Alert.Kind.DECLINED
    return None


def alert_if_not_reached(
    *, invitation: Invitation, by: str, at: datetime, given: GivenAnswers | None = None
) -> None:
    """Raise "ask in person" for every item with an alert that the patient did not come to."""
    given = given_in(invitation) if given is None else given
    for question in questions_of(invitation, given):
        key, item = question.instrument, question.item.id
        if item in given.get(key, {}):
            continue
        instrument = library.instrument_of(invitation.instruments[key], invitation.language)
        if item in _items_with_alerts(instrument):
            _raise(
                invitation, instrument, item, kind=Alert.Kind.NOT_REACHED, value=None,
                words="stopped before this question", by=by, at=at,
            )  # fmt: skip


def _items_with_alerts(instrument: Instrument) -> set[str | None]:
    flags = {flag.code: flag for flag in instrument.flags}
    return {flags[rule.flag].item for rule in instrument.alerts}


def _raise(
    invitation: Invitation,
    instrument: Instrument,
    item_id: str,
    *,
    kind: str,
    value: int | None,
    words: str,
    by: str,
    at: datetime,
) -> None:
    pathways.raise_alert(
        patient_id=invitation.patient_id, service_id=invitation.service_id, about=invitation.pk,
        appointment=invitation.appointment_id, instrument=instrument.id, item=item_id, kind=kind,
        value=value, words=words, by=by, at=at,
    )  # fmt: skip


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
