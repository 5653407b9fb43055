"""Typing a diagnosis: what, under which code, since when; and taking a slip back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.informatics.results import actions as results
from imparts.informatics.results.queries import diagnoses_of, diagnosis
from imparts.people.queries import patient_for
from imparts.workspace.measure_forms import OneDiagnosis
from imparts.workspace.pages.diagnoses import DiagnosesPage, diagnosis_rows
from imparts.workspace.queries.at_services import patient_with_services
from imparts.workspace.queries.names import called
from imparts.workspace.queries.patients import banner_of
from imparts.workspace.views.noting import note_patient
from imparts.workspace.views.physical import undone

if TYPE_CHECKING:
    from imparts.people.models import Patient

CHANGES = {
    "withdraw": (results.withdraw_diagnosis, "Taken out. It was entered in error."),
    "restore": (results.restore_diagnosis, "It stands again."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SEE_RESULTS)
def diagnoses(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The diagnoses of a person, and the form for one more."""
    asking, now = request.asking, timezone.localtime()
    patient, services = patient_with_services(
        asking, patient_id, may=May.SEE_RESULTS, on=now.date()
    )
    form = OneDiagnosis(request.POST or None, services=services)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            results.record_diagnosis(
                patient=patient, service=form.chosen_service(), by=asking.username, at=now,
                **form.typed(),
            )  # fmt: skip
        except results.NotStored as slip:
            refused = str(slip)
        else:
            messages.success(request, "Saved.")
            return redirect("workspace:diagnoses", patient.pk)
    return _drawn(request, patient, form, refused)


def _drawn(
    request: HttpRequest, patient: "Patient", form: OneDiagnosis, refused: str
) -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    seen = asking.services_where(May.SEE_RESULTS)
    found = diagnoses_of([patient.pk], services=seen).get(patient.pk, ())
    note_patient(asking, patient, did="saw diagnoses", at=now)
    page = DiagnosesPage(
        patient=patient.pk,
        banner=banner_of(patient, on=now.date()),
        form=form,
        single_service=len(form.fields["service"].choices) == 1,
        refused=refused,
        rows=diagnosis_rows(
            found,
            own=frozenset(each.id for each in found if each.service_id in seen),
            called=called(each.by for each in found),
        ),
        latest=now.date().isoformat(),
        undo=undone(request),
    )
    return render(request, "workspace/diagnoses.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.SEE_RESULTS)
def change(request: HttpRequest, patient_id: UUID, diagnosis_id: int, what: str) -> HttpResponse:
    """Take one diagnosis out, or put it back."""
    if what not in CHANGES:
        raise BadRequest("Choose to take the diagnosis out or to put it back.")
    asking, now = request.asking, timezone.now()
    patient = patient_for(asking, patient_id, on=timezone.localdate(), may=May.SEE_RESULTS)
    services = asking.services_where(May.SEE_RESULTS)
    held = diagnosis(patient, diagnosis_id, services=services)
    do, said = CHANGES[what]
    try:
        made = do(diagnosis=held, by=asking.username, at=now)
    except results.NotStored as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
        if what == "withdraw":
            return redirect(f"{reverse('workspace:diagnoses', args=[patient.pk])}?out={made.pk}")
    return redirect("workspace:diagnoses", patient.pk)
