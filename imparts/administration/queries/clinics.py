"""Clinics that are planned, and who is booked for them."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.informatics.clinics.models import Appointment, AppointmentMove, ClinicSession
from imparts.informatics.clinics.queries import with_state


def sessions_ahead(asking: Asking, *, may: May, day: date) -> list[ClinicSession]:
    """Sittings from a day on at the services where someone's role allows `may`, soonest first.

    Each has `booked`, how many are expected, `tests`, how many of these are test patients, and
    `has_appointments`, whether anyone was ever booked.
    """
    found = list(_sessions(asking, may=may).filter(held_on__gte=day)[:100])
    return sorted(found, key=lambda s: (s.held_on, s.part != "morning", s.service.name))


def session_for(asking: Asking, session_id: int, *, may: May) -> ClinicSession:
    """One sitting; 404 when it is at no service where the role allows `may`."""
    found = _sessions(asking, may=may).filter(pk=session_id).first()
    if found is None:
        raise Http404
    return found


def expected(session: ClinicSession) -> list[Appointment]:
    """Everyone expected at a sitting, in time order, with where each of them stands."""
    return list(
        with_state(Appointment.objects.filter(session=session)).exclude(
            state=Appointment.State.CANCELLED
        )
    )


def is_expected(session: ClinicSession, patient_ids: list[object]) -> bool:
    """Whether one of these records is booked for the sitting already."""
    return any(each.patient_id in patient_ids for each in expected(session))


def _sessions(asking: Asking, *, may: May) -> QuerySet[ClinicSession]:
    last = AppointmentMove.objects.filter(appointment=OuterRef("pk")).order_by("-id")
    stands = Appointment.objects.annotate(state=Subquery(last.values("state")[:1]))
    on_list = ~Q(state=Appointment.State.CANCELLED)
    of_session = stands.filter(on_list, session=OuterRef("pk")).order_by().values("session")
    tests = of_session.filter(patient__is_test=True)
    return (
        ClinicSession.objects.filter(service_id__in=asking.services_where(may))
        .select_related("service__organisation")
        .annotate(
            booked=Subquery(of_session.annotate(n=Count("pk")).values("n")),
            tests=Subquery(tests.annotate(n=Count("pk")).values("n")),
            has_appointments=Exists(Appointment.objects.filter(session=OuterRef("pk"))),
        )
        .order_by("held_on", "pk")
    )
