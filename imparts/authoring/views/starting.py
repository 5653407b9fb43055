"""Starting a version from a day, taking that back, and what a service used and will use."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.actions import starting as actions
from imparts.authoring.forms.composing import Starting
from imparts.authoring.pages import starting as pages
from imparts.authoring.pages.version import title_of
from imparts.authoring.queries import starting, versions
from imparts.authoring.queries.texts import what_it_says
from imparts.design.dates import day
from imparts.library import queries as library
from imparts.library.actions import NotReady

if TYPE_CHECKING:
    from imparts.library.models import ContentVersion, InForce
    from imparts.organisations.models import Service

PACK, PATHWAY = "pack", "pathway"
STARTS = (PACK, PATHWAY)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.START_CONTENT)
def start(request: HttpRequest, content_id: int) -> HttpResponse:
    """Choose the day and the services."""
    content, today = versions.version_for(content_id), timezone.localdate()
    if content.kind not in STARTS:
        raise Http404
    services = starting.services_to_start_at(request.asking, on=today)
    form = Starting(
        request.POST if request.method == "POST" else None, services=services, today=today
    )
    if request.method != "POST" or not form.is_valid():
        wrong = form.wrong if request.method == "POST" else {}
        return _show(request, content, list(services), wrong=wrong)
    chosen, from_on = list(form.cleaned_data["services"]), form.cleaned_data["from_on"]
    try:
        actions.start_at(
            services=chosen, content=content, from_on=from_on,
            by=request.asking.username, at=timezone.now(),
        )  # fmt: skip
    except NotReady as refused:
        return _show(request, content, list(services), wrong={"services": str(refused)})
    where = ", ".join(str(service) for service in chosen)
    messages.success(request, f"In force from {day(from_on)} at {where}.")
    return redirect("authoring:version", content_id)


@require_POST
@staff_page(may=May.START_CONTENT)
def take_back(request: HttpRequest, row_id: int) -> HttpResponse:
    """Before its day comes, what was in force goes on."""
    row, now = starting.row_for(request.asking, row_id), timezone.now()
    try:
        made = actions.take_back(
            row=row, on=timezone.localdate(now), by=request.asking.username, at=now
        )
    except NotReady as refused:
        messages.error(request, str(refused))
    else:
        goes_on = title_of(what_it_says(made.content))
        messages.success(request, f"Taken back. On {day(row.from_on)} {goes_on} goes on.")
    return redirect("authoring:history", row.service_id)


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def history(request: HttpRequest, service_id: int) -> HttpResponse:
    """Everything that a service used, uses and will use."""
    service = starting.service_with(service_id)
    page = pages.HistoryPage(
        title=str(service),
        service=service.pk,
        packs=_rows(request, service, PACK),
        pathways=_rows(request, service, PATHWAY),
    )
    return render(request, "authoring/history.jinja", {"page": page})


def _rows(request: HttpRequest, service: "Service", kind: str) -> tuple[pages.HistoryRow, ...]:
    today = timezone.localdate()
    rows = starting.history_of(service.pk, kind)
    return pages.history_rows(
        rows,
        {row.content_id: title_of(what_it_says(row.content)) for row in rows},
        counts=starting.counts_now(rows),
        now=_now(rows, service, kind),
        today=today,
        may_start=service.pk in request.asking.services_where(May.START_CONTENT),
    )


def _now(rows: "list[InForce]", service: "Service", kind: str) -> frozenset[int]:
    """The rows by which something is in force today: the newest begun one of each version used."""
    today = timezone.localdate()
    used = {one.pk for one in library.in_force(kind, service.pk, on=today)}
    found: dict[int, int] = {}
    for row in rows:
        if row.from_on <= today and row.content_id in used:
            found.setdefault(row.content_id, row.pk)
    return frozenset(found.values())


def _show(
    request: HttpRequest,
    content: "ContentVersion",
    services: "list[Service]",
    *,
    wrong: dict[str, str],
) -> HttpResponse:
    today = timezone.localdate()
    page = pages.start_page(
        content,
        title_of(what_it_says(content)),
        services=[(one, _used_now(content, one)) for one in services],
        why_not=library.why_not_offered(content, on=today) or "",
        from_on=request.POST.get("from_on", f"{today:%d/%m/%Y}"),
        ticked=request.POST.getlist("services"),
        wrong=wrong,
    )
    status = 422 if wrong else 200
    return render(request, "authoring/start.jinja", {"page": page}, status=status)


def _used_now(content: "ContentVersion", service: "Service") -> str:
    """What the service uses now in its place."""
    found = library.in_force(content.kind, service.pk, on=timezone.localdate())
    if content.kind != PACK:
        found = tuple(one for one in found if one.key == content.key)
    if not found:
        return "nothing yet"
    return f"{title_of(what_it_says(found[0]))}, version {found[0].version}"
