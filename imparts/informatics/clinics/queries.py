"""Reading clinics: the sessions of a day, who is expected, where each person is, and who stays."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.informatics.clinics.models import (
    Appointment,
    AppointmentMove,
    ClinicSession,
    StayMove,
)
from imparts.people.queries import surviving
from imparts.rules.stays import Standing, standing


def sessions_on(service_id: int, *, day: date) -> list[ClinicSession]:
    """A service's sessions of one day, morning first."""
    found = ClinicSession.objects.filter(service_id=service_id, held_on=day)
    return sorted(
        found.select_related("service__organisation"),
        key=lambda s: s.part != ClinicSession.Part.MORNING,
    )


def session_for(asking: Asking, session_id: int) -> ClinicSession:
    """One session of a service where someone may see the clinic list; 404 otherwise."""
    found = (
        ClinicSession.objects.select_related("service__organisation")
        .filter(pk=session_id, service_id__in=asking.services_where(May.SEE_CLINIC_LIST))
        .first()
    )
    if found is None:
        raise Http404
    return found


def appointments_of(session: ClinicSession) -> QuerySet[Appointment]:
    """A session's appointments in time order with state, state_at and place; none cancelled."""
    return with_state(Appointment.objects.filter(session=session)).exclude(
        state=Appointment.State.CANCELLED
    )


def with_state(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Add where each appointment stands: the last of its moves."""
    last = AppointmentMove.objects.filter(appointment=OuterRef("pk")).order_by("-id")
    arrived = last.filter(state=Appointment.State.ARRIVED)
    return (
        appointments.select_related("patient", "session__service__organisation")
        .annotate(
            state=Subquery(last.values("state")[:1]),
            state_at=Subquery(last.values("at")[:1]),
            place=Subquery(last.values("place")[:1]),
            arrived_at=Subquery(arrived.values("at")[:1]),
        )
        .order_by("at", "patient__family_name", "id")
    )


def appointment_for(asking: Asking, appointment_id: UUID, *, may: May) -> Appointment:
    """One appointment at a service where someone's role allows `may`; 404 otherwise."""
    found = with_state(
        Appointment.objects.filter(
            pk=appointment_id, session__service_id__in=asking.services_where(may)
        )
    ).first()
    if found is None:
        raise Http404
    return found


def expected_at(service_id: int, *, day: date) -> QuerySet[Appointment]:
    """Everyone expected at a service on a day, over all its sessions."""
    return with_state(
        Appointment.objects.filter(session__service_id=service_id, session__held_on=day)
    ).exclude(state=Appointment.State.CANCELLED)


def state_of(appointment: Appointment) -> str:
    """Where one appointment stands now."""
    return appointment.moves.order_by("-id").values_list("state", flat=True)[0]


def stays_of(patients: Iterable[UUID]) -> dict[UUID, Standing]:
    """Where each of some people stays in hospital now, by surviving person; nobody else is in it.

    Where two stays are open, the one of which something was said last counts. The caller has let
    the asker through.
    """
    person_of = surviving(patients)
    rows = StayMove.objects.filter(stay__patient_id__in=list(person_of)).select_related("stay")
    moves: dict[UUID, list[StayMove]] = {}
    for row in rows.order_by("said_at", "id"):
        # Put last again: the stays end in the order in which something was last said of them.
        moves[row.stay_id] = [*moves.pop(row.stay_id, []), row]
    found: dict[UUID, Standing] = {}
    for of_stay in moves.values():
        now = standing(of_stay)
        if now.is_here:
            found[person_of[of_stay[0].stay.patient_id]] = now
    return found


def stay_of(patient: UUID) -> Standing | None:
    """Where one person stays in hospital now; None when they do not."""
    return stays_of([patient]).get(patient)
