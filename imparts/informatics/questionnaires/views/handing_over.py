"""Staff choose a person and hand the tablet over; their own session ends in the same moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.access.actions import end_and_begin
from imparts.access.queries import Asking, asking, asking_as
from imparts.access.roles import May
from imparts.access.tablets import tablet_of
from imparts.audit import actions as audit
from imparts.informatics.clinics.queries import appointment_for, expected_at
from imparts.informatics.questionnaires.actions.hand_overs import CannotStart, hand_over
from imparts.informatics.questionnaires.forms import PersonForm
from imparts.informatics.questionnaires.pages.frame import Look
from imparts.informatics.questionnaires.pages.start import HandOverPage, PersonChosen, people_due
from imparts.informatics.questionnaires.queries.days import offers_for
from imparts.informatics.questionnaires.views import locked, looks
from imparts.informatics.questionnaires.views.in_hand import SECRET, clears_itself
from imparts.library.queries import NothingInForce

if TYPE_CHECKING:
    from imparts.access.models import Tablet
    from imparts.informatics.clinics.models import Appointment

MAY_NOT = "Your role may not hand a tablet to a patient. Ask someone at the reception desk."
NOT_TODAY = "This appointment is not today, so the tablet cannot be handed over for it."


@dataclass(frozen=True, slots=True)
class HandsOver:
    """Who hands over, on which tablet, and for the people of which services."""

    asking: Asking
    tablet: "Tablet | None"
    services: frozenset[int]


@require_http_methods(["GET", "HEAD", "POST"])
def choose_person(request: HttpRequest) -> HttpResponse:
    """Tap 1 chooses a person, tap 2 hands the tablet over."""
    now = timezone.now()
    who = _who_hands_over(request, at=now)
    if who is None:
        return redirect("tablet-start")
    form = PersonForm(request.POST if request.method == "POST" else request.GET)
    appointment = _appointment(who, form.cleaned_data["person"]) if form.is_valid() else None
    if request.method != "POST" or appointment is None:
        return _draw(request, who, appointment, at=now)
    if appointment.session.held_on != timezone.localdate(now):
        return _draw(request, who, appointment, at=now, problem=NOT_TODAY)
    return _put_in_hands(request, who, appointment, at=now)


def _put_in_hands(
    request: HttpRequest, who: HandsOver, appointment: "Appointment", *, at: datetime
) -> HttpResponse:
    one_tap = who.tablet is not None and who.tablet.one_tap
    try:
        _, secret = hand_over(
            appointment=appointment, tablet=who.tablet, by=who.asking.username, at=at,
            mode="one_tap" if one_tap else "radios",
        )  # fmt: skip
    except (CannotStart, NothingInForce) as refused:
        return _draw(request, who, appointment, at=at, problem=str(refused))
    # The patient's browser holds no staff session (hazard H3).
    end_and_begin(request, **{SECRET: secret})
    return looks.keep(redirect("tablet-language"), _first_look(who, appointment))


def _first_look(who: HandsOver, appointment: "Appointment") -> Look:
    large = appointment.patient.information_needs.get("large_text")
    left = who.tablet is not None and who.tablet.left_hand
    return Look(size="larger" if large else "large", hand="left" if left else "right")


def _who_hands_over(request: HttpRequest, *, at: datetime) -> HandsOver | None:
    """Whoever unlocked the tablet, or is signed in and permitted; None when nobody is."""
    tablet, today = tablet_of(request), timezone.localdate(at)
    username = locked.unlocked_by(request, at=at) if tablet else ""
    if username:
        found = asking_as(username, on=today)
    elif request.user.is_authenticated:
        found = asking(request.user, on=today)
    else:
        return None
    if found is None or not found.may(May.HAND_OVER_TABLET):
        raise PermissionDenied(MAY_NOT)
    services = found.services_where(May.HAND_OVER_TABLET)
    return HandsOver(found, tablet, services & {tablet.service_id} if tablet else services)


def _appointment(who: HandsOver, appointment_id: UUID) -> "Appointment":
    found = appointment_for(who.asking, appointment_id, may=May.HAND_OVER_TABLET)
    if found.session.service_id not in who.services:
        raise Http404
    return found


def _draw(
    request: HttpRequest, who: HandsOver, chosen: "Appointment | None", *, at: datetime,
    problem: str = "",
) -> HttpResponse:  # fmt: skip
    today = timezone.localdate(at)
    expected = [each for pk in sorted(who.services) for each in expected_at(pk, day=today)]
    offers = offers_for([each.pk for each in expected])
    audit.record(
        who=who.asking.username, did="saw who is due on tablet",
        about=f"services {sorted(who.services)}", at=at,
    )  # fmt: skip
    at_desk = request.user.is_authenticated
    if not at_desk:
        locked.keep_unlocked(request, by=who.asking.username, at=at)
    page = HandOverPage(
        people=people_due(expected, offers, chosen.pk if chosen else None),
        chosen=PersonChosen.of(chosen, problem=problem) if chosen else None,
        hides_after=int(locked.LIST_SHOWS_FOR.total_seconds()),
        at_desk=at_desk,
        is_demo=settings.IMPARTS_DEMO,
    )
    drawn = render(
        request, "questionnaires/hand_over.jinja", {"page": page}, status=409 if problem else 200
    )
    to = "/" if at_desk else reverse("tablet-start")
    return clears_itself(drawn, after=page.hides_after, to=to)
