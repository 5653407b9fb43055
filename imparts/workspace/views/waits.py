"""Waiting times of a service: how long people wait for each option, read and entered."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.queries import services_of
from imparts.access.roles import May
from imparts.library import queries as library
from imparts.pathways import actions as pathways
from imparts.pathways.forms.waits import WaitsForm
from imparts.pathways.queries import waits_of
from imparts.workspace.choices import Choice
from imparts.workspace.pages.waits import WaitsPage
from imparts.workspace.queries.covers import service_for
from imparts.workspace.queries.names import with_title
from imparts.workspace.views.noting import note_list

if TYPE_CHECKING:
    from imparts.organisations.models import Service
    from imparts.rules.pathways.options import Option


@require_safe
@staff_page(may=May.ENTER_WAITS)
def waits(request: HttpRequest) -> HttpResponse:
    """The waits of the reader's first service; a heading leads to the others."""
    found = _services(request)
    if not found:
        raise Http404
    return _draw(request, found[0])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.ENTER_WAITS)
def waits_at(request: HttpRequest, service_id: int) -> HttpResponse:
    """The waits of one service, and entering them: lines that are left empty stay as they were."""
    service = service_for(request.asking, service_id, may=May.ENTER_WAITS)
    if request.method != "POST":
        return _draw(request, service)
    form = WaitsForm(request.POST, options=_options(), today=timezone.localdate())
    if not form.is_valid():
        return _draw(request, service, form=form)
    try:
        pathways.enter_waits(
            service=service, days=form.days, as_of=form.cleaned_data["as_of"],
            by=request.asking.username, at=timezone.now(),
        )  # fmt: skip
    except pathways.NotDone as refused:
        form.add_error(None, str(refused))
        return _draw(request, service, form=form)
    messages.success(request, "Saved. They stand beside each suggested step from now on.")
    return redirect("workspace:waits_at", service.pk)


def _draw(request: HttpRequest, service: "Service", form: WaitsForm | None = None) -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    note_list(asking, did="saw waiting times", about=f"service {service.pk}", at=now)
    found = waits_of(service, now.date())
    page = WaitsPage.of(
        (service.pk, str(service)),
        others=[
            Choice(str(one), reverse("workspace:waits_at", args=[one.pk]), one.pk == service.pk)
            for one in _services(request)
        ],
        options=_options(),
        waits=found,
        called=with_title(wait.by for wait in found.values()),
        form=form,
        today=now.date(),
    )
    return render(request, "workspace/waits.jinja", {"page": page}, status=page.status)


def _services(request: HttpRequest) -> "list[Service]":
    may = request.asking.services_where(May.ENTER_WAITS)
    return [service for service in services_of(request.asking) if service.pk in may]


def _options() -> "dict[str, Option]":
    """What people wait for: referrals, and guides that somebody sends out."""
    return {code: one for code, one in library.options().items() if one.kind in ("refer", "other")}
