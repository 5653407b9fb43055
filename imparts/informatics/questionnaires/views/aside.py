"""Beside the questions: text and colour, asking for help, stopping. Each leads back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.informatics.questionnaires.actions import hand_overs
from imparts.informatics.questionnaires.pages.around import HelpPage, StopPage, TextPage
from imparts.informatics.questionnaires.pages.frame import (
    COLOURS,
    HANDS,
    SIZES,
    Bar,
    choices,
    side_page,
)
from imparts.informatics.questionnaires.views import looks
from imparts.informatics.questionnaires.views.before import READS_AND_POSTS
from imparts.informatics.questionnaires.views.in_hand import here_or_on, in_hand
from imparts.informatics.questionnaires.views.sending import ended


@require_http_methods(READS_AND_POSTS)
@in_hand()
def text_and_colour(request: HttpRequest) -> HttpResponse:
    """Size, colour and hand; each choice takes effect at once."""
    here, look = here_or_on(request, request.sitting), looks.look_of(request)
    if request.method == "POST":
        chosen = {name: request.POST.get(name, "") for name in ("size", "colour", "hand")}
        return looks.keep(redirect(side_page("text", here)), looks.changed(look, **chosen))
    page = TextPage(
        look=look,
        bar=Bar(back=here, help=side_page("help", here)),
        here=here,
        sizes=choices(SIZES, look.size),
        colours=choices(COLOURS, look.colour),
        hands=choices(HANDS, look.hand),
    )
    return render(request, "questionnaires/text.jinja", {"page": page})


@require_http_methods(READS_AND_POSTS)
@in_hand()
def help_me(request: HttpRequest) -> HttpResponse:
    """Asking a member of staff to come."""
    here, hand_over = here_or_on(request, request.sitting), request.sitting.hand_over
    if "go_on" in request.POST:
        return redirect(here)
    if request.method == "POST":
        hand_overs.ask_for_help(hand_over=hand_over, at=timezone.now())
        return redirect(side_page("help", here))
    page = HelpPage(
        look=looks.look_of(request),
        bar=Bar(back=here, text=side_page("text", here)),
        here=here,
        stop=side_page("stop", here),
        has_asked=hand_over.asked_for_help_at is not None,
    )
    return render(request, "questionnaires/help.jinja", {"page": page})


@require_http_methods(READS_AND_POSTS)
@in_hand()
def stop_now(request: HttpRequest) -> HttpResponse:
    """Stopping before the end: the answers so far are kept, staff are told, the tablet locks."""
    sitting = request.sitting
    if request.method == "POST":
        hand_overs.stop(hand_over=sitting.hand_over, at=timezone.now())
        return ended(request, "stopped", sitting.invitation)
    here = here_or_on(request, sitting)
    page = StopPage(
        look=looks.look_of(request), bar=Bar(back=here, text=side_page("text", here)), here=here
    )
    return render(request, "questionnaires/stop.jinja", {"page": page})
