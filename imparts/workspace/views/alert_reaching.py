"""Handing an alert to someone else, and each attempt to reach a patient who has left."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.pathways import actions as pathways
from imparts.pathways.forms import Attempt, HandOn
from imparts.pathways.queries import alert_for, cover_on, who_could_hold
from imparts.workspace.pages.hand_on import HandOnPage, people_to_hand_to
from imparts.workspace.queries.patients import banner_of, person_of
from imparts.workspace.views.alert_drawing import draw, opened
from imparts.workspace.views.alerts import closing_of
from imparts.workspace.views.noting import note_patient


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.ACT_ON_ALERTS)
def hand_on(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Who may act at this service; sending the form hands the alert to one of them."""
    asking, now = request.asking, timezone.localtime()
    story = alert_for(asking, alert_id)
    service = story.alert.service
    colleagues = who_could_hold("owner", service, on=now.date())
    people = people_to_hand_to(colleagues, cover_on(service, now.date()), reader=asking.username)
    form = HandOn(request.POST or None, people=[(one.staff_id, one.name) for one in people])
    if request.method == "POST" and form.is_valid():
        to = next(one for one in colleagues if str(one.pk) == form.cleaned_data["to"])
        try:
            pathways.hand_on_alert(
                alert=story.alert, to=to, why=form.cleaned_data["why"], by=asking.username, at=now
            )
        except pathways.NotDone as refused:
            messages.error(request, f"Nothing was changed. {closing_of(story) or refused}")
        else:
            said = f"Handed to {to}, who is called now. Its clock goes on until they take it."
            messages.success(request, said)
        return redirect("workspace:alert", alert_id)
    note_patient(asking, person_of(story), did="saw alert", about=f"alert {alert_id}", at=now)
    banner = banner_of(person_of(story), on=now.date())
    page = HandOnPage.of(story, form=form, banner=banner, people=people, reader=asking.username)
    return render(request, "workspace/hand_on.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.ACT_ON_ALERTS)
def attempt(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Store one attempt with its time; it closes nothing and stops no clock."""
    story = alert_for(request.asking, alert_id)
    form = Attempt(request.POST)
    if not form.is_valid():
        return draw(request, opened(request, alert_id), attempt=form, status=422)
    try:
        pathways.record_attempt(
            alert=story.alert, by=request.asking.username, at=timezone.now(), **form.cleaned_data
        )
    except pathways.NotDone as refused:
        messages.error(request, f"Nothing was saved. {closing_of(story) or refused}")
        lost = f"{form.cleaned_data['outcome']}"
        return draw(request, opened(request, alert_id), lost=lost, status=409)
    messages.success(request, "Saved with the time. The alert stays open, and its clock goes on.")
    return redirect("workspace:alert", alert_id)
