"""Correcting: the same answers scored again, by a version of their instrument that was put right.

The first score stays; a row after it counts. The record is told by a correction, which follows the
original in order, and by a document in the place of the first. What was suggested and what was
alerted stays as it was: people have acted on it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from imparts.audit import actions as audit
from imparts.informatics.questionnaires.actions.owed_documents import in_place_of, last_document
from imparts.informatics.questionnaires.actions.owed_to_record import (
    Owed,
    messages_of,
    owed_about,
    result_facts,
)
from imparts.informatics.questionnaires.actions.taken_up import held_sitting
from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.informatics.questionnaires.queries.sittings import given_from
from imparts.informatics.results import actions as results
from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.live import actions as live
from imparts.outbox import actions as outbox
from imparts.outbox.destination import DOCUMENT
from imparts.outbox.models import Message
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import Given
from imparts.rules.record.in_words import section_of
from imparts.rules.record.result_facts import ResultFacts
from imparts.rules.scoring.score import Score, score


class NotCorrected(Exception):
    """Why this score cannot be corrected so, in a sentence that says what to do."""


def correct_response(
    *, response_id: UUID, content_id: int, why: str, by: str, at: datetime
) -> ResponseScore:
    """Score a response again by another version of its instrument, and tell the record."""
    if not why.strip():
        raise NotCorrected("Say what was wrong with the score, for example: item 7 was reversed.")
    with transaction.atomic():
        response, invitation = _held(response_id)
        instrument = _instrument(response, content_id)
        given = _given(response)
        by_now = score(
            instrument, {k: one.value for k, one in given.items() if one.value is not None}, {}
        )
        before = _standing(response, by_now)
        made = results.correct_score(score=before, content_id=content_id, by_now=by_now, at=at)
        _owe(invitation, response, instrument, by_now, given, at=at)
        audit.record(
            who=by, did="corrected score", patient=response.patient_id,
            about=f"response {response.pk}", why=why.strip()[:200], at=at,
        )  # fmt: skip
        live.tell(service=response.service_id, what="result")
    return made


def _held(response_id: UUID) -> tuple[Response, Invitation]:
    response = Response.objects.get(pk=response_id)
    invitation = held_sitting(response.invitation_id)
    if invitation.withdrawn_at is not None:
        raise NotCorrected("These answers were another person's and count nowhere any more.")
    return response, invitation


def _instrument(response: Response, content_id: int) -> Instrument:
    if library.is_form(response.content_id) or library.is_form(content_id):
        raise NotCorrected("A form that somebody else wrote is not scored again by us.")
    instrument = library.instrument_of(content_id)
    if instrument.id != response.instrument:
        raise NotCorrected(f"That is a version of {instrument.id}, not of {response.instrument}.")
    return instrument


def _given(response: Response) -> dict[str, Given]:
    return {
        row.item: given_from(row.value, row.declined, row.entered)
        for row in response.answers.order_by("pk")
    }


def _standing(response: Response, by_now: Score) -> ResponseScore:
    before = ResponseScore.objects.get(response=response.pk, corrected_by__isnull=True)
    same = (before.status, before.score, before.band) == (
        by_now.status, by_now.score, by_now.band or "",
    )  # fmt: skip
    if same and before.profile == (by_now.profile or "") and not by_now.subscales:
        raise NotCorrected("The score comes out the same by that version. Nothing was changed.")
    return before


def _owe(
    invitation: Invitation, response: Response, instrument: Instrument, by_now: Score,
    given: dict[str, Given], *, at: datetime,
) -> None:  # fmt: skip
    to = owed_about(invitation, at=at)
    if to is None:
        return
    facts = replace(
        result_facts(
            to, response=response, score=by_now, instrument=instrument, items=list(given),
            given=given,
        ),
        is_correction=True,
        notes=("Corrected: scored again by a version of the questionnaire that was put right.",),
    )  # fmt: skip
    outbox.post_all([*messages_of(to, [facts]), *_documents(to, facts)])


def _documents(to: Owed, facts: ResultFacts) -> list[Message]:
    """To each destination that has the visit's summary: one in its place."""
    section = section_of(facts)
    made = []
    for destination, last in last_document(to.invitation.pk).items():
        sections = tuple(
            section if one.heading == section.heading else one for one in last.sections
        )
        facts_by_now = in_place_of(last, sections=sections).to_json()
        made.append(
            outbox.new_message(
                destination=destination, kind=DOCUMENT, patient=to.patient.pk,
                about=to.invitation.pk, facts=facts_by_now, at=to.at, sitting=to.invitation.pk,
            )
        )  # fmt: skip
    return made
