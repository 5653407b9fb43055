"""Withdrawing: answers that were filed to the wrong person, and filing them to the right one.

A tablet can end up in another patient's hands in spite of everything (hazard H2). Nothing is
deleted or changed: the sitting stays as it was, says that it was withdrawn, and counts nowhere. The
record is told that what it has is wrong. Its alerts stay open until a person closes them.

Filing again is a sitting of the right person with the same answers, from which everything follows
as from any other (sending.settle): scores, alerts, what is suggested, what the record is owed. The
alerts are raised first, each with the gravest answer that was given, so that none is lost if a
later answer took it back. The reason that somebody typed stays here: it may name the other person.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from imparts.audit import actions as audit
from imparts.design.dates import age_on
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions.alerting import from_where, on_which_day
from imparts.informatics.questionnaires.actions.owed_documents import last_document, withdrawn
from imparts.informatics.questionnaires.actions.sending import settle
from imparts.informatics.questionnaires.actions.taken_up import (
    held_sitting,
    sitting_to_settle,
)
from imparts.informatics.questionnaires.models import (
    AnswerGiven,
    Invitation,
    Refiling,
    WithdrawnSitting,
)
from imparts.informatics.results import actions as results
from imparts.live import actions as live
from imparts.outbox import actions as outbox
from imparts.outbox.destination import CORRECTION, DOCUMENT, RESULT, WITHDRAWAL
from imparts.outbox.models import Message
from imparts.pathways import actions as pathways
from imparts.pathways.queries import entry_about
from imparts.people.models import Patient
from imparts.rules.record.result_facts import ResultFacts

LONGEST_REASON = 300
STEPPED_OUT = "The answers were another person's"
GIVEN_UP = "Filed to the wrong person: never to be sent."
TWICE = "These answers have been withdrawn already. Nothing was changed."
FILED_TWICE = "These answers have been filed again already. Nothing was changed."


class NotWithdrawn(Exception):
    """It cannot be done as it was asked for, in a sentence that says what to do."""


class AlreadyDone(Exception):
    """Somebody, or another tap, has done it already; nothing was changed."""


def withdraw_response(
    *, sitting: UUID, why: str, by: str, at: datetime, belongs_to: Appointment | None = None
) -> WithdrawnSitting:
    """Withdraw all answers of a sitting; file them under `belongs_to` where that is known.

    All or nothing, and once: AlreadyDone the second time.
    """
    reason = why.strip()
    if not reason:
        raise NotWithdrawn("Say how it came about, for example: the tablet was handed to another.")
    if len(reason) > LONGEST_REASON:
        raise NotWithdrawn(f"The reason is longer than {LONGEST_REASON} letters. Shorten it.")
    with transaction.atomic():
        invitation = held_sitting(sitting)
        if invitation.withdrawn_at is not None:
            raise AlreadyDone(TWICE)
        if invitation.submitted_at is None:
            raise NotWithdrawn("These answers have not been sent yet. Take the tablet back first.")
        if belongs_to is not None:
            _refuse_same_person(invitation, belongs_to)
        made = WithdrawnSitting.objects.create(invitation=invitation, why=reason, by=by, at=at)
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        results.withdraw_scores(sitting=invitation.pk)
        _step_out(invitation, by=by, at=at)
        _withdraw_from_record(invitation, by=by, at=at)
        pathways.note_wrong_person(about=invitation.pk, by=by, at=at)
        audit.record(
            who=by, did="withdrew answers of another person", patient=invitation.patient_id,
            about=f"invitation {invitation.pk}", why=reason, at=at,
        )  # fmt: skip
        if belongs_to is not None:
            refile_response(withdrawal=made, belongs_to=belongs_to, by=by, at=at)
        live.tell(service=invitation.service_id, what="result")
    return made


def refile_response(
    *, withdrawal: WithdrawnSitting, belongs_to: Appointment, by: str, at: datetime
) -> Invitation:
    """File withdrawn answers under the person who gave them, with all that follows; once."""
    with transaction.atomic():
        before = held_sitting(withdrawal.invitation_id)
        if Refiling.objects.filter(withdrawal=withdrawal).exists():
            raise AlreadyDone(FILED_TWICE)
        _refuse_same_person(before, belongs_to)
        invitation = _sitting_for(before, belongs_to, by=by)
        Refiling.objects.create(withdrawal=withdrawal, invitation=invitation, by=by, at=at)
        AnswerGiven.objects.bulk_create(_copied(before, invitation))
        pathways.raise_for_right_person(
            from_sitting=before.pk, about=invitation.pk, patient_id=invitation.patient_id,
            service_id=invitation.service_id, appointment=invitation.appointment_id,
            said=on_which_day(before.submitted_at, at=at),
            details=from_where(invitation, at=at), by=by, at=at,
        )  # fmt: skip
        settle(invitation, submission_id=uuid4(), at=at, answered_at=before.submitted_at, by=by)
        audit.record(
            who=by, did="filed answers again", patient=invitation.patient_id,
            about=f"invitation {invitation.pk}", why="filed to another person first", at=at,
        )  # fmt: skip
    return invitation


def _refuse_same_person(invitation: Invitation, belongs_to: Appointment) -> None:
    if belongs_to.session.service_id != invitation.service_id:
        raise NotWithdrawn("Choose somebody of the same clinic.")
    if _surviving(belongs_to.patient) == _surviving(invitation.patient):
        raise NotWithdrawn("This is the patient under whom the answers stand. Choose another.")


def _surviving(patient: Patient) -> UUID:
    return patient.merged_into_id or patient.pk


def _sitting_for(before: Invitation, belongs_to: Appointment, *, by: str) -> Invitation:
    """A sitting of the right person: their own visit's, unless they have answered there too."""
    taken = Invitation.objects.filter(appointment=belongs_to, withdrawn_at=None).exists()
    on = timezone.localdate(before.submitted_at)
    age = age_on(belongs_to.patient.born_on, on)
    made = Invitation.objects.create(
        patient=belongs_to.patient, service=before.service,
        appointment=None if taken else belongs_to, pack_id=before.pack_id,
        texts_id=before.texts_id, instruments=before.instruments,
        context={**before.context, "age": age}, created_at=before.created_at, created_by=by,
        language=before.language, mode=before.mode, who_helped=before.who_helped,
        calm_page_at=before.calm_page_at, wants_to_talk_at=before.wants_to_talk_at,
        started_at=before.started_at,
    )  # fmt: skip
    filed = sitting_to_settle(made)
    # Alerts and messages name the visit also where answers of their own stand in its place: whoever
    # is called must know that the person is in the clinic today (hazard H1).
    filed.appointment = belongs_to
    return filed


def _copied(before: Invitation, to: Invitation) -> list[AnswerGiven]:
    return [
        AnswerGiven(
            invitation=to, instrument=row.instrument, item=row.item, value=row.value,
            declined=row.declined, entered=row.entered, at=row.at,
        )
        for row in AnswerGiven.objects.filter(invitation=before).order_by("id")
    ]  # fmt: skip


def _step_out(invitation: Invitation, *, by: str, at: datetime) -> None:
    entry = entry_about(invitation.pk)
    if entry is not None:
        pathways.step_out(entry=entry, why=STEPPED_OUT, by=by, at=at)


def _withdraw_from_record(invitation: Invitation, *, by: str, at: datetime) -> None:
    """Whoever was told, or may yet be, is told that it was wrong; what was refused is given up."""
    owed: list[Message] = []
    for told in _told(invitation):
        for message in told:
            if message.state == Message.State.REFUSED:
                outbox.give_up_by_person(message.pk, by=by, why=GIVEN_UP, at=at)
        if any(one.state in (Message.State.SENT, Message.State.WAITING) for one in told):
            owed.append(_withdrawal_of(told[-1], invitation, at=at))
    outbox.post_all(owed)


def _told(invitation: Invitation) -> list[list[Message]]:
    """What each destination was owed about each response, and of documents, in order."""
    abouts = [*invitation.responses.values_list("pk", flat=True), invitation.pk]
    rows = Message.objects.filter(about__in=abouts, kind__in=(RESULT, CORRECTION, DOCUMENT))
    found: dict[tuple[str, UUID], list[Message]] = {}
    for row in rows.order_by("id"):
        found.setdefault((row.destination, row.about), []).append(row)
    return list(found.values())


def _withdrawal_of(told: Message, invitation: Invitation, *, at: datetime) -> Message:
    if told.kind == DOCUMENT:
        facts = withdrawn(last_document(invitation.pk)[told.destination]).to_json()
    else:
        last = ResultFacts.from_json(told.facts)
        facts = replace(last, is_correction=False, is_withdrawn=True).to_json()
    return outbox.new_message(
        destination=told.destination, kind=DOCUMENT if told.kind == DOCUMENT else WITHDRAWAL,
        patient=told.patient, about=told.about, facts=facts, at=at, sitting=invitation.pk,
    )  # fmt: skip
