"""Where each role begins."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.queries import Asking
from imparts.access.roles import ROLES, May
from imparts.workspace.pages.home import Home

View = Callable[..., HttpResponse]


def strangers_pick_a_person(view: View) -> View:
    """In the demonstration, whoever is signed out is led to its people instead of a password."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if settings.IMPARTS_DEMO and not request.user.is_authenticated:
            return redirect("/demo/")
        return view(request)

    return guarded


@require_safe
@strangers_pick_a_person
@staff_page(may=None)
def start(request: HttpRequest) -> HttpResponse:
    """The clinic list, the alerts, or a calm page that says what the role can do here."""
    asking: Asking = request.asking
    acts = asking.may(May.ACT_ON_ALERTS)
    if asking.may(May.CHECK_IN) or (asking.may(May.SEE_CLINIC_LIST) and not acts):
        return redirect("workspace:clinic")
    if acts:
        return redirect("workspace:alerts")
    if asking.may(May.SET_UP):
        return redirect("administration:checklist")
    if asking.may(May.SEE_CONNECTIONS):
        return redirect("workspace:connections")
    roles = [ROLES[code] for code in sorted(asking.role_codes)]
    return render(request, "workspace/home.jinja", {"page": Home.of(roles)})
