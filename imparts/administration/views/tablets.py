"""Tablets: adding one, how it begins, taking it out of use, and turning a device into it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access import actions as access
from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.access.tablets import keep_credential
from imparts.administration.forms.places import NewTablet, TabletForm
from imparts.administration.pages.places import TabletList, TabletPage, ThisTabletPage
from imparts.administration.queries import tablets as queries
from imparts.administration.queries.services import (
    chosen_service,
    open_services,
    service_to_set_up,
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def tablet_list(request: HttpRequest) -> HttpResponse:
    """The tablets in use; sending the form adds one."""
    now = timezone.localtime()
    services = open_services(request.asking, on=now.date())
    form = NewTablet(request.POST or None, services=services)
    if request.method == "POST" and form.is_valid():
        service = service_to_set_up(request.asking, form.cleaned_data["service"])
        try:
            access.add_tablet(
                service=service, name=form.cleaned_data["name"], by=request.asking.username, at=now
            )
            return redirect("administration:tablets")
        except access.TabletRefused as refused:
            form.add_error("name", str(refused))
    tablets = queries.tablets_where(request.asking, may=May.SET_UP)
    chosen = chosen_service(request.asking, request.GET.get("service", ""))
    page = TabletList.of(
        tablets, services=services, chosen=chosen, form=form, address=_address(request), now=now
    )
    return render(request, "administration/tablets.jinja", {"page": page}, status=page.status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def one_tablet(request: HttpRequest, tablet_id: int) -> HttpResponse:
    """One tablet; sending the form changes its name or how it begins."""
    now = timezone.localtime()
    tablet = queries.tablet_for(request.asking, tablet_id, may=May.SET_UP)
    said = {"name": tablet.name, "one_tap": tablet.one_tap, "left_hand": tablet.left_hand}
    form = TabletForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            access.change_tablet(
                tablet=tablet, by=request.asking.username, at=now, **form.cleaned_data
            )
            return redirect("administration:tablets")
        except access.TabletRefused as refused:
            form.add_error("name", str(refused))
    page = TabletPage.of(tablet, form=form, address=_address(request), now=now)
    return render(request, "administration/tablet.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.SET_UP)
def withdraw(request: HttpRequest, tablet_id: int) -> HttpResponse:
    """Lost, broken or given away: its browser opens nothing from here on."""
    tablet = queries.tablet_for(request.asking, tablet_id, may=May.SET_UP)
    access.withdraw_tablet(tablet=tablet, by=request.asking.username, at=timezone.now())
    messages.success(request, f"{tablet.name} is out of use.")
    return redirect("administration:tablets")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.BIND_TABLET)
def this_tablet(request: HttpRequest) -> HttpResponse:
    """On the device itself: from here on this browser is a tablet, and nobody is signed in on it.

    The sign-in ends in the same answer that gives the credential (hazard H3).
    """
    now, problem = timezone.localtime(), ""
    tablets = queries.tablets_where(request.asking, may=May.BIND_TABLET)
    if request.method == "POST":
        chosen = request.POST.get("tablet", "")
        found = next((each for each in tablets if str(each.pk) == chosen), None)
        if found is not None:
            secret = access.bind_tablet(tablet=found, by=request.asking.username, at=now)
            logout(request)
            response = redirect("tablet-start")
            keep_credential(response, secret)
            return response
        problem = "Choose one of the tablets of the list."
    page = ThisTabletPage.of(tablets, now=now, problem=problem)
    status = 422 if problem else 200
    return render(request, "administration/this_tablet.jinja", {"page": page}, status=status)


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("tablet-start"))
