"""Set up this site: what is done, what is next, worked out from what is there."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.administration.pages.checklist import Checklist
from imparts.administration.queries.services import open_services
from imparts.administration.queries.standing import standing_of

if TYPE_CHECKING:
    from imparts.organisations.models import Service


@require_safe
@staff_page(may=May.SET_UP)
def checklist(request: HttpRequest) -> HttpResponse:
    """One service's way from first sign-in to the first test patient."""
    today = timezone.localdate()
    services = open_services(request.asking, on=today)
    service = _chosen(services, request.GET.get("service", ""))
    page = Checklist.of(
        standing_of(service, on=today) if service else None,
        services=services, may_sign=request.asking.may(May.SIGN_CONTENT), today=today,
    )  # fmt: skip
    return render(request, "administration/checklist.jinja", {"page": page})


def _chosen(services: "list[Service]", wanted: str) -> "Service | None":
    if not wanted:
        return services[0] if services else None
    for each in services:
        if str(each.pk) == wanted:
            return each
    raise Http404
