"""The trend of one measure as a graph and as a table, and from which score changes are counted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.design.dates import day
from imparts.informatics.results import actions as results
from imparts.informatics.results.queries import score_of
from imparts.people.queries import patient_for
from imparts.workspace.pages.trend import TrendPage
from imparts.workspace.pages.trend_table import TrendTablePage
from imparts.workspace.queries.measures import day_of
from imparts.workspace.queries.trend import first_measure, trend_facts
from imparts.workspace.trend_facts import TrendFacts
from imparts.workspace.views.noting import note_patient


@require_safe
@staff_page(may=May.SEE_RESULTS)
def trends(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """To the measure that a person's trends begin with."""
    today = timezone.localdate()
    patient = patient_for(request.asking, patient_id, on=today, may=May.SEE_RESULTS)
    return redirect("workspace:trend", patient.pk, first_measure(request.asking, patient))


@require_safe
@staff_page(may=May.SEE_RESULTS)
def trend(request: HttpRequest, patient_id: UUID, instrument: str) -> HttpResponse:
    """One measure as a graph, with others on the same days."""
    page = TrendPage.of(_facts(request, patient_id, instrument), today=timezone.localdate())
    return render(request, "workspace/trend.jinja", {"page": page})


@require_safe
@staff_page(may=May.SEE_RESULTS)
def trend_table(request: HttpRequest, patient_id: UUID, instrument: str) -> HttpResponse:
    """The same data as a table."""
    page = TrendTablePage.of(_facts(request, patient_id, instrument), today=timezone.localdate())
    return render(request, "workspace/trend_table.jinja", {"page": page})


def _facts(request: HttpRequest, patient_id: UUID, instrument: str) -> TrendFacts:
    asking, now = request.asking, timezone.localtime()
    patient = patient_for(asking, patient_id, on=now.date(), may=May.SEE_RESULTS)
    facts = trend_facts(asking, patient, instrument, at=now)
    note_patient(asking, patient, did="saw trend", about=instrument, at=now)
    return facts


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def agree_baseline(
    request: HttpRequest, patient_id: UUID, instrument: str, score_id: int
) -> HttpResponse:
    """Count changes from one score on."""
    return _change_baseline(request, patient_id, instrument, score_id, is_agreed=True)


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def take_back_baseline(
    request: HttpRequest, patient_id: UUID, instrument: str, score_id: int
) -> HttpResponse:
    """Count changes from the score before again."""
    return _change_baseline(request, patient_id, instrument, score_id, is_agreed=False)


def _change_baseline(
    request: HttpRequest, patient_id: UUID, instrument: str, score_id: int, *, is_agreed: bool
) -> HttpResponse:
    asking, now = request.asking, timezone.now()
    patient = patient_for(asking, patient_id, on=timezone.localdate(), may=May.DECIDE_STEPS)
    score = score_of(patient, score_id, services=asking.services_where(May.DECIDE_STEPS))
    try:
        if is_agreed:
            results.agree_baseline(score=score, by=asking.username, at=now)
            when = day(day_of(score.completed_at))
            messages.success(request, f"Changes are counted from the score of {when}.")
        else:
            results.take_back_baseline(score=score, by=asking.username, at=now)
            messages.success(request, "Changes are counted from the full answer before again.")
    except results.NotStored as refused:
        messages.error(request, str(refused))
    return redirect("workspace:trend_table", patient.pk, instrument)
