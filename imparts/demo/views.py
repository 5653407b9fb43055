"""Picking a person: the demonstration's way to sign in, which exists nowhere else."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.access.actions import bind_tablet
from imparts.access.tablets import COOKIE, drop_credential, keep_credential
from imparts.demo.pages import USERNAMES, DemoPage
from imparts.demo.queries import staff_here, tablets_here

UNKNOWN = "There is no such person here. Pick one of those below."


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everyone of the invented trust; picking one signs this browser in as them."""
    if not settings.IMPARTS_DEMO:
        raise Http404
    staff, tablets = staff_here(USERNAMES), tablets_here(USERNAMES)
    picked = request.POST.get("person", "")
    if picked in tablets:
        logout(request)
        response = redirect("/tablet/")
        secret = bind_tablet(tablet=tablets[picked], by=picked, at=timezone.now())
        keep_credential(response, secret)
        return response
    if picked in staff:
        login(request, staff[picked], backend=settings.AUTHENTICATION_BACKENDS[0])
        response = redirect("/")
        if COOKIE in request.COOKIES:
            drop_credential(response)
        return response
    wrong = UNKNOWN if request.method == "POST" else ""
    record = settings.IMPARTS_RECORD_FHIR.removesuffix("/fhir")
    page = DemoPage.of({*staff, *tablets}, record=record, wrong=wrong)
    return render(request, "demo/people.jinja", {"page": page}, status=422 if wrong else 200)


people.demo_only = True  # the house tests look for it: the address exists in the demo alone
