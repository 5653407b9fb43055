"""Treatments and events of a person: adding one, its end, and taking a slip back."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.pathways import actions as pathways
from imparts.pathways.queries import treatment_step, treatments_of
from imparts.people.queries import patient_for
from imparts.workspace.measure_forms import OneTreatment, day_field
from imparts.workspace.pages.body import treatment_rows
from imparts.workspace.queries.at_services import patient_with_services
from imparts.workspace.queries.names import called
from imparts.workspace.views.kept_rows import kept_page
from imparts.workspace.views.noting import note_patient

if TYPE_CHECKING:
    from datetime import datetime

    from imparts.access.queries import Asking
    from imparts.people.models import Patient

WHAT = "Choose to end the treatment, to let it go on, or to take it out."


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.DECIDE_STEPS)
def treatments(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """What a person has been given or what has happened, and the form for one more."""
    asking, now = request.asking, timezone.localtime()
    patient, services = patient_with_services(
        asking, patient_id, may=May.DECIDE_STEPS, on=now.date()
    )
    form = OneTreatment(
        request.POST or None,
        services=services,
        initial={"kind": "course"},
    )
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            _add(form, patient, asking, now)
        except pathways.NotDone as slip:
            refused = str(slip)
        else:
            messages.success(request, "Saved.")
            return redirect("workspace:treatments", patient.pk)
    return _drawn(request, patient, form, refused)


def _add(form: OneTreatment, patient: "Patient", asking: "Asking", at: "datetime") -> None:
    """The beginning and, where it has ended, the end: both or neither."""
    typed = form.cleaned_data
    with transaction.atomic():
        step = pathways.begin_treatment(
            patient=patient, service=form.chosen_service(), option=typed["option"],
            what=typed["what"], kind=typed["kind"], began_on=typed["began_on"],
            by=asking.username, at=at,
        )  # fmt: skip
        if typed["ended_on"]:
            pathways.end_treatment(
                step=step, ended_on=typed["ended_on"], why="", by=asking.username, at=at
            )


def _drawn(
    request: HttpRequest, patient: "Patient", form: OneTreatment, refused: str
) -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    note_patient(asking, patient, did="saw treatments", at=now)
    services = asking.services_where(May.DECIDE_STEPS)
    found = treatments_of([patient.pk], services=services).get(patient.pk, ())
    page = kept_page(
        request, patient, form,
        title="Treatments and events",
        refused=refused,
        rows=treatment_rows(found, called=called(one.by for one in found)),
        empty="No treatment or event has been added yet.",
        put_back=("workspace:change_treatment", "go-on"),
    )  # fmt: skip
    return render(request, "workspace/treatments.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def change(request: HttpRequest, patient_id: UUID, step_id: int, what: str) -> HttpResponse:
    """End one, let it go on, take it out, or put it back."""
    asking, now = request.asking, timezone.now()
    patient = patient_for(asking, patient_id, on=timezone.localdate(), may=May.DECIDE_STEPS)
    services = asking.services_where(May.DECIDE_STEPS)
    step = treatment_step(patient, step_id, services=services)
    said, address = "Saved.", reverse("workspace:treatments", args=[patient.pk])
    try:
        if what == "end":
            ended_on = day_field("", "Choose the day that it ended.").clean(
                request.POST.get("ended_on", "")
            )
            pathways.end_treatment(step=step, ended_on=ended_on, why="", by=asking.username, at=now)
        elif what == "go-on":
            pathways.take_up_again(step=step, by=asking.username, at=now)
        elif what == "take-out":
            pathways.withdraw_treatment(step=step, by=asking.username, at=now)
            said, address = "Taken out: it was entered in error.", f"{address}?out={step.pk}"
        else:
            raise BadRequest(WHAT)
    except (pathways.NotDone, ValidationError) as refused:
        messages.error(
            request, refused.messages[0] if isinstance(refused, ValidationError) else str(refused)
        )
    else:
        messages.success(request, said)
    return redirect(address)
