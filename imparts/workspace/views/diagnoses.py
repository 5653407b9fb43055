"""Typing a diagnosis: what, under which code, since when; and taking a slip back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.informatics.results import actions as results
from imparts.informatics.results.queries import diagnoses_of, diagnosis
from imparts.workspace.measure_forms import OneDiagnosis
from imparts.workspace.pages.diagnoses import diagnosis_rows
from imparts.workspace.queries.at_services import patient_with_services
from imparts.workspace.queries.names import called
from imparts.workspace.views.kept_rows import RESTORE, Kept, change_kept, kept_page
from imparts.workspace.views.noting import note_patient

if TYPE_CHECKING:
    from imparts.people.models import Patient

KEPT = Kept(
    "diagnosis", "workspace:diagnoses", find=diagnosis, withdraw=results.withdraw_diagnosis,
    restore=results.restore_diagnosis, named=lambda _: "",
)  # fmt: skip


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
    page = kept_page(
        request, patient, form,
        title="Diagnoses",
        refused=refused,
        rows=diagnosis_rows(found, called=called(each.by for each in found), services=seen),
        empty="None has been recorded at your services.",
        put_back=("workspace:change_diagnosis", RESTORE),
    )  # fmt: skip
    return render(request, "workspace/diagnoses.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.SEE_RESULTS)
def change(request: HttpRequest, patient_id: UUID, diagnosis_id: int, what: str) -> HttpResponse:
    """Take one diagnosis out, or put it back."""
    return change_kept(request, patient_id, diagnosis_id, what, KEPT)
