"""Typing a physical measure: which, what number, when; and taking a slip back."""

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
from imparts.informatics.results.queries import physical_measure, physical_measures_of
from imparts.library import queries as library
from imparts.workspace.measure_forms import OneMeasure
from imparts.workspace.pages.body import physical_marks, physical_rows
from imparts.workspace.queries.at_services import patient_with_services
from imparts.workspace.queries.names import called
from imparts.workspace.views.kept_rows import RESTORE, Kept, change_kept, kept_page
from imparts.workspace.views.noting import note_patient

if TYPE_CHECKING:
    from imparts.access.queries import Asking
    from imparts.people.models import Patient

KEPT = Kept(
    "measure", "workspace:physical", find=physical_measure,
    withdraw=results.withdraw_physical_measure, restore=results.restore_physical_measure,
    named=lambda row: f"{_named(row.code)}: ",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SEE_RESULTS)
def physical(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The physical measures of a person, and the form for one more."""
    asking, now = request.asking, timezone.localtime()
    patient, services = patient_with_services(
        asking, patient_id, may=May.SEE_RESULTS, on=now.date()
    )
    form = OneMeasure(
        request.POST or None,
        services=services,
        initial={"measured_on": now.date(), "code": _last_code(asking, patient)},
    )
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = results.record_physical_measure(
                patient=patient, service=form.chosen_service(), by=asking.username, at=now,
                **form.typed(),
            )  # fmt: skip
        except results.NotStored as slip:
            refused = str(slip)
        else:
            messages.success(request, f"Saved: {_named(made.code)}.")
            return redirect("workspace:physical", patient.pk)
    return _drawn(request, patient, form, refused)


def _drawn(
    request: HttpRequest, patient: "Patient", form: OneMeasure, refused: str
) -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    seen = asking.services_where(May.SEE_RESULTS)
    found = physical_measures_of([patient.pk], services=seen).get(patient.pk, {})
    note_patient(asking, patient, did="saw physical measures", at=now)
    page = kept_page(
        request, patient, form,
        title="Physical measures",
        refused=refused,
        rows=physical_rows(
            found,
            library.physical_measures().values(),
            called=called(p.by for points in found.values() for p in points),
            services=seen,
        ),
        empty="Nothing has been typed at your services yet.",
        marks=physical_marks(found, library.physical_measures().values()),
        put_back=("workspace:change_physical", RESTORE),
    )  # fmt: skip
    return render(request, "workspace/physical.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.SEE_RESULTS)
def change(request: HttpRequest, patient_id: UUID, measure_id: int, what: str) -> HttpResponse:
    """Take one measure out, or put it back."""
    return change_kept(request, patient_id, measure_id, what, KEPT)


def _last_code(asking: "Asking", patient: "Patient") -> str:
    """What was typed last of this person is what is typed next, most often."""
    seen = asking.services_where(May.SEE_RESULTS)
    found = physical_measures_of([patient.pk], services=seen).get(patient.pk, {})
    return max(found, key=lambda code: found[code][-1].id, default="")


def _named(code: str) -> str:
    kind = library.physical_measures().get(code)
    return kind.name if kind else code
