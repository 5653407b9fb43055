"""Sending: everything that follows from one sitting, stored together or not at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from imparts.audit import actions as audit
from imparts.informatics.questionnaires.actions.alerting import alert_if_not_reached
from imparts.informatics.questionnaires.actions.filled_in import FilledIn, answer_row, fill_in
from imparts.informatics.questionnaires.actions.owed_documents import documents_of
from imparts.informatics.questionnaires.actions.owed_to_record import (
    Owed,
    messages_of,
    owed_about,
    result_facts,
)
from imparts.informatics.questionnaires.actions.taken_up import held_sitting
from imparts.informatics.questionnaires.actions.told_alerts import alerts_told
from imparts.informatics.questionnaires.models import Answer, HandOver, Invitation, Response
from imparts.informatics.questionnaires.queries.past_scores import history_before
from imparts.informatics.questionnaires.queries.sittings import (
    GivenAnswers,
    forms_of,
    given_in,
    instruments_of,
    questions_of,
    watched_in,
)
from imparts.informatics.results import actions as results
from imparts.informatics.results.models import ResponseScore
from imparts.live import actions as live
from imparts.outbox import actions as outbox
from imparts.pathways import actions as pathways
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import Given, Question
from imparts.rules.pathways.context import VisitContext
from imparts.rules.record.result_facts import ResultFacts
from imparts.rules.scoring.score import Score, score


@dataclass(frozen=True, slots=True)
class Scored:
    """One instrument of a sitting: its response, its final answers and what they come to."""

    response: Response
    given: Mapping[str, Given]
    items: tuple[str, ...]
    instrument: Instrument
    score: Score

    def answers(self) -> Iterator[Answer]:
        """A row for each item that was asked."""
        for item in self.items:
            yield answer_row(self.response, item, self.given.get(item))

    def score_row(self, *, at: datetime) -> ResponseScore:
        """What the answers come to."""
        response = self.response
        return results.new_score(
            response=response.pk, sitting=response.invitation_id, patient_id=response.patient_id,
            service_id=response.service_id, content_id=response.content_id, score=self.score, at=at,
        )  # fmt: skip

    def facts(self, to: Owed) -> ResultFacts:
        """What the record is told."""
        return result_facts(
            to, response=self.response, score=self.score, instrument=self.instrument,
            items=self.items, given=self.given,
        )  # fmt: skip


def submit(*, hand_over: HandOver, submission_id: UUID, at: datetime) -> bool:
    """Send the answers of a sitting; True the first time, False when they had been sent already.

    In one transaction: responses, scores, alerts for what was not reached, the pathway's
    recommendation, the messages owed to the record and the audit entry. A double click, a second
    tab or a resend finds the sitting sent and changes nothing: the invitation's row is locked, and
    its submission id is unique in the database.
    """
    with transaction.atomic():
        invitation = held_sitting(hand_over.invitation_id)
        hand_over.invitation = invitation
        if invitation.submitted_at:
            return False
        settle(invitation, submission_id=submission_id, at=at)
    return True


def settle(
    invitation: Invitation,
    *,
    submission_id: UUID,
    at: datetime,
    answered_at: datetime | None = None,
    by: str = "patient",
) -> None:
    """What follows from the answers of a sitting, whichever way they came, in the caller's lock.

    `answered_at` is when they were given, where that is another moment than now: results are of
    then; alerts, steps and messages are of now.
    """
    given = given_in(invitation)
    questions = questions_of(invitation, given)
    scored = _score_everything(invitation, questions, given, at=answered_at or at)
    _store(scored, at=answered_at or at)
    alert_if_not_reached(invitation=invitation, questions=questions, given=given, by=by, at=at)
    _follow(invitation, scored, at=at)
    _owe_to_record(invitation, scored, at=at)
    _close(invitation, submission_id=submission_id, by=by, at=at)


def _score_everything(
    invitation: Invitation, questions: tuple[Question, ...], given: GivenAnswers, *, at: datetime
) -> list[Scored | FilledIn]:
    instruments, forms = instruments_of(invitation), forms_of(invitation)
    watched = watched_in(invitation, instruments)
    scored: list[Scored | FilledIn] = []
    for place, (key, asked) in enumerate(_by_instrument(questions), start=1):
        answers = given.get(key, {})
        response = Response(
            id=uuid4(), invitation=invitation, patient_id=invitation.patient_id,
            service_id=invitation.service_id, instrument=key,
            content_id=invitation.instruments[key], completed_at=at, place=place,
        )  # fmt: skip
        if key in forms:
            scored.append(fill_in(forms[key], response, asked, answers, watched))
            continue
        values = {item: answer.value for item, answer in answers.items()}
        items = tuple(question.item.id for question in asked)
        scored.append(
            Scored(response, answers, items, instruments[key], score(instruments[key], values, {}))
        )
    return scored


def _scores(scored: list[Scored | FilledIn]) -> dict[str, Score]:
    """What the pathways look at: our own instruments, whose scores have been checked."""
    return {each.score.instrument: each.score for each in scored if isinstance(each, Scored)}


def _follow(invitation: Invitation, scored: list[Scored | FilledIn], *, at: datetime) -> None:
    """Whether somebody is pregnant is not asked anywhere yet, so it is not known."""
    pathways.follow(
        patient_id=invitation.patient_id, service_id=invitation.service_id, about=invitation.pk,
        scores=_scores(scored), at=at,
        context=VisitContext(age=invitation.context.get("age"), service=invitation.service.code),
        history_of=lambda instruments: history_before(
            invitation.patient_id, invitation.service_id, instruments, at=at
        ),
    )  # fmt: skip


def _by_instrument(questions: tuple[Question, ...]) -> list[tuple[str, list[Question]]]:
    grouped: dict[str, list[Question]] = {}
    for question in questions:
        grouped.setdefault(question.instrument, []).append(question)
    return list(grouped.items())


def _store(scored: list[Scored | FilledIn], *, at: datetime) -> None:
    Response.objects.bulk_create([each.response for each in scored])
    Answer.objects.bulk_create([answer for each in scored for answer in each.answers()])
    results.store_scores(each.score_row(at=at) for each in scored)


def _owe_to_record(
    invitation: Invitation, scored: list[Scored | FilledIn], *, at: datetime
) -> None:
    to = owed_about(invitation, at=at)
    if to is None:
        return
    if any(each.way == "fhir" for each in to.destinations):
        to = replace(to, alerts=alerts_told(invitation.pk))
    facts = [each.facts(to) for each in scored]
    outbox.post_all([*messages_of(to, facts), *documents_of(to, facts)])


def _close(invitation: Invitation, *, submission_id: UUID, by: str, at: datetime) -> None:
    invitation.submission_id, invitation.submitted_at = submission_id, at
    invitation.save(update_fields=["submission_id", "submitted_at"])
    HandOver.objects.filter(invitation=invitation, ended_at__isnull=True).update(
        ended_at=at, ended_because=HandOver.Ended.SENT
    )
    audit.record(
        who=by, did="sent answers", patient=invitation.patient_id,
        about=f"invitation {invitation.pk}", at=at,
    )  # fmt: skip
    live.tell(service=invitation.service_id, what="result")
