"""Handing a tablet to one patient, for a short time, and every way that it ends."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from imparts.access.models import Tablet
from imparts.access.secret_hash import hash_of
from imparts.audit import actions as audit
from imparts.design.dates import age_on
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.questionnaires.actions.alerting import alert_if_not_reached
from imparts.informatics.questionnaires.models import HandOver, Invitation, OfferOutcome
from imparts.informatics.questionnaires.queries.booked import answered_days_ago
from imparts.informatics.questionnaires.queries.sittings import (
    ENGLISH,
    IDLE,
    SENT_IN,
    given_in,
    instruments_of,
    questions_of,
    watched_in,
)
from imparts.library import queries as library
from imparts.live import actions as live
from imparts.pathways.queries import why_not_covered
from imparts.rules.packs.definition import Pack
from imparts.rules.packs.reader import core_left_out


class CannotStart(Exception):
    """The tablet cannot be handed over; the message says why in words for staff."""


def invite(*, appointment: Appointment, by: str, at: datetime) -> Invitation:
    """The sitting of one appointment: the one there is, or a new one of the pack in force today.

    The versions of every instrument are fixed here, so a pack that changes half-way changes
    nothing for this patient.
    """
    asked_here = Invitation.objects.filter(withdrawn_at__isnull=True).exclude(mode=SENT_IN)
    existing = asked_here.filter(appointment=appointment).first()
    if existing:
        return existing
    service, patient = appointment.session.service, appointment.patient
    on = appointment.session.held_on
    content, pack = library.pack_in_force(service.pk, on=on)
    if why := library.why_not_offered(content, on=on):
        raise CannotStart(f"This clinic's questionnaire cannot be used. {why}")
    texts_id, _ = library.patient_texts_for(service.organisation.nation, on=on)
    instruments = library.instruments_for(pack, language=ENGLISH, on=on)
    left_out = library.left_out_for(pack, language=ENGLISH, on=on)
    _refuse_without_the_core(pack, instruments, dict(left_out))
    made, _ = asked_here.get_or_create(
        appointment=appointment,
        defaults={
            "patient": patient, "service": service, "pack": content, "texts_id": texts_id,
            "instruments": {key: version.pk for key, version in instruments.items()},
            "context": {
                "age": age_on(patient.born_on, on),
                "answered_days_ago": answered_days_ago(
                    patient, service_id=service.pk, on=on, at=at
                ),
                "left_out": left_out,
            },
            "created_at": at, "created_by": by, "language": ENGLISH,
        },
    )  # fmt: skip
    return made


def _refuse_without_the_core(pack: Pack, offered: Collection[str], why: Mapping[str, str]) -> None:
    """Less than mood, worry and smoking is never asked in silence (hazard H1)."""
    for key in core_left_out(pack, offered):
        raise CannotStart(
            f"This clinic's questionnaire cannot be used: {key} cannot be asked. {why.get(key, '')}"
        )


def hand_over(
    *, appointment: Appointment, tablet: Tablet | None, by: str, at: datetime, mode: str = "radios"
) -> tuple[HandOver, str]:
    """Put the tablet into the patient's hands; the secret goes to the browser and nowhere else.

    A hand-over of the same sitting that is still open ends, so one sitting is never on two tablets.
    """
    with transaction.atomic():
        invitation = invite(appointment=appointment, by=by, at=at)
        Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.submitted_at:
            raise CannotStart("The answers for this visit have already been sent.")
        _refuse_without_cover(invitation, at=at)
        for open_one in HandOver.objects.filter(invitation=invitation, ended_at__isnull=True):
            _end(open_one, because=HandOver.Ended.REPLACED, at=at)
        if invitation.mode != mode:
            Invitation.objects.filter(pk=invitation.pk).update(mode=mode)
        secret = secrets.token_urlsafe(32)
        made = HandOver.objects.create(
            invitation=invitation, tablet=tablet, secret_hash=hash_of(secret), started_at=at,
            started_by=by, last_used_at=at,
        )  # fmt: skip
        audit.record(
            who=by, did="handed over tablet", patient=invitation.patient_id,
            about=f"invitation {invitation.pk}", why="appointment", at=at,
        )  # fmt: skip
        live.tell(service=invitation.service_id, what="clinic")
    return made, secret


def _refuse_without_cover(invitation: Invitation, *, at: datetime) -> None:
    """Nobody is asked about harm on a day on which nobody has said that they answer for it.

    Whoever has begun goes on: what they have been asked cannot be unasked (hazard H1).
    """
    if invitation.started_at:
        return
    asks = watched_in(invitation, instruments_of(invitation)).calls_somebody
    if why := why_not_covered(invitation.service, timezone.localdate(at), asks):
        raise CannotStart(why)


def choose_language(*, hand_over: HandOver, language: str, at: datetime) -> bool:
    """Ask in another language from the first question on; True when it could be done.

    Everything that the patient will read changes together: the instruments' versions, what is said
    after item 9 and the pages' own words. Once the questions have begun the language stays, and one
    that is not wholly here changes nothing.
    """
    with transaction.atomic():
        invitation = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("service__organisation")
            .get(pk=hand_over.invitation_id)
        )
        on, nation = timezone.localdate(at), invitation.service.organisation.nation
        pack = library.pack_of(invitation.pack_id)
        may_change = invitation.started_at is None and not invitation.given.exists()
        if not may_change or language not in library.languages_on_offer(pack, nation, on=on):
            return False
        instruments = library.instruments_for(pack, language=language, on=on)
        invitation.language = language
        invitation.instruments = {key: version.pk for key, version in instruments.items()}
        invitation.texts_id, _ = library.patient_texts_for(nation, language=language, on=on)
        invitation.context |= {
            "page_words": library.page_words_version(language, on=on),
            "left_out": library.left_out_for(pack, language=language, on=on),
        }
        invitation.save(update_fields=["language", "instruments", "texts", "context"])
    return True


def confirm_identity(*, hand_over: HandOver, at: datetime) -> None:
    """The patient has read their name and birth date and said yes."""
    if hand_over.confirmed_at:
        return
    hand_over.confirmed_at = hand_over.last_used_at = at
    hand_over.save(update_fields=["confirmed_at", "last_used_at"])
    audit.record(
        who="patient", did="confirmed identity", patient=hand_over.invitation.patient_id,
        about=f"invitation {hand_over.invitation_id}", at=at,
    )  # fmt: skip


def say_not_me(*, hand_over: HandOver, at: datetime) -> None:
    """The wrong person has the tablet: nothing is saved, and the tablet locks."""
    with transaction.atomic():
        _end(hand_over, because=HandOver.Ended.NOT_ME, at=at)
        audit.record(
            who="patient", did="said not me", patient=hand_over.invitation.patient_id,
            about=f"invitation {hand_over.invitation_id}", at=at,
        )  # fmt: skip
        live.tell(service=hand_over.invitation.service_id, what="clinic")


def begin(*, hand_over: HandOver, who_helped: str, at: datetime) -> None:
    """The patient has been told who sees the answers, has said who helps, and starts."""
    Invitation.objects.filter(pk=hand_over.invitation_id, submitted_at__isnull=True).update(
        who_helped=who_helped
    )
    Invitation.objects.filter(pk=hand_over.invitation_id, started_at__isnull=True).update(
        started_at=at
    )
    HandOver.objects.filter(pk=hand_over.pk).update(last_used_at=at)
    live.tell(service=hand_over.invitation.service_id, what="clinic")


def ask_for_help(*, hand_over: HandOver, at: datetime) -> None:
    """The patient would like a member of staff to come."""
    HandOver.objects.filter(pk=hand_over.pk).update(asked_for_help_at=at, last_used_at=at)
    live.tell(service=hand_over.invitation.service_id, what="clinic")


def say_helping(*, invitation_id: UUID, by: str, at: datetime) -> None:
    """A member of staff is on the way; the list stops saying that help is wanted."""
    open_one = HandOver.objects.filter(invitation_id=invitation_id, ended_at__isnull=True).first()
    if open_one is None or open_one.asked_for_help_at is None:
        return
    open_one.asked_for_help_at = None
    open_one.save(update_fields=["asked_for_help_at"])
    audit.record(who=by, did="went to help", about=f"invitation {invitation_id}", at=at)
    live.tell(service=open_one.invitation.service_id, what="clinic")


def stop(*, hand_over: HandOver, at: datetime) -> None:
    """The patient stops. What was answered is kept; an item 9 not reached is asked in person."""
    _finish_early(hand_over, because=HandOver.Ended.STOPPED, by="patient", at=at)


def take_back(*, invitation: Invitation, by: str, at: datetime) -> None:
    """Staff take the tablet back; what was answered is kept."""
    for open_one in invitation.hand_overs.filter(ended_at__isnull=True):
        _finish_early(open_one, because=HandOver.Ended.TAKEN_BACK, by=by, at=at)


def end_left_open(*, at: datetime) -> int:
    """End every hand-over that nobody has touched for 20 minutes; gives how many."""
    left = HandOver.objects.filter(ended_at__isnull=True, last_used_at__lt=at - IDLE)
    ended = 0
    for open_one in left.select_related("invitation"):
        _finish_early(open_one, because=HandOver.Ended.EXPIRED, by="imparts", at=at)
        ended += 1
    return ended


def not_asked(
    *, appointment: Appointment, outcome: str, by: str, at: datetime, why: str = ""
) -> None:
    """Say with one tap why someone was not asked, or undo it."""
    with transaction.atomic():
        OfferOutcome.objects.create(appointment=appointment, outcome=outcome, by=by, at=at, why=why)
        audit.record(
            who=by, did=f"questionnaire {outcome}", patient=appointment.patient_id,
            about=f"appointment {appointment.pk}", at=at,
        )  # fmt: skip
        live.tell(service=appointment.session.service_id, what="clinic")


def _finish_early(hand_over: HandOver, *, because: str, by: str, at: datetime) -> None:
    with transaction.atomic():
        if not _end(hand_over, because=because, at=at):
            return
        if hand_over.confirmed_at:
            _alert_for_the_rest(hand_over.invitation, by=by, at=at)
        audit.record(
            who=by, did=f"tablet {because}", patient=hand_over.invitation.patient_id,
            about=f"invitation {hand_over.invitation_id}", at=at,
        )  # fmt: skip
        live.tell(service=hand_over.invitation.service_id, what="clinic")


def _alert_for_the_rest(invitation: Invitation, *, by: str, at: datetime) -> None:
    given = given_in(invitation)
    questions = questions_of(invitation, given)
    alert_if_not_reached(invitation=invitation, questions=questions, given=given, by=by, at=at)


def _end(hand_over: HandOver, *, because: str, at: datetime) -> bool:
    changed = HandOver.objects.filter(pk=hand_over.pk, ended_at__isnull=True).update(
        ended_at=at, ended_because=because
    )
    return bool(changed)
