"""The locked tablet: a welcome, a PIN for staff, and nobody's name."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from imparts.access.actions import PinRefused, unlock
from imparts.access.tablets import tablet_of
from imparts.informatics.questionnaires.forms import PinForm
from imparts.informatics.questionnaires.pages.start import DEMO_PIN, StartPage
from imparts.informatics.questionnaires.views import leads_to, looks
from imparts.informatics.questionnaires.views.in_hand import sitting_in
from imparts.informatics.questionnaires.views.said_plainly import no_tablet

UNLOCKED_BY, UNLOCKED_UNTIL = "unlocked_by", "unlocked_until"
LIST_SHOWS_FOR = timedelta(minutes=2)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The start page; whoever is in the middle of their questions goes on with them."""
    sitting = sitting_in(request, at=timezone.now())
    if sitting:
        return redirect(leads_to.place_now(sitting))
    _lock(request)
    return _start_page(request)


@require_POST
def enter_pin(request: HttpRequest) -> HttpResponse:
    """A member of staff unlocks the list with their PIN."""
    tablet = tablet_of(request)
    if tablet is None:
        return no_tablet(request)
    form = PinForm(request.POST)
    if not form.is_valid():
        return _start_page(request, wrong=form.errors["pin"][0], status=400)
    now = timezone.now()
    try:
        staff = unlock(tablet=tablet, pin=form.cleaned_data["pin"], on=timezone.localdate(), at=now)
    except PinRefused as refused:
        return _start_page(request, wrong=str(refused), status=403)
    request.session.flush()
    keep_unlocked(request, by=staff.username, at=now)
    return redirect("tablet-hand-over")


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock now, without waiting for the list to hide."""
    request.session.flush()
    return redirect("tablet-start")


def keep_unlocked(request: HttpRequest, *, by: str, at: datetime) -> None:
    """The list shows for two minutes from the last tap on it."""
    request.session[UNLOCKED_BY] = by
    request.session[UNLOCKED_UNTIL] = (at + LIST_SHOWS_FOR).isoformat()


def unlocked_by(request: HttpRequest, *, at: datetime) -> str:
    """Who unlocked this tablet within the last two minutes; empty when it is locked."""
    until = parse_datetime(request.session.get(UNLOCKED_UNTIL, ""))
    return request.session.get(UNLOCKED_BY, "") if until and until > at else ""


def _lock(request: HttpRequest) -> None:
    # Staff who opened this page on their own computer stay signed in; a tablet's session goes.
    if not request.user.is_authenticated and not request.session.is_empty():
        request.session.flush()


def _start_page(request: HttpRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    tablet = tablet_of(request)
    if tablet is None:
        return no_tablet(request)
    page = StartPage.on(tablet, demo_pin=DEMO_PIN if settings.IMPARTS_DEMO else "", error=wrong)
    drawn = render(request, "questionnaires/start.jinja", {"page": page}, status=status)
    return looks.forget(drawn)
