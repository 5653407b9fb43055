"""@in_hand: a page is drawn only for the sitting that this browser's secret opens (hazard H3).

The session holds the secret of one hand-over and nothing else. Without it every page leads to the
start; with one that has ended, a page says so and the session is emptied.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from imparts.access.secret_hash import hash_of
from imparts.design.spoken import speaking
from imparts.informatics.questionnaires.queries.sittings import (
    Sitting,
    hand_over_with,
    sitting_for,
)
from imparts.informatics.questionnaires.views import leads_to
from imparts.informatics.questionnaires.views.said_plainly import closed

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.models import HandOver

SECRET = "hand_over"
View = Callable[..., HttpResponse]


def sitting_in(request: HttpRequest, *, at: datetime) -> Sitting | None:
    """The sitting that this browser holds now, if any."""
    secret = request.session.get(SECRET)
    return sitting_for(hash_of(secret), at=at) if secret else None


def hand_over_in(request: HttpRequest, *, at: datetime) -> "HandOver | None":
    """The hand-over that this browser holds now, without reading the whole sitting."""
    secret = request.session.get(SECRET)
    return hand_over_with(hash_of(secret), at=at) if secret else None


def in_hand(
    *, after_confirming: bool = False, after_starting: bool = False
) -> Callable[[View], View]:
    """Open a page to whoever holds the tablet, once they have said who they are and begun."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if SECRET not in request.session:
                return redirect("tablet-start")
            sitting = sitting_in(request, at=timezone.now())
            if sitting is None:
                return closed(request)
            if after_confirming and not sitting.is_confirmed:
                return redirect("tablet-is-this-you")
            if after_starting and not sitting.has_begun:
                return redirect("tablet-before")
            request.sitting = sitting
            with speaking(sitting.page_words):
                return view(request, *args, **kwargs)

        guarded.is_in_hand = True  # the tests look for it on every page that shows a sitting
        return guarded

    return decorate


def clears_itself(response: HttpResponse, *, after: int, to: str) -> HttpResponse:
    """Let a page give way by itself after some seconds, with scripts off too (hazard H3)."""
    response["Refresh"] = f"{after}; url={to}"
    return response


def here_or_on(request: HttpRequest, sitting: Sitting) -> str:
    """The page that a side page leads back to: where one came from, else where one goes on."""
    came_from = request.POST.get("from") or request.GET.get("from") or ""
    return came_from if leads_to.is_on_tablet(came_from) else leads_to.place_now(sitting)
