"""Where each role begins."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.queries import Asking
from imparts.access.roles import ROLES, May
from imparts.workspace.pages.home import Home


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The workspace of one's role; in the demonstration a stranger picks a person first."""
    if not request.user.is_authenticated and settings.IMPARTS_DEMO:
        return redirect("/demo/")
    return begin(request)


@staff_page(may=None)
def begin(request: HttpRequest) -> HttpResponse:
    """The clinic list, the alerts, or a calm page that says what the role can do here."""
    asking: Asking = request.asking
    if May.CHECK_IN in _may(asking) or (asking.may(May.SEE_CLINIC_LIST) and not _acts(asking)):
        return redirect("workspace:clinic")
    if _acts(asking):
        return redirect("workspace:alerts")
    roles = [ROLES[code] for code in sorted(asking.role_codes)]
    return render(request, "workspace/home.jinja", {"page": Home.of(roles)})


def _may(asking: Asking) -> frozenset[May]:
    return frozenset(what for code in asking.role_codes for what in ROLES[code].may)


def _acts(asking: Asking) -> bool:
    return asking.may(May.ACT_ON_ALERTS)
