"""How a clinic day is going: who was offered, started, finished, declined; by appointment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.informatics.questionnaires.models import (
    HandOver,
    Invitation,
    OfferOutcome,
    Response,
)
from imparts.informatics.questionnaires.queries.sittings import (
    SENT_IN,
    GivenAnswers,
    given_in_each,
    questions_of,
)
from imparts.library.queries import pack_of
from imparts.pathways.models import Alert
from imparts.people.models import Patient
from imparts.people.queries import record_ids


@dataclass(frozen=True, slots=True)
class Offer:
    """How the questionnaire stands for one appointment."""

    state: str
    """none, answering, stopped, finished, declined, no_time or other"""
    invitation: UUID | None = None
    finished_at: datetime | None = None
    answered: int = 0
    asked: int = 0
    tablet: str = ""
    asked_for_help_at: datetime | None = None
    helped: bool = False
    said_at: datetime | None = None
    asks_more: bool = False
    """Answered elsewhere and sent in, and the clinic asks more than that."""


def offers_for(appointments: Iterable[UUID]) -> dict[UUID, Offer]:
    """How the questionnaire stands for each appointment. The caller has let the asker through."""
    ids = list(appointments)
    offers = {pk: _outcome(row) for pk, row in _last_outcomes(ids).items()}
    invitations = list(_invitations(ids))
    given = given_in_each(one.pk for one in invitations if not one.submitted_at)
    offers |= _sent_in(one for one in invitations if one.mode == SENT_IN)
    for invitation in (one for one in invitations if one.mode != SENT_IN):
        said = offers.get(invitation.appointment_id)
        if invitation.last_hand_over_at is None and not invitation.submitted_at:
            continue
        if invitation.submitted_at or _is_after(invitation, said):
            offers[invitation.appointment_id] = _offer(invitation, given.get(invitation.pk, {}))
    return {pk: offers.get(pk, Offer("none")) for pk in ids}


def _is_after(invitation: Invitation, said: Offer | None) -> bool:
    """Whether a tablet was handed over after the desk said why not, or after nothing was said."""
    if said is None or said.said_at is None:
        return True
    return bool(invitation.last_hand_over_at > said.said_at)


def _sent_in(invitations: Iterable[Invitation]) -> dict[UUID, Offer]:
    """Answers that another system sent for an appointment: finished, and what is left to ask.

    Of several sittings the one with an alert stands in the row, else the newest.
    """
    of_appointment: dict[UUID, list[Invitation]] = {}
    for one in invitations:
        of_appointment.setdefault(one.appointment_id, []).append(one)
    many = [one.pk for each in of_appointment.values() if len(each) > 1 for one in each]
    alerted = set(Alert.objects.filter(about__in=many).values_list("about", flat=True))
    found = {}
    for pk, sent in of_appointment.items():
        shown = max(sent, key=lambda one: (one.pk in alerted, one.submitted_at))
        answered = {key for one in sent for key in one.instruments}
        asked = {ask.instrument for ask in pack_of(shown.pack_id).asks if ask.when is None}
        found[pk] = replace(_offer(shown, {}), asks_more=not asked <= answered)
    return found


def _last_outcomes(ids: list[UUID]) -> dict[UUID, OfferOutcome]:
    rows = (
        OfferOutcome.objects.filter(appointment_id__in=ids)
        .order_by("appointment_id", "-id")
        .distinct("appointment_id")
    )
    return {row.appointment_id: row for row in rows if row.outcome != "undone"}


def _outcome(row: OfferOutcome) -> Offer:
    return Offer(row.outcome, said_at=row.at)


def _invitations(ids: list[UUID]) -> QuerySet[Invitation]:
    last = HandOver.objects.filter(invitation=OuterRef("pk")).order_by("-id")
    open_one = last.filter(ended_at__isnull=True)
    standing = Invitation.objects.filter(appointment_id__in=ids, withdrawn_at__isnull=True)
    return standing.annotate(
        last_hand_over_at=Subquery(last.values("started_at")[:1]),
        is_open=Exists(open_one),
        tablet_name=Subquery(open_one.values("tablet__name")[:1]),
        help_at=Subquery(open_one.values("asked_for_help_at")[:1]),
    )


def _offer(invitation: Invitation, given: GivenAnswers) -> Offer:
    if invitation.submitted_at:
        return Offer(
            "finished", invitation.pk, finished_at=invitation.submitted_at,
            helped=invitation.who_helped not in ("", "nobody"),
        )  # fmt: skip
    return Offer(
        "answering" if invitation.is_open else "stopped",
        invitation.pk,
        answered=sum(one.is_settled for items in given.values() for one in items.values()),
        asked=len(questions_of(invitation, given)),
        tablet=invitation.tablet_name or "",
        asked_for_help_at=invitation.help_at,
    )


def sitting_of(asking: Asking, patient: Patient, invitation_id: UUID) -> Invitation:
    """One sitting of a patient who has been let through; 404 when it is not theirs to see.

    Answers that were another person's are nobody's to see here (withdrawn_of).
    """
    return _sitting_of(asking, patient, invitation_id, is_withdrawn=False)


def withdrawn_of(asking: Asking, patient: Patient, invitation_id: UUID) -> Invitation | None:
    """A sitting that was filed to this patient and withdrawn since; none where it was not."""
    try:
        return _sitting_of(asking, patient, invitation_id, is_withdrawn=True)
    except Http404:
        return None


def _sitting_of(
    asking: Asking, patient: Patient, invitation_id: UUID, *, is_withdrawn: bool
) -> Invitation:
    found = (
        Invitation.objects.filter(
            pk=invitation_id,
            patient_id__in=record_ids(patient),
            service_id__in=asking.services_where(May.SEE_RESULTS),
            withdrawn_at__isnull=not is_withdrawn,
        )
        .select_related("service__organisation", "appointment__session", "patient", "pack", "texts")
        .first()
    )
    if found is None:
        raise Http404
    return found


def sittings_of(asking: Asking, patient: Patient) -> QuerySet[Invitation]:
    """A patient's sittings at the asker's services, newest first."""
    return (
        Invitation.objects.filter(
            patient_id__in=record_ids(patient),
            service_id__in=asking.services_where(May.SEE_RESULTS),
            withdrawn_at__isnull=True,
        )
        .select_related("service", "appointment")
        .annotate(number_answered=Count("given", filter=Q(given__declined=False)))
        .order_by("-created_at")
    )


def responses_of(invitation: Invitation) -> list[Response]:
    """The final responses of a sitting in the order asked, with their answers and versions."""
    return list(
        invitation.responses.select_related("content").prefetch_related("answers").order_by("place")
    )


def invitation_at_desk(asking: Asking, invitation_id: UUID) -> Invitation:
    """One sitting for those who look after tablets, without its answers; 404 otherwise."""
    found = Invitation.objects.filter(
        pk=invitation_id, service_id__in=asking.services_where(May.HAND_OVER_TABLET)
    ).first()
    if found is None:
        raise Http404
    return found


def instruments_asked(invitation_id: UUID) -> tuple[str, ...]:
    """The instruments of one sitting. The caller has already let the asker through."""
    row = Invitation.objects.filter(pk=invitation_id).values_list("instruments", flat=True).first()
    return tuple(row or ())
