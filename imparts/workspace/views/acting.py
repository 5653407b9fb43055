"""Acting on what was suggested: done, refer, offer, not now, ask again, step out; and take back.

Each is one press (or two, with a reason), by someone who decides on steps at the service; what is
taken back is a later row, so that nothing that was pressed is lost.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.informatics.questionnaires.queries.days import instruments_asked
from imparts.integrated_care.referrals.actions import draft_referral
from imparts.library import queries as library
from imparts.pathways import actions as pathways
from imparts.pathways.queries import alerts_about, entry_for

if TYPE_CHECKING:
    from imparts.pathways.models import PathwayEntry


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def decide(request: HttpRequest, entry_id: int, step_id: str) -> HttpResponse:
    """Accept a step, put it off with one of the reasons offered, or take that back."""
    entry = _entry(request, entry_id)
    try:
        return _decided(request, entry, step_id)
    except pathways.NotDone as refused:
        raise BadRequest(str(refused)) from refused


def _decided(request: HttpRequest, entry: "PathwayEntry", step_id: str) -> HttpResponse:
    by, at = request.asking.username, timezone.now()
    decision, why = request.POST.get("decision", ""), request.POST.get("not_now", "")
    step = next((each for each in entry.steps if each["step_id"] == step_id), {})
    if decision == "done" and step.get("kind") == "refer" and step.get("options"):
        made = draft_referral(entry=entry, step=step_id, told=_told(entry.about), by=by, at=at)
        return redirect("workspace:referral", made.pk)
    if decision == "done":
        details = _carry_out(entry, step, by=by)
    elif decision == "taken_back":
        details = {}
    elif why in {reason.code for reason in library.reasons().not_now}:
        decision, details = "not_now", {}
    else:
        raise BadRequest("Choose done, or one of the reasons for not now.")
    pathways.decide_step(
        entry=entry, step=step_id, decision=decision, why=why if decision == "not_now" else "",
        by=by, at=at, details=details,
    )  # fmt: skip
    return _back(entry)


def _carry_out(entry: "PathwayEntry", step: Mapping[str, Any], *, by: str) -> dict[str, object]:
    """What accepting a step does besides: what is offered, and what is asked again."""
    if step.get("kind") == "self_help":
        return {"self_help": (step.get("options") or [step.get("offer", "")])[0]}
    if step.get("kind") == "repeat" and step.get("asks"):
        booked = [
            pathways.book_repeat(
                patient=entry.patient, service=entry.service, instrument=instrument, entry=entry,
                due_on=timezone.localdate(), by=by, at=timezone.now(),
            ).pk
            for instrument in step["asks"]
        ]  # fmt: skip
        return {"repeats": booked}
    return {}


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def ask_again(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Book a measure to be asked again from a day on, or take the booking back."""
    entry = _entry(request, entry_id)
    instrument, by = request.POST.get("instrument", ""), request.asking.username
    if instrument not in _may_be_booked(entry):
        raise BadRequest("Choose one of the questionnaires of this visit.")
    patient, service, at = entry.patient, entry.service, timezone.now()
    try:
        if request.POST.get("take_back"):
            pathways.take_back_repeat(
                patient=patient, service=service, instrument=instrument, by=by, at=at
            )
        else:
            pathways.book_repeat(
                patient=patient, service=service, instrument=instrument, entry=entry,
                due_on=_day(request), by=by, at=at,
            )  # fmt: skip
    except pathways.NotDone as refused:
        messages.error(request, f"Not booked. {refused}")
    return _back(entry)


def _may_be_booked(entry: "PathwayEntry") -> set[str]:
    """What was part of the visit's questionnaire, and what its steps ask for."""
    asked = {instrument for step in entry.steps for instrument in step.get("asks") or ()}
    return asked | set(instruments_asked(entry.about))


def _day(request: HttpRequest) -> date:
    """The day that was pressed, or the one that was typed."""
    typed = request.POST.get("due") or request.POST.get("on", "")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise pathways.NotDone("Choose in how many weeks, or a day.") from None


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def step_out(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The patient leaves the pathway, with one of the reasons; or is back on it."""
    entry, by, at = _entry(request, entry_id), request.asking.username, timezone.now()
    if request.POST.get("back"):
        pathways.come_back(entry=entry, by=by, at=at)
        return _back(entry)
    why = request.POST.get("why", "")
    if why not in {reason.code for reason in library.reasons().step_out}:
        raise BadRequest("Choose one of the reasons for stepping out.")
    pathways.step_out(entry=entry, why=why, by=by, at=at)
    return _back(entry)


def _entry(request: HttpRequest, entry_id: int) -> "PathwayEntry":
    return entry_for(request.asking, entry_id, on=timezone.localdate())


def _told(sitting: UUID) -> str:
    """What the patient read about the alerts of this visit."""
    stories = alerts_about([sitting]).get(sitting, [])
    return next((story.told.what for story in stories if story.told), "")


def _back(entry: "PathwayEntry") -> HttpResponse:
    person = entry.patient.merged_into_id or entry.patient_id
    return redirect("workspace:visit", person, entry.about)
