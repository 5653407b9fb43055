"""Services: what there is, opening another, renaming, closing and opening again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access import actions as access
from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.administration.forms.places import ServiceForm
from imparts.administration.pages.places import ServiceList, ServicePage
from imparts.administration.queries import services as queries
from imparts.administration.queries.clinics import sessions_ahead
from imparts.administration.queries.staff import myself
from imparts.organisations import actions as organisations

if TYPE_CHECKING:
    from imparts.organisations.models import Service

SAME_NAME = "There is a service of this name already, perhaps a closed one. Choose another name."
STILL_BOOKED = "A clinic of this service still lies ahead with people booked. Take them off first."


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def service_list(request: HttpRequest) -> HttpResponse:
    """The services that the asker sets up; sending the form opens another one beside them."""
    now = timezone.localtime()
    services = list(queries.services_to_set_up(request.asking))
    form = ServiceForm(request.POST or None, initial={"site": services[0].site})
    if request.method == "POST" and form.is_valid():
        code = slugify(form.cleaned_data["name"])[:40]
        if not code or queries.code_is_taken(services[0], code):
            form.add_error("name", SAME_NAME)
        else:
            _open(request, services[0], code, form.cleaned_data, now)
            return redirect("administration:services")
    page = ServiceList.of(services, form=form, today=now.date())
    return render(request, "administration/services.jinja", {"page": page}, status=page.status)


def _open(
    request: HttpRequest, beside: "Service", code: str, given: dict[str, str], now: datetime
) -> None:
    by = request.asking.username
    made = organisations.open_service(
        organisation=beside.organisation, code=code, opened_on=now.date(), by=by, at=now, **given
    )
    access.administer_new(staff=myself(request.asking), service=made, on=now.date(), at=now)
    messages.success(request, f"{made.name} is open, and you are its administrator.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def one_service(request: HttpRequest, service_id: int) -> HttpResponse:
    """One service; sending the form renames it."""
    now = timezone.localtime()
    service = queries.service_to_set_up(request.asking, service_id)
    said = {"name": service.name, "site": service.site}
    form = ServiceForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data != said:
            organisations.rename_service(
                service=service, by=request.asking.username, at=now, **form.cleaned_data
            )
        return redirect("administration:services")
    return _draw(request, service, form, now)


@require_POST
@staff_page(may=May.SET_UP)
def close(request: HttpRequest, service_id: int) -> HttpResponse:
    """No clinic from today on; refused while people are booked."""
    now = timezone.localtime()
    service = queries.service_to_set_up(request.asking, service_id)
    ahead = sessions_ahead(request.asking, may=May.SET_UP, day=now.date())
    if any(each.service_id == service.pk and each.booked for each in ahead):
        said = {"name": service.name, "site": service.site}
        return _draw(request, service, ServiceForm(initial=said), now, problem=STILL_BOOKED)
    organisations.close_service(service=service, on=now.date(), by=request.asking.username, at=now)
    return redirect("administration:services")


@require_POST
@staff_page(may=May.SET_UP)
def reopen(request: HttpRequest, service_id: int) -> HttpResponse:
    """Closed by mistake, or it begins again."""
    service = queries.service_to_set_up(request.asking, service_id)
    organisations.reopen_service(service=service, by=request.asking.username, at=timezone.now())
    return redirect("administration:service", service_id)


def _draw(
    request: HttpRequest, service: "Service", form: ServiceForm, now: datetime, problem: str = ""
) -> HttpResponse:
    page = ServicePage.of(
        service, form=form, former=queries.former_names(service), today=now.date(), problem=problem
    )
    return render(request, "administration/service.jinja", {"page": page}, status=page.status)
