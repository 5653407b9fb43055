"""The alerts: the list, one alert beside it, taking one, and recording what was done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.pathways import actions as pathways
from imparts.pathways.forms import WhatWasDone
from imparts.pathways.queries import AlertStory, alert_for, alerts_closed_since, open_alerts_for
from imparts.workspace.pages.alerts import AlertsPage, OneAlert
from imparts.workspace.queries.alerts import how_quickly, whereabouts
from imparts.workspace.queries.last_answers import answer_before
from imparts.workspace.queries.names import called
from imparts.workspace.queries.patients import banner_of, person_of
from imparts.workspace.views.noting import note_list, note_patient


@require_safe
@staff_page(may=May.ACT_ON_ALERTS)
def alert_list(request: HttpRequest) -> HttpResponse:
    """Every alert that someone may act on."""
    note_list(request.asking, did="saw alert list", about="alerts", at=timezone.now())
    return _show(request)


@require_safe
@staff_page(may=May.ACT_ON_ALERTS)
def one_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert beside the list. Opening it is noted, and counts as having seen it."""
    story = _opened(request, alert_id)
    return _show(request, story, WhatWasDone(today=timezone.localdate()))


@require_POST
@staff_page(may=May.ACT_ON_ALERTS)
def take(request: HttpRequest, alert_id: int) -> HttpResponse:
    """ "I'll ask now": the reader owns the alert from here."""
    story = alert_for(request.asking, alert_id)
    try:
        pathways.acknowledge_alert(alert=story.alert, by=request.asking.username, at=timezone.now())
    except pathways.NotDone as refused:
        messages.error(request, str(refused))
    return _back(request, story)


@require_POST
@staff_page(may=May.ACT_ON_ALERTS)
def record(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Store what was said and done; close the alert only with a talk, an action and a reason."""
    story = alert_for(request.asking, alert_id)
    closes = request.POST.get("save") == "close"
    form = WhatWasDone(request.POST, today=timezone.localdate(), closes=closes)
    if not form.is_valid():
        return _show(request, _opened(request, alert_id), form, status=422)
    try:
        pathways.record_what_was_done(
            alert=story.alert, details=form.details(), closes=closes,
            by=request.asking.username, at=timezone.now(),
        )  # fmt: skip
    except pathways.NotDone as refused:
        messages.error(request, str(refused))
        return redirect("workspace:alert", alert_id)
    messages.success(request, "Saved. The alert is closed." if closes else "Saved. It stays open.")
    return redirect("workspace:alert", alert_id)


def _back(request: HttpRequest, story: AlertStory) -> HttpResponse:
    """To the page that the button stood on; only pages of this alert are known here."""
    back = request.POST.get("back", "")
    if back == "clinic":
        return redirect("workspace:clinic")
    if back == str(story.alert.about):
        return redirect("workspace:visit", story.alert.patient_id, story.alert.about)
    return redirect("workspace:alert", story.alert.pk)


def _opened(request: HttpRequest, alert_id: int) -> AlertStory:
    asking, now = request.asking, timezone.now()
    story = alert_for(asking, alert_id)
    note_patient(asking, person_of(story), did="saw alert", about=f"alert {alert_id}", at=now)
    if not story.is_closed:
        pathways.record_seen(alert=story.alert, by=asking.username, at=now, what="Opened the alert")
    return alert_for(asking, alert_id)


def _show(
    request: HttpRequest,
    story: AlertStory | None = None,
    form: WhatWasDone | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    open_ones, closed = open_alerts_for(asking), alerts_closed_since(asking, midnight)
    shown = [*open_ones, *closed, *([story] if story else [])]
    known_as = called(event.by for each in shown for event in each.events)
    where = whereabouts(shown, at=now)
    one = None
    if story:
        one = OneAlert.of(
            story,
            banner=banner_of(person_of(story), on=now.date()),
            patient=person_of(story).pk,
            place=where(story).place,
            before=answer_before(asking, story),
            reader=asking.username,
            called=known_as,
            now=now,
        )
    page = AlertsPage.of(
        open_ones=open_ones,
        closed_today=closed,
        where=where,
        called=known_as,
        reader=asking.username,
        now=now,
        usual=how_quickly(asking, at=now),
        one=one,
    )
    context = {"page": page, "form": form if story and not story.is_closed else None}
    return render(request, "workspace/alerts.jinja", context, status=status)
