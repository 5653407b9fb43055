"""Alerts with where each person is, and how quickly alerts were taken lately."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.design.dates import clock, local, short_day
from imparts.informatics.clinics.models import Appointment
from imparts.informatics.clinics.queries import stays_of, with_state
from imparts.informatics.questionnaires.models import Invitation
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries import (
    AlertStory,
    LedgerFilter,
    OpenStep,
    alerts_closed_since,
    entries_about,
    ledger_for,
    open_alerts_for,
    to_assess_before_end,
    worklist_for,
)
from imparts.workspace.inbox import Inbox, ToAssess
from imparts.workspace.visits import Whereabouts

_LATELY = timedelta(days=30)


def inbox_of(asking: Asking, *, at: datetime) -> Inbox:
    """Every alert that someone may act on, and what was closed today."""
    midnight = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    open_ones = open_alerts_for(asking)
    lately = LedgerFilter(tier="C", state="open", from_on=(local(at) - _LATELY).date())
    return Inbox(
        open_ones=open_ones,
        worklist=worklist_for(asking),
        information=ledger_for(asking, lately, at=at),
        closed_today=alerts_closed_since(asking, midnight),
        to_assess=_to_assess(asking, but={story.alert.about for story in open_ones}, at=at),
    )


def _to_assess(asking: Asking, *, but: set[UUID], at: datetime) -> list[ToAssess]:
    """People of today's clinics with a step to be answered before the session ends.

    Those with an open alert stand with it.
    """
    both = asking.services_where(May.ACT_ON_ALERTS) & asking.services_where(May.DECIDE_STEPS)
    sent = Invitation.objects.filter(
        service_id__in=both,
        appointment__session__held_on=local(at).date(),
        submitted_at__isnull=False,
        withdrawn_at__isnull=True,
    ).exclude(pk__in=but)
    of_sitting = dict(sent.values_list("pk", "appointment_id"))
    steps = to_assess_before_end(entries_about(of_sitting).values())
    wanted = [of_sitting[step.entry.about] for step in steps]
    appointments = with_state(Appointment.objects.filter(pk__in=wanted).select_related("patient"))
    found = {each.pk: each for each in appointments}
    listed = [_assess(step, found[of_sitting[step.entry.about]], at=at) for step in steps]
    return sorted(listed, key=lambda one: (not one.who.is_here, one.who.family_name))


def _assess(step: OpenStep, appointment: Appointment, *, at: datetime) -> ToAssess:
    patient = appointment.patient.merged_into or appointment.patient
    test = "Test patient. " if patient.is_test else ""
    place = f"{test}{_place(appointment, at=at)}"
    return ToAssess(
        patient=patient.pk,
        sitting=step.entry.about,
        who=Whereabouts(
            patient.family_name, patient.given_name, place, is_here=_is_here(appointment, at=at)
        ),
        what=step.verb_first,
        why=step.reason,
    )


def whereabouts(
    stories: Iterable[AlertStory], *, at: datetime
) -> Callable[[AlertStory], Whereabouts]:
    """Where each person with an alert is now, in words."""
    of_stories = list(stories)
    wanted = [story.alert.appointment for story in of_stories if story.alert.appointment]
    found = {a.pk: a for a in with_state(Appointment.objects.filter(pk__in=wanted))}
    unsent = Invitation.objects.filter(
        pk__in=[story.alert.about for story in of_stories], submitted_at__isnull=True
    )
    answering = set(unsent.values_list("pk", flat=True))
    services = {story.alert.service_id for story in of_stories}
    stays = stays_of({s.alert.patient.merged_into_id or s.alert.patient_id for s in of_stories})

    def where(story: AlertStory) -> Whereabouts:
        patient = story.alert.patient.merged_into or story.alert.patient
        appointment = found.get(story.alert.appointment)
        place = _place(appointment, at=at, is_answering=story.alert.about in answering)
        is_here, stay = _is_here(appointment, at=at), stays.get(patient.pk)
        if stay is not None:
            # Where the hospital's record says that they lie is where they are found.
            ward = f"In hospital: {stay.place}" if stay.place else "In hospital"
            place, is_here = (f"{place}. {ward}" if is_here else ward), True
        service = f"{story.alert.service.name}. " if len(services) > 1 else ""
        test = "Test patient. " if patient.is_test else ""
        return Whereabouts(
            patient.family_name, patient.given_name, f"{test}{service}{place}", is_here=is_here
        )  # fmt: skip

    return where


def _is_here(appointment: Appointment | None, *, at: datetime) -> bool:
    if appointment is None or local(appointment.at).date() != local(at).date():
        return False
    return appointment.state != Appointment.State.LEFT


def _place(appointment: Appointment | None, *, at: datetime, is_answering: bool = False) -> str:
    if appointment is None:
        return "At home"
    today = local(at).date()
    on = local(appointment.at).date()
    if on != today:
        return f"Clinic of {short_day(on)}"
    if appointment.state == Appointment.State.LEFT:
        return f"Left {clock(appointment.state_at)}"
    if appointment.state == Appointment.State.IN_ROOM:
        return appointment.place or "In a room"
    here = appointment.place or "Here"
    if appointment.state != Appointment.State.ARRIVED:
        here = Appointment.State(appointment.state).label
    if is_answering:
        return f"{here}, answering"
    return f"{here}, clinic {clock(appointment.at)}"


def how_quickly(asking: Asking, *, at: datetime) -> str:
    """The last 30 days in a sentence; empty when there was no alert."""
    acted = AlertEvent.objects.filter(alert=OuterRef("pk"), name=AlertEvent.Name.ACTED)
    rows = list(
        Alert.objects.filter(
            service_id__in=asking.services_where(May.ACT_ON_ALERTS),
            raised_at__gte=at - _LATELY,
            patient__is_test=False,
        )
        .annotate(
            taken_at=Min("events__at", filter=Q(events__name=AlertEvent.Name.ACKNOWLEDGED)),
            has_acted=Exists(acted),
        )
        .values_list("raised_at", "taken_at", "has_acted")
    )
    if not rows:
        return ""
    number = f"{sum(acted for _, _, acted in rows)} of {len(rows)} acted on"
    waits = [(taken - raised).total_seconds() / 60 for raised, taken, _ in rows if taken]
    if not waits:
        return f"Last 30 days: {number}."
    return f"Last 30 days: taken after {round(median(waits))} min (median), {number}."
