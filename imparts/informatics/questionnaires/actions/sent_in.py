"""Answers that another system sends in: stored, alerted and followed as those from a tablet.

Everything that follows from them is done by the same functions as for a tablet, in one transaction.
What differs: the sitting says that it was sent in and by whom, and nobody had to cover first. An
answer that exists is never refused because nobody answers for alerts that day: then nobody would
hear of it at all. It is stored and alerted, and the pages say that nobody has accepted (hazard H1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from imparts.audit import actions as audit
from imparts.design.dates import age_on
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions.alerting import alert_for_answer, on_which_day
from imparts.informatics.questionnaires.actions.answer_rows import keep_answer
from imparts.informatics.questionnaires.actions.sending import settle
from imparts.informatics.questionnaires.actions.taken_up import sitting_to_settle
from imparts.informatics.questionnaires.models import Invitation, SentIn
from imparts.informatics.questionnaires.queries.sittings import ENGLISH, SENT_IN, questions_of
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.people.models import Patient
from imparts.rules.instruments.who import reason_not_to_ask
from imparts.rules.packs.asking import Given, Question


class CannotTakeIn(Exception):
    """Answers that cannot be stored here; the message says why, and how to mend it."""


class OtherAnswers(Exception):
    """The same number of the same client came with other answers."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Which system sent the answers, under which number of its own, and a mark of what it sent."""

    client: str
    name: str
    system: str
    number: str
    digest: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The answers to one questionnaire, already checked against it."""

    patient: Patient
    service: Service
    appointment: Appointment | None
    key: str
    content_id: int
    given: Mapping[str, Given]
    answered_at: datetime
    who_helped: str = ""
    by_proxy: bool = False
    """Somebody else said what the person feels or does; not every questionnaire allows that."""
    language: str = ENGLISH


def take_in(sent: Sent, *, sender: Sender, at: datetime) -> tuple[UUID, bool]:
    """Store the answers and all that follows; the response's id, and whether it is new.

    The same again is answered as before and changes nothing, also when both come at once.
    """
    try:
        with transaction.atomic():
            before = _before(sender)
            return (before, False) if before else (_store(sent, sender, at=at), True)
    except IntegrityError:
        before = _before(sender)  # another call has just stored them
        if before is None:
            raise
        return before, False


def _before(sender: Sender) -> UUID | None:
    row = (
        SentIn.objects.filter(client=sender.client, system=sender.system, number=sender.number)
        .select_related("invitation")
        .first()
    )
    if row is None:
        return None
    if row.digest != sender.digest:
        raise OtherAnswers
    return row.invitation.responses.values_list("pk", flat=True).get()


def _store(sent: Sent, sender: Sender, *, at: datetime) -> UUID:
    invitation = _sitting(sent, sender, at=at)
    SentIn.objects.create(
        invitation=invitation, client=sender.client, client_name=sender.name, system=sender.system,
        number=sender.number, digest=sender.digest, at=at,
    )  # fmt: skip
    _give(invitation, sent, at=at)
    audit.record(
        who=sender.client, did="sent answers in", patient=sent.patient.pk,
        about=f"invitation {invitation.pk}", at=at,
    )  # fmt: skip
    settle(invitation, submission_id=uuid4(), at=at, answered_at=sent.answered_at)
    return invitation.responses.values_list("pk", flat=True).get()


def _sitting(sent: Sent, sender: Sender, *, at: datetime) -> Invitation:
    on = timezone.localdate(sent.answered_at)
    age = age_on(sent.patient.born_on, on)
    if not library.is_form(sent.content_id):
        instrument = library.instrument_of(sent.content_id)
        why = reason_not_to_ask(instrument, age=age, by_proxy=sent.by_proxy)
        if why:
            raise CannotTakeIn(why)
    try:
        pack, _ = library.pack_in_force(sent.service.pk, on=timezone.localdate(at))
    except library.NothingInForce as none:
        raise CannotTakeIn("This service asks nothing yet: it has no questionnaires.") from none
    texts_id, _ = library.patient_texts_for(
        sent.service.organisation.nation, on=timezone.localdate(at)
    )
    made = Invitation.objects.create(
        patient=sent.patient, service=sent.service, appointment=sent.appointment, pack=pack,
        texts_id=texts_id, instruments={sent.key: sent.content_id}, mode=SENT_IN,
        context={
            "age": age, "answered_days_ago": {}, "left_out": [],
            **({"by_proxy": True} if sent.by_proxy else {}),
        },
        created_at=sent.answered_at, created_by=sender.client, language=sent.language,
        who_helped=sent.who_helped, started_at=sent.answered_at,
    )  # fmt: skip
    return sitting_to_settle(made)


def _give(invitation: Invitation, sent: Sent, *, at: datetime) -> None:
    """Each answer as it was given, and its alert, in the order of the questions."""
    questions = questions_of(invitation, {sent.key: sent.given})
    order: dict[str, Question] = {one.item.id: one for one in questions}
    also = on_which_day(sent.answered_at, at=at)
    for item, question in order.items():
        given = sent.given.get(item)
        if given is None:
            continue
        _keep(invitation, sent, item, given)
        if given.is_settled:
            alert_for_answer(
                invitation=invitation, question=question, given=given, at=at, also=also
            )
    for item in sent.given.keys() - order.keys():
        _keep(invitation, sent, item, sent.given[item])


def _keep(invitation: Invitation, sent: Sent, item: str, given: Given) -> None:
    keep_answer(invitation, instrument=sent.key, item=item, given=given, at=sent.answered_at)
