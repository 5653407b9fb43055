"""Today's clinic list: for the desk, and for those who see results."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.workspace.pages.clinician_list import ClinicianList, Column
from imparts.workspace.pages.reception_list import ReceptionList
from imparts.workspace.queries.clinic_day import tablets_line, visits_at_desk, visits_of_clinic
from imparts.workspace.queries.clinics_today import ClinicsToday, clinics_today
from imparts.workspace.queries.covers import not_covered_today
from imparts.workspace.queries.measures import shown_at
from imparts.workspace.views.noting import note_list

LOOKED_FOR = "looked_for"


@require_safe
@staff_page(may=May.SEE_CLINIC_LIST)
def clinic_list(request: HttpRequest) -> HttpResponse:
    """One sitting of one service, as the role at that service may see it."""
    now = timezone.localtime()
    clinics = clinics_today(
        request.asking,
        service=request.GET.get("service", ""),
        part=request.GET.get("part", ""),
        now=now,
    )
    session = clinics.session
    if session:
        note_list(request.asking, did="saw clinic list", about=f"session {session.pk}", at=now)
    if clinics.service in request.asking.services_where(May.SEE_RESULTS):
        return _for_clinicians(request, clinics, now=now)
    return _for_desk(request, clinics, now=now)


def _for_clinicians(request: HttpRequest, clinics: ClinicsToday, *, now: datetime) -> HttpResponse:
    shown = shown_at(clinics.service, on=now.date())
    visits = visits_of_clinic(clinics.session, shown) if clinics.session else []
    page = ClinicianList.of(
        visits,
        columns=tuple(Column(*head) for head in shown.heads),
        note=shown.note,
        may_book=clinics.service in request.asking.services_where(May.CHECK_IN),
        **_around(clinics, now=now),
    )
    return render(request, "workspace/clinic_list_clinician.jinja", {"page": page})


def _for_desk(request: HttpRequest, clinics: ClinicsToday, *, now: datetime) -> HttpResponse:
    asking: Asking = request.asking
    visits = visits_at_desk(clinics.session) if clinics.session else []
    page = ReceptionList.of(
        visits,
        looked_for=request.session.get(LOOKED_FOR, ""),
        tablets=tablets_line(clinics.service, visits, at=now) if clinics.session else (),
        may_act=clinics.service in asking.services_where(May.CHECK_IN),
        **_around(clinics, now=now),
    )
    return render(request, "workspace/clinic_list_reception.jinja", {"page": page})


def _around(clinics: ClinicsToday, *, now: datetime) -> dict[str, Any]:
    return {
        "part": clinics.part,
        "now": now,
        "today": now.date(),
        "services": clinics.services,
        "sessions": clinics.sessions,
        "not_covered": not_covered_today(clinics.service, on=now.date()) if clinics.session else "",
        "service": clinics.service,
    }


@require_POST
@staff_page(may=May.SEE_CLINIC_LIST)
def find(request: HttpRequest) -> HttpResponse:
    """Narrow the list to a name or birth date, kept in the session: never in an address."""
    text = "" if "all" in request.POST else request.POST.get(LOOKED_FOR, "")
    request.session[LOOKED_FOR] = text.replace("\0", "").strip()[:60]
    return redirect("workspace:clinic")
