"""Check your answers, sending them, and the last page, which is drawn when the session has gone."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.design.spoken import say, speaking
from imparts.informatics.questionnaires.actions.sending import submit
from imparts.informatics.questionnaires.forms import SendForm
from imparts.informatics.questionnaires.pages.around import LastPage
from imparts.informatics.questionnaires.pages.check import CheckPage, parts_of
from imparts.informatics.questionnaires.pages.frame import Bar
from imparts.informatics.questionnaires.queries.sittings import (
    ENGLISH,
    page_words_in,
    place_of,
    was_sent,
)
from imparts.informatics.questionnaires.views import leads_to, looks
from imparts.informatics.questionnaires.views.in_hand import (
    SECRET,
    clears_itself,
    hand_over_in,
    in_hand,
)
from imparts.informatics.questionnaires.views.said_plainly import NOT_SENT, closed, problem

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.models import Invitation
    from imparts.informatics.questionnaires.queries.sittings import Sitting

_SENDINGS = UUID("5b0a3a53-6f0e-4f5d-9d52-2f6a4f6f6a11")
LAST_PAGE = "imparts_last_page"
_SALT = "imparts.tablet.last_page"
_SHOWN_FOR = 15  # seconds; the page clears itself after 10


@require_safe
@in_hand(after_confirming=True, after_starting=True)
def check(request: HttpRequest) -> HttpResponse:
    """Everything given, with a way to change each answer."""
    sitting = request.sitting
    last = sitting.questions[-1] if sitting.questions else None
    page = CheckPage(
        look=looks.look_of(request),
        bar=Bar.at(
            reverse("tablet-check"),
            back=leads_to.address_of(last) if last else reverse("tablet-before"),
        ),
        parts=parts_of(sitting.questions, sitting.given, sitting.instruments, sitting.forms),
        submission_id=str(_submission_id(sitting)),
    )
    return render(request, "questionnaires/check.jinja", {"page": page})


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send once, however often it is sent; green only when the database has everything."""
    form = SendForm(request.POST)
    if not form.is_valid():
        return _not_sent(request, status=400)
    submission_id, now = form.cleaned_data["submission_id"], timezone.now()
    hand_over = hand_over_in(request, at=now)
    if hand_over is None:
        return _sent_before(request, submission_id)
    if hand_over.invitation.started_at is None:
        return redirect("tablet-before")
    try:
        submit(hand_over=hand_over, submission_id=submission_id, at=now)
    except IntegrityError:  # the id belongs to another sitting
        return _not_sent(request, status=409)
    return ended(request, "sent", hand_over.invitation)


@require_safe
def last_page(request: HttpRequest) -> HttpResponse:
    """Thank you, or what else ended the sitting; after a few seconds it leads to the start."""
    try:
        why, name, under_name, language = signing.loads(
            request.COOKIES.get(LAST_PAGE, ""), salt=_SALT, max_age=_SHOWN_FOR
        )
    except (signing.BadSignature, ValueError, TypeError):
        return redirect("tablet-start")
    bar = Bar(name=name, under_name=under_name)
    with speaking(page_words_in(language, at=timezone.now())):
        page = LastPage.after(why, look=looks.look_of(request), bar=bar)
        drawn = render(request, "questionnaires/last.jinja", {"page": page})
    return clears_itself(drawn, after=page.clears_after, to=reverse("tablet-start"))


def ended(request: HttpRequest, why: str, invitation: "Invitation | None") -> HttpResponse:
    """Empty the session, then lead to the last page, which knows no patient (hazard H3)."""
    service = invitation.service if invitation else None
    language = invitation.language if invitation else ENGLISH
    logout(request)
    name, under = (place_of(service), service.name) if service else ("imparts", "")
    response = redirect("tablet-thank-you" if why == "sent" else "tablet-ended")
    response.set_cookie(
        LAST_PAGE, signing.dumps([why, name, under, language], salt=_SALT), max_age=_SHOWN_FOR,
        path="/tablet/", httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _submission_id(sitting: "Sitting") -> UUID:
    """One id a hand-over, so that two tabs send under the same one."""
    return uuid5(_SENDINGS, sitting.hand_over.secret_hash)


def _sent_before(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """A double click, a second tab or a resend arrives when the session has gone."""
    if was_sent(submission_id):
        return ended(request, "sent", None)
    return closed(request) if SECRET in request.session else redirect("tablet-start")


def _not_sent(request: HttpRequest, *, status: int) -> HttpResponse:
    return problem(
        request, say("Your answers are not sent yet"), say(NOT_SENT), status=status,
        href=reverse("tablet-check"), link=say("Check your answers"),
    )  # fmt: skip
