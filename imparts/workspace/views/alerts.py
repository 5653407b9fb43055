"""The alerts: the list, one alert beside it, taking one, and recording what was done.

A page may be older than what it is about: what is pressed on it is done only when it still fits,
and otherwise the page says plainly what happened and what is so now.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.design.dates import clock
from imparts.pathways import actions as pathways
from imparts.pathways.forms import WhatWasDone
from imparts.pathways.queries import AlertStory, alert_for, open_alerts_for
from imparts.pathways.said_and_done import what_was_done
from imparts.workspace.pages.waiting import WaitsForYou
from imparts.workspace.queries.names import called
from imparts.workspace.queries.waiting import waiting_for
from imparts.workspace.views.alert_drawing import draw, opened
from imparts.workspace.views.noting import note_list


@require_safe
@staff_page(may=May.ACT_ON_ALERTS)
def alert_list(request: HttpRequest) -> HttpResponse:
    """Every alert that someone may act on."""
    note_list(request.asking, did="saw alert list", about="alerts", at=timezone.now())
    return draw(request)


@require_safe
@staff_page(may=May.ACT_ON_ALERTS)
def one_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert beside the list. Opening it is noted, and counts as having seen it."""
    return draw(request, opened(request, alert_id))


@require_safe
@staff_page(may=May.ACT_ON_ALERTS)
def waiting(request: HttpRequest) -> HttpResponse:
    """The line about alerts that wait for the reader; the open page asks for it again."""
    now = timezone.now()
    page = WaitsForYou.of(
        waiting_for(request.asking, open_alerts_for(request.asking), at=now), now=now
    )
    return render(request, "workspace/waiting.jinja", {"page": page})


@require_POST
@staff_page(may=May.ACT_ON_ALERTS)
def take(request: HttpRequest, alert_id: int) -> HttpResponse:
    """ "I'll ask now": the reader owns the alert from here, unless it was taken meanwhile."""
    asking = request.asking
    story = alert_for(asking, alert_id)
    if story.is_closed:
        messages.error(request, f"Nothing was changed. {closing_of(story)}")
    elif story.taken and story.taken.by == asking.username:
        messages.info(request, f"You have this alert already, since {clock(story.taken.at)}.")
    else:
        try:
            pathways.acknowledge_alert(
                alert=story.alert, by=asking.username, at=timezone.now(),
                instead_of=request.POST.get("instead_of", ""),
            )  # fmt: skip
        except pathways.NotDone as refused:
            messages.error(request, f"Nothing was changed. {refused}")
    return _back(request, story)


@require_POST
@staff_page(may=May.ACT_ON_ALERTS)
def record(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Store what was said and done; close the alert only with a talk, an action and a reason."""
    story = alert_for(request.asking, alert_id)
    closes = request.POST.get("save") == "close"
    form = WhatWasDone(request.POST, today=timezone.localdate(), closes=closes)
    is_valid = form.is_valid()
    if story.is_closed:
        return _too_late(request, story, what_was_done(form.details()))
    if not is_valid:
        return draw(request, opened(request, alert_id), form=form, status=422)
    try:
        pathways.record_what_was_done(
            alert=story.alert, details=form.details(), closes=closes,
            by=request.asking.username, at=timezone.now(),
        )  # fmt: skip
    except pathways.NotDone as refused:
        messages.error(request, str(refused))
        return _too_late(
            request, alert_for(request.asking, alert_id), what_was_done(form.details())
        )
    said = (
        "Saved. The alert is closed." if closes else "Saved. It stays open, and its clock goes on."
    )
    messages.success(request, f"{said}{_meanwhile(request, story)}")
    return redirect("workspace:alert", alert_id)


def closing_of(story: AlertStory) -> str:
    """Who closed it and when: "Nurse closed this alert at 10:20."."""
    if story.closed is None:
        return ""
    who = called([story.closed.by])(story.closed.by)
    return f"{who} closed this alert at {clock(story.closed.at)}."


def _too_late(request: HttpRequest, story: AlertStory, typed: str) -> HttpResponse:
    """Closed meanwhile: what was typed stands on the page, to be copied, and nothing is stored."""
    messages.error(request, f"Nothing was saved. {closing_of(story)}")
    return draw(request, opened(request, story.alert.pk), lost=typed, status=409)


def _meanwhile(request: HttpRequest, story: AlertStory) -> str:
    """Who took the alert while the page stood open, if somebody did."""
    knew = request.POST.get("knew", "")
    taken = story.taken
    if not knew.isdecimal() or taken is None or taken.by == request.asking.username:
        return ""
    if taken.pk <= int(knew):
        return ""
    who = called([taken.by])(taken.by)
    return f" While you were writing, {who} took it at {clock(taken.at)}."


def _back(request: HttpRequest, story: AlertStory) -> HttpResponse:
    """To the page that the button stood on; only pages of this alert are known here."""
    back = request.POST.get("back", "")
    if back == "clinic":
        return redirect("workspace:clinic")
    if back == str(story.alert.about):
        return redirect("workspace:visit", story.alert.patient_id, story.alert.about)
    return redirect("workspace:alert", story.alert.pk)
