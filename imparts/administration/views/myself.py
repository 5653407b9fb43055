"""One's own page: roles in words, the tablet's PIN, and the way to another password."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access import actions as access
from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.administration.pages.myself import MyPage
from imparts.administration.queries.staff import myself


@require_safe
@staff_page(may=None)
def my_page(request: HttpRequest) -> HttpResponse:
    """Who one is here."""
    page = MyPage.of(request.asking, myself(request.asking))
    return render(request, "administration/myself.jinja", {"page": page})


@require_POST
@staff_page(may=May.HAND_OVER_TABLET)
def new_pin(request: HttpRequest) -> HttpResponse:
    """A new PIN of one's own, shown once."""
    staff = myself(request.asking)
    pin = access.make_pin(staff=staff, at=timezone.now())
    page = MyPage.of(request.asking, staff, pin=pin)
    return render(request, "administration/myself.jinja", {"page": page})
