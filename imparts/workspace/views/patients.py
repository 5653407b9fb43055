"""Finding a patient, and one patient's page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.audit import actions as audit
from imparts.gateway.smart.queries.launches import apps_to_open
from imparts.people.queries import patient_for
from imparts.workspace.forms import LookFor
from imparts.workspace.pages.one_patient import PatientPage
from imparts.workspace.pages.patients import Found
from imparts.workspace.queries import one_patient as one
from imparts.workspace.queries.names import with_title
from imparts.workspace.queries.patients import banner_of, found
from imparts.workspace.views.noting import note_patient


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SEE_PATIENTS)
def find(request: HttpRequest) -> HttpResponse:
    """Search by name, birth date or number; what was typed is sent in the form, not the address."""
    form = LookFor(request.POST or None)
    people = None
    if request.method == "POST" and form.is_valid():
        now = timezone.localtime()
        people = found(request.asking, form.cleaned_data["looked_for"], on=now.date())
        audit.record(
            who=request.asking.username, did="searched patients", about=f"{len(people)} found",
            at=now,
        )  # fmt: skip
    page = Found.of(people, form)
    return render(request, "workspace/patients.jinja", {"page": page}, status=page.status)


@require_safe
@staff_page(may=May.SEE_PATIENTS)
def one_patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Who someone is, what was answered when, and what is still open."""
    asking, now = request.asking, timezone.localtime()
    patient = patient_for(asking, patient_id, on=now.date())
    note_patient(asking, patient, did="saw patient", at=now)
    facts = one.one_patient(asking, patient, on=now.date())
    page = PatientPage.of(
        banner_of(patient, on=now.date()),
        facts,
        patient=patient.pk,
        called=with_title(one.user_names_in(facts)),
        has_apps=apps_to_open().exists(),
        today=now.date(),
    )
    return render(request, "workspace/patient.jinja", {"page": page})
