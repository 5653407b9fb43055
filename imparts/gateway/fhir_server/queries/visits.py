"""Appointments, visits and stays as FHIR: at the asker's services, of visible people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from imparts.access.roles import May
from imparts.gateway.fhir.appointment import (
    STAYS,
    VISITS,
    AppointmentFacts,
    EncounterFacts,
    appointment_of,
    encounter_of,
    numbers_of,
)
from imparts.gateway.fhir_server.parameters import (
    NOBODY,
    Code,
    Finds,
    number_key,
    uuid_key,
)
from imparts.gateway.fhir_server.queries.named import about_visible, records_of
from imparts.gateway.fhir_server.queries.seen import last, many
from imparts.gateway.fhir_server.registry import Json, Reader, Version
from imparts.informatics.clinics.models import Appointment, AppointmentMove, Stay, StayMove
from imparts.organisations.models import Service
from imparts.rules.stays import standing

_CAME = (Appointment.State.ARRIVED, Appointment.State.IN_ROOM, Appointment.State.LEFT)


def appointments(reader: Reader) -> QuerySet[Appointment]:
    """Appointments at the services of whoever asks, of people whom they may see."""
    moves = AppointmentMove.objects.filter(appointment=OuterRef("pk"))
    services = list(reader.asking.services_where(May.SEE_PATIENTS))
    return (
        Appointment.objects.filter(about_visible(reader, "patient_id"))
        .filter(session__service_id__in=services)
        .select_related("session__service__organisation")
        .annotate(
            _stands=last(moves, "state"),
            _stored=last(moves, "at"),
            _version=many(moves, "appointment"),
        )
    )


def moves(reader: Reader) -> QuerySet[AppointmentMove]:
    """The story of appointments."""
    return AppointmentMove.objects.select_related("appointment__session__service__organisation")


def visits(reader: Reader) -> QuerySet[Appointment]:
    """Appointments to which somebody came, with when they came and left."""
    moved = AppointmentMove.objects.filter(appointment=OuterRef("pk")).order_by("id")
    return (
        appointments(reader)
        .filter(Exists(moved.filter(state__in=_CAME)))
        .annotate(
            _came=Subquery(moved.filter(state__in=_CAME).values("at")[:1]),
            _left=last(moved.filter(state=Appointment.State.LEFT), "at"),
        )
    )


def stays(reader: Reader) -> QuerySet[Stay]:
    """Stays of visible people at the organisations whose services whoever asks works for."""
    said = StayMove.objects.filter(stay=OuterRef("pk"))
    newest = said.order_by("-at", "-id")
    own = Service.objects.filter(pk__in=list(reader.asking.services_where(May.SEE_PATIENTS)))
    here = said.filter(what__in=("admitted", "transferred", "updated"))
    decides = said.exclude(what__in=("expected", "updated")).order_by("-said_at", "-id")
    again = said.filter(what="expected", said_at__gt=OuterRef("_decided_at"))
    return (
        Stay.objects.filter(about_visible(reader, "patient_id"))
        .filter(organisation_id__in=own.values("organisation_id"))
        .filter(Exists(said))
        .select_related("organisation")
        .annotate(
            _stored=Subquery(newest.values("at")[:1]),
            _version=many(said, "stay"),
            _decided=Subquery(decides.values("what")[:1]),
            _decided_at=Subquery(decides.values("said_at")[:1]),
            _came=Subquery(here.order_by("said_at", "id").values("happened_at")[:1]),
            _left=Subquery(
                said.filter(what="discharged").order_by("-said_at", "-id").values("happened_at")[:1]
            ),
        )
        .annotate(_stands=_standing_now(said, again))
    )


def _standing_now(said: QuerySet[StayMove], again: QuerySet[StayMove]) -> Case:
    """How a stay stands, as rules.stays says it, in words that the database can look for."""
    is_expected = Exists(said.filter(what="expected"))
    return Case(
        When(_decided="discharged", then=Value("left")),
        When(Q(_decided="admission_cancelled") & Q(Exists(again)), then=Value("expected")),
        When(_decided="admission_cancelled", then=Value("cancelled")),
        When(Q(_decided__isnull=True) & Q(is_expected), then=Value("expected")),
        default=Value("here"),
    )


def render_appointments(found: Sequence[Appointment], reader: Reader) -> list[Json]:
    """Appointments as resources."""
    return [
        appointment_of(_appointment(each, str(each._version), each._stored, each._stands))
        for each in found
    ]


def render_moves(found: Sequence[AppointmentMove], reader: Reader) -> list[Version]:
    """Versions of appointments. When one was moved to another time, the time before is not kept."""
    ids = {each.appointment_id for each in found}
    story: dict[UUID, list[int]] = {}
    moved: dict[UUID, int] = {}
    rows = AppointmentMove.objects.filter(appointment__in=ids).order_by("id")
    for pk, appointment, why in rows.values_list("pk", "appointment_id", "why"):
        story.setdefault(appointment, []).append(pk)
        if why == AppointmentMove.ANOTHER_TIME:
            moved[appointment] = pk
    made = []
    for each in found:
        number = 1 + story[each.appointment_id].index(each.pk)
        facts = _appointment(each.appointment, str(number), each.at, each.state)
        is_kept = each.pk >= moved.get(each.appointment_id, 0)
        resource = appointment_of(facts) if is_kept else None
        made.append(Version(str(number), each.at, "POST" if number == 1 else "PUT", resource))
    return made


def render_visits(found: Sequence[Appointment], reader: Reader) -> list[Json]:
    """Visits as Encounters, by the id of their appointment."""
    return [
        encounter_of(
            EncounterFacts(
                id=str(each.pk), version=str(each._version), stored_at=each._stored,
                status=VISITS[each._stands], is_stay=False, patient=str(each.patient_id),
                organisation=str(each.session.service.organisation_id), began_at=each._came,
                ended_at=each._left if each._stands == Appointment.State.LEFT else None,
                service_words=each.session.service.name, appointment=f"Appointment/{each.pk}",
            )
        )
        for each in found
    ]  # fmt: skip


def render_stays(found: Sequence[Stay], reader: Reader) -> list[Json]:
    """Stays as Encounters: where somebody is, by everything that was said."""
    said: dict[UUID, list[StayMove]] = {each.pk: [] for each in found}
    rows = StayMove.objects.filter(stay__in=list(said)).order_by("said_at", "id")
    for row in rows:
        said[row.stay_id].append(row)
    return [encounter_of(_stay(each, said[each.pk])) for each in found]


def _stay(stay: Any, said: Sequence[StayMove]) -> EncounterFacts:
    now = standing(said)
    return EncounterFacts(
        id=str(stay.pk), version=str(stay._version), stored_at=stay._stored,
        status=STAYS.get(now.state, "unknown"), is_stay=True, patient=str(stay.patient_id),
        organisation=str(stay.organisation_id),
        began_at=stay._came if now.state in ("here", "left") else None,
        ended_at=now.since if now.state == "left" else None, place=now.place,
        number=stay.visit_number, number_system=numbers_of(stay.organisation.code, "visit"),
    )  # fmt: skip


def _appointment(row: Any, version: str, at: datetime, state: str) -> AppointmentFacts:
    service = row.session.service
    return AppointmentFacts(
        id=str(row.pk), version=version, stored_at=at, state=state, starts_at=row.at,
        patient=str(row.patient_id), service=str(service.pk), service_words=service.name,
        organisation_code=service.organisation.code, record_number=row.record_number,
    )  # fmt: skip


def numbered(path: str, what: str) -> Finds:
    """For Token: rows whose number of an organisation this is."""
    prefix = numbers_of("", what)
    organisation = "session__service__organisation" if what == "appointment" else "organisation"

    def finds(asked: Code, reader: Reader) -> Q:
        if not asked.code:
            return NOBODY
        found = Q(**{path: asked.code})
        if asked.system is None:
            return found
        if not asked.system.startswith(prefix):
            return NOBODY
        return found & Q(**{f"{organisation}__code": asked.system.removeprefix(prefix)})

    return finds


def with_actor(kind: str, logical_id: str, reader: Reader) -> Q:
    """For rows of Appointment: those of a person, or at a service."""
    if kind == "Patient":
        key = uuid_key(logical_id)
        return Q(patient_id__in=records_of([key])) if key else NOBODY
    number = number_key(logical_id)
    return NOBODY if number is None else Q(session__service_id=number)
