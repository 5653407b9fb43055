"""Clinic days: planning one, changing it, taking it off, and a test patient in one step."""

from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.administration.forms.places import AFTERNOON_FROM, NewClinic, StartAndRoom
from imparts.administration.pages.bookings import first_free
from imparts.administration.pages.clinics import ClinicList, ClinicPage
from imparts.administration.queries import clinics as queries
from imparts.administration.queries.services import (
    chosen_service,
    open_services,
    service_to_set_up,
)
from imparts.informatics.clinics import actions as clinics
from imparts.people import actions as people


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def clinic_list(request: HttpRequest) -> HttpResponse:
    """The clinics from today on, without names; sending the form plans another."""
    now = timezone.localtime()
    today = now.date()
    services = open_services(request.asking, on=today)
    form = NewClinic(
        request.POST or None, services=services, today=today, initial=_half_day_of(now)
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        service = service_to_set_up(request.asking, given.pop("service"))
        try:
            clinics.plan_session(service=service, by=request.asking.username, at=now, **given)
            return redirect("administration:clinics")
        except clinics.SessionRefused as refused:
            form.add_error("part", str(refused))
    found = queries.sessions_ahead(request.asking, may=May.SET_UP, day=today)
    chosen = chosen_service(request.asking, request.GET.get("service", ""))
    page = ClinicList.of(found, services=services, chosen=chosen, form=form, today=today)
    return render(request, "administration/clinics.jinja", {"page": page}, status=page.status)


def _half_day_of(now: datetime) -> dict[str, str]:
    """What the form begins with: the clinic that could be on now."""
    is_morning = now.time() < AFTERNOON_FROM
    return {
        "held_on": now.date().isoformat(),
        "part": "morning" if is_morning else "afternoon",
        "starts_at": "09:00" if is_morning else "13:30",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def one_clinic(request: HttpRequest, session_id: int) -> HttpResponse:
    """One clinic; sending the form changes start and room."""
    now = timezone.localtime()
    session = queries.session_for(request.asking, session_id, may=May.SET_UP)
    starts = f"{session.starts_at:%H:%M}" if session.starts_at else ""
    form = StartAndRoom(request.POST or None, initial={"starts_at": starts, "place": session.place})
    if request.method == "POST" and form.is_valid():
        clinics.change_session(
            session=session, by=request.asking.username, at=now, **form.cleaned_data
        )
        return redirect("administration:clinics")
    page = ClinicPage.of(session, form=form, today=now.date())
    return render(request, "administration/clinic.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.SET_UP)
def remove(request: HttpRequest, session_id: int) -> HttpResponse:
    """Take off a clinic for which nobody was ever booked."""
    session = queries.session_for(request.asking, session_id, may=May.SET_UP)
    try:
        clinics.remove_session(session=session, by=request.asking.username, at=timezone.now())
    except clinics.SessionRefused as refused:
        messages.error(request, str(refused))
    return redirect("administration:clinics")


@require_POST
@staff_page(may=May.SET_UP)
def add_test_patient(request: HttpRequest, session_id: int) -> HttpResponse:
    """Invent someone and book them at the next free time of this clinic."""
    now, by = timezone.localtime(), request.asking.username
    session = queries.session_for(request.asking, session_id, may=May.SET_UP)
    free = first_free(session, queries.expected(session), now=now) or time(12)
    at = datetime.combine(session.held_on, free, tzinfo=now.tzinfo)
    made = people.register_test_patient(by=by, at=now)
    clinics.book(session=session, patient=made, appointment_at=at, by=by, at=now)
    messages.success(request, f"Test patient {made.name} is booked at {free:%H:%M}.")
    return redirect("administration:clinics")
