"""Who answers for alerts: saying yes for oneself, and arranging days, leave and clocks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.pathways import actions as pathways
from imparts.pathways.forms import ClocksForm, Leave, NameForDay, Standing
from imparts.pathways.queries import (
    are_clocks_confirmed,
    clocks_of,
    cover_on,
    leave_of,
    why_not_covered,
)
from imparts.workspace.pages.cover import DAYS, CoverForms, CoverPage, CoversPage
from imparts.workspace.queries.covers import (
    covers_today,
    people_of,
    service_for,
    staff_called,
    who_cannot_be_reached,
)

if TYPE_CHECKING:
    from imparts.organisations.models import Service

FORMS = {"day": NameForDay, "standing": Standing, "leave": Leave, "clocks": ClocksForm}


@require_safe
@staff_page(may=May.SEE_COVER)
def covers(request: HttpRequest) -> HttpResponse:
    """Every service of the reader, today."""
    today = timezone.localdate()
    found = covers_today(request.asking, on=today)
    page = CoversPage.of(found, reader=request.asking.username, today=today)
    return render(request, "workspace/covers.jinja", {"page": page})


@require_safe
@staff_page(may=May.SEE_COVER)
def cover(request: HttpRequest, service_id: int) -> HttpResponse:
    """One service: today and the next days, leave, and the clocks."""
    return _draw(request, service_for(request.asking, service_id, may=May.SEE_COVER))


@require_POST
@staff_page(may=May.SEE_COVER)
def accept(request: HttpRequest, service_id: int) -> HttpResponse:
    """ "I'll cover today": the person named says yes for one day."""
    now = timezone.localtime()
    service = service_for(request.asking, service_id, may=May.SEE_COVER)
    reader = staff_called(request.asking.staff_id)
    if reader is None:
        raise Http404
    try:
        pathways.accept_cover(
            service=service, on=_as_day(request.POST.get("on", "")),
            duty=request.POST.get("duty", ""), by=reader, at=now,
        )  # fmt: skip
        messages.success(request, "Noted: you have accepted.")
    except pathways.NotDone as refused:
        messages.error(request, str(refused))
    if request.POST.get("back") == "covers":
        return redirect("workspace:covers")
    return redirect("workspace:cover", service_id)


@require_POST
@staff_page(may=May.ARRANGE_COVER)
def arrange(request: HttpRequest, service_id: int, what: str) -> HttpResponse:
    """Name someone for a day, from a day on, for leave; or set the clocks."""
    now = timezone.localtime()
    service = service_for(request.asking, service_id, may=May.ARRANGE_COVER)
    if what not in FORMS:
        raise Http404
    forms = _forms(service, now.date(), given=request.POST, which=what)
    form = getattr(forms, what)
    if not form.is_valid():
        return _draw(request, service, forms=forms)
    try:
        _DO[what](service, form.cleaned_data, request.asking.username, now)
    except pathways.NotDone as refused:
        form.add_error(None, str(refused))
        return _draw(request, service, forms=forms)
    messages.success(request, "Saved.")
    return redirect("workspace:cover", service_id)


@require_POST
@staff_page(may=May.ARRANGE_COVER)
def end_leave(request: HttpRequest, service_id: int, leave_id: int) -> HttpResponse:
    """Take a leave back: they are here after all."""
    now = timezone.localtime()
    service = service_for(request.asking, service_id, may=May.ARRANGE_COVER)
    rows = leave_of(service, from_on=now.date())
    row = next((each for each in rows if each.pk == leave_id), None)
    if row is None:
        raise Http404
    pathways.set_leave(
        staff=row.staff, covered_by=None, from_on=row.from_on, until_on=row.until_on,
        by=request.asking.username, at=now,
    )  # fmt: skip
    messages.success(request, "Saved: this leave is taken back.")
    return redirect("workspace:cover", service_id)


def _draw(
    request: HttpRequest, service: "Service", *, forms: CoverForms | None = None
) -> HttpResponse:
    today = timezone.localdate()
    may_arrange = service.pk in request.asking.services_where(May.ARRANGE_COVER)
    days = [cover_on(service, today + timedelta(days=n)) for n in range(DAYS)]
    page = CoverPage.of(
        service,
        days,
        not_covered=why_not_covered(service, today, True) or "",
        unreachable=who_cannot_be_reached(days[0]),
        leave=leave_of(service, from_on=today),
        clocks=clocks_of(service),
        is_confirmed=are_clocks_confirmed(service),
        reader=request.asking.username,
        today=today,
        forms=(forms or _forms(service, today)) if may_arrange else None,
    )
    return render(request, "workspace/cover.jinja", {"page": page}, status=page.status)


def _forms(service: "Service", today: date, *, given: Any = None, which: str = "") -> CoverForms:
    people = people_of(service, on=today)
    clocks = clocks_of(service)
    now_set = {
        "deputy_after": clocks.deputy_after, "liaison_after": clocks.liaison_after,
        "act_within": clocks.act_within,
        "opens_at": f"{clocks.opens_at:%H:%M}", "closes_at": f"{clocks.closes_at:%H:%M}",
        "weekdays": list(clocks.weekdays), "unread_by": f"{clocks.unread_by:%H:%M}",
        "out_of_hours": clocks.out_of_hours,
    }  # fmt: skip

    def data(name: str) -> Any:
        return given if name == which else None

    ahead = {"today": today, "people": people}
    return CoverForms(
        day=NameForDay(data("day"), prefix="day", initial={"on": today}, **ahead),
        standing=Standing(data("standing"), prefix="standing", initial={"from_on": today}, **ahead),
        leave=Leave(data("leave"), prefix="leave", **ahead),
        clocks=ClocksForm(data("clocks"), prefix="clocks", initial=now_set),
    )


def _as_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as not_a_day:
        raise BadRequest("Say for which day.") from not_a_day


def _name(service: "Service", given: dict[str, Any], by: str, at: datetime) -> None:
    pathways.name_cover_for_day(
        service=service, on=given["on"], duty=given["duty"], staff=_staff(given["staff"]), by=by,
        at=at,
    )  # fmt: skip


def _stand(service: "Service", given: dict[str, Any], by: str, at: datetime) -> None:
    pathways.set_standing_cover(
        service=service, duty=given["duty"], from_on=given["from_on"], by=by, at=at,
        staff=_staff(given["staff"]) if given["staff"] else None,
    )  # fmt: skip


def _away(service: "Service", given: dict[str, Any], by: str, at: datetime) -> None:
    pathways.set_leave(
        staff=_staff(given["staff"]), covered_by=_staff(given["covered_by"]),
        from_on=given["from_on"], until_on=given["until_on"], by=by, at=at,
    )  # fmt: skip


def _clocks(service: "Service", given: dict[str, Any], by: str, at: datetime) -> None:
    days = "".join(sorted(given["weekdays"]))
    pathways.set_alert_clocks(service=service, by=by, at=at, **{**given, "weekdays": days})


def _staff(staff_id: str) -> Any:
    found = staff_called(staff_id)
    if found is None:
        raise pathways.NotDone("This colleague has left. Choose someone else.")
    return found


_DO: dict[str, Callable[["Service", dict[str, Any], str, datetime], None]] = {
    "day": _name,
    "standing": _stand,
    "leave": _away,
    "clocks": _clocks,
}
