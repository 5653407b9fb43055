"""One's own page: roles in words, the tablet's PIN, and the way to another password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access import actions as access
from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.administration.forms.staff import HowToReach
from imparts.administration.pages.myself import MyPage
from imparts.administration.queries.staff import myself


@require_safe
@staff_page(may=None)
def my_page(request: HttpRequest) -> HttpResponse:
    """Who one is here."""
    staff = myself(request.asking)
    page = MyPage.of(request.asking, staff, reach_form=HowToReach.of(staff))
    return render(request, "administration/myself.jinja", {"page": page})


@require_POST
@staff_page(may=None)
def my_reach(request: HttpRequest) -> HttpResponse:
    """Where notices to oneself go."""
    staff, form = myself(request.asking), HowToReach(request.POST)
    if not form.is_valid():
        page = MyPage.of(request.asking, staff, reach_form=form)
        return render(request, "administration/myself.jinja", {"page": page}, status=422)
    by = request.asking.username
    access.set_reach(staff=staff, by=by, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "Saved.")
    return redirect("administration:me")


@require_POST
@staff_page(may=May.HAND_OVER_TABLET)
def new_pin(request: HttpRequest) -> HttpResponse:
    """A new PIN of one's own, shown once."""
    staff = myself(request.asking)
    pin = access.make_pin(staff=staff, at=timezone.now())
    page = MyPage.of(request.asking, staff, reach_form=HowToReach.of(staff), pin=pin)
    return render(request, "administration/myself.jinja", {"page": page})
