"""Drawing the alerts: the list, and one alert beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from imparts.pathways import actions as pathways
from imparts.pathways.forms import Attempt, WhatWasDone
from imparts.pathways.queries import AlertStory, alert_for, called_by
from imparts.workspace.pages.alerts import AlertsPage, OneAlert
from imparts.workspace.queries.alerts import how_quickly, inbox_of, whereabouts
from imparts.workspace.queries.covers import without_cover
from imparts.workspace.queries.last_answers import answer_before
from imparts.workspace.queries.names import called
from imparts.workspace.queries.patients import banner_of, person_of
from imparts.workspace.views.noting import note_patient


def opened(request: HttpRequest, alert_id: int) -> AlertStory:
    """One alert, noted as looked at and, while it is open, as seen."""
    asking, now = request.asking, timezone.now()
    story = alert_for(asking, alert_id)
    note_patient(asking, person_of(story), did="saw alert", about=f"alert {alert_id}", at=now)
    if not story.is_closed:
        pathways.record_seen(alert=story.alert, by=asking.username, at=now, what="Opened the alert")
    return alert_for(asking, alert_id)


def draw(
    request: HttpRequest,
    story: AlertStory | None = None,
    *,
    form: WhatWasDone | None = None,
    attempt: Attempt | None = None,
    lost: str = "",
    status: int = 200,
) -> HttpResponse:
    """The list; with a story, that alert beside it with what may be recorded."""
    asking, now = request.asking, timezone.localtime()
    inbox = inbox_of(asking, at=now)
    shown = [*inbox.all, *([story] if story else [])]
    known_as, where = called(called_by(shown)), whereabouts(shown, at=now)

    def beside(one: AlertStory) -> OneAlert:
        person = person_of(one)
        return OneAlert.of(
            one, banner=banner_of(person, on=now.date()), patient=person.pk, who=where(one),
            before=answer_before(asking, one), reader=asking.username, called=known_as, now=now,
            lost=lost,
        )  # fmt: skip

    page = AlertsPage.of(
        inbox,
        where=where,
        called=known_as,
        reader=asking.username,
        now=now,
        usual=how_quickly(asking, at=now),
        not_covered=without_cover(asking, on=now.date()),
        one=beside(story) if story else None,
    )
    is_open = story is not None and not story.is_closed
    context = {
        "page": page,
        "form": (form or WhatWasDone(today=now.date())) if is_open else None,
        "attempt": (attempt or Attempt()) if is_open else None,
    }
    return render(request, "workspace/alerts.jinja", context, status=status)
