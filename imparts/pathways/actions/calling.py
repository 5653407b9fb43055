"""Calling: somebody is asked to come, by the ladder or to the desk; each call is an event.

A call owes a notice by e-mail or text in the same transaction. Whether that ever arrives stops no
clock, and it never counts as delivered: the next rung comes unless a person takes the alert.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from imparts.access.models import Staff
from imparts.organisations.models import Service
from imparts.pathways.actions.events import US, add_event, hold, keep_account, owe_notice
from imparts.pathways.actions.whom import whom, why
from imparts.pathways.models import Alert, AlertEvent
from imparts.pathways.queries.alerts import alerts_of_patients, story_of, who_must_wait
from imparts.pathways.queries.cover import Cover, cover_on
from imparts.pathways.queries.stories import AlertStory
from imparts.rules.alerting.ladder import DESK, Rung

Name = AlertEvent.Name
_NOBODY = "Nobody is named; the next one is called"
_LONGEST = 300
# Reception may press twice; the owner is not called again within this time.
AGAIN_AFTER = timedelta(minutes=2)


class _Session(Protocol):
    @property
    def service(self) -> Service:
        """Where the clinic is."""


class Expected(Protocol):
    """An appointment, as far as calling needs it (informatics.clinics owns it)."""

    @property
    def patient_id(self) -> UUID:
        """Whose it is."""

    @property
    def session(self) -> _Session:
        """The sitting of the clinic."""


def call(story: AlertStory, rung: Rung, cover: Cover, *, at: datetime) -> int:
    """Call whoever a rung is for, or write down that it is nobody; gives how many calls.

    The database allows one call a code and alert, so two workers at once never call twice. The
    first of several has the code of the rung, the others add their number to it.
    """
    people, because = whom(rung, story, cover)
    said = why(rung, story)
    if not people:
        because = f" ({because})" if because else ""
        _write(story.alert, rung.code, None, what=f"{said}. {_NOBODY}{because}", by=US, at=at)
        return 1
    for number, staff in enumerate(people, start=1):
        code = rung.code if number == 1 else f"{rung.code}, {number}"
        _write(story.alert, code, staff, what=said, by=US, at=at)
        owe_notice(story.alert, "alert_called", staff, rung=rung.duty, at=at)
    return len(people)


def call_owner_to_desk(*, appointment: Expected, by: str, at: datetime) -> bool:
    """The patient is about to leave with an open alert: call its owner; False when none is open.

    The owner is whoever took it; before that whoever holds the duty today, else the next who does.
    """
    service = appointment.session.service
    alerts = list(alerts_of_patients([appointment.patient_id], service.pk).order_by("id"))
    for alert in alerts:
        with transaction.atomic():
            hold(alert)
            _call_to_desk(alert, service, by=by, at=at)
    return bool(alerts)


def must_wait(appointment: Expected) -> bool:
    """Whether someone who wants to leave must be asked to wait."""
    return appointment.patient_id in who_must_wait(appointment.session.service.pk)


def _call_to_desk(alert: Alert, service: Service, *, by: str, at: datetime) -> None:
    story = story_of(alert)
    desk_calls = [event for event in story.calls if event.rung.startswith(DESK)]
    if story.is_closed or (desk_calls and abs(at - desk_calls[-1].at) < AGAIN_AFTER):
        return
    staff = _taker(story.owner) or _first(cover_on(service, timezone.localdate(at)))
    code = DESK if not desk_calls else f"{DESK} {len(desk_calls) + 1}"
    what = "To the desk: the patient is about to leave"
    what = what if staff else f"{what}. Nobody is named"
    _write(alert, code, staff, what=what, by=by, at=at)
    if staff:
        owe_notice(alert, "alert_at_desk", staff, at=at)


def _taker(username: str) -> Staff | None:
    return Staff.objects.filter(username=username, is_active=True).first() if username else None


def _first(cover: Cover) -> Staff | None:
    held: Iterable[Staff | None] = (one.staff for one in cover.all)
    return next((staff for staff in held if staff), None)


def _write(
    alert: Alert, code: str, staff: Staff | None, *, what: str, by: str, at: datetime
) -> None:
    for_whom = staff.username if staff else ""
    add_event(
        alert, Name.ESCALATED, by=by, at=at, what=what[:_LONGEST], rung=code, for_whom=for_whom
    )
    keep_account(alert, f"called {code}", by=by, at=at, why=for_whom or "nobody is named")
