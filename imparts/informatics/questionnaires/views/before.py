"""Before the questions: language and size, is this you, why we ask and who helps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.design.spoken import say, say_day
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.informatics.questionnaires.forms import BeforeForm
from imparts.informatics.questionnaires.pages.around import (
    WHO_HELPS,
    BeforePage,
    IsThisYouPage,
    LanguagePage,
    languages_of,
)
from imparts.informatics.questionnaires.pages.frame import SIZES, Bar, choices
from imparts.informatics.questionnaires.queries.sittings import languages_for
from imparts.informatics.questionnaires.views import leads_to, looks
from imparts.informatics.questionnaires.views.in_hand import in_hand
from imparts.informatics.questionnaires.views.sending import ended

READS_AND_POSTS = ["GET", "HEAD", "POST"]


@require_http_methods(READS_AND_POSTS)
@in_hand()
def language(request: HttpRequest) -> HttpResponse:
    """In which language, and how large; both take effect at once."""
    look, sitting, now = looks.look_of(request), request.sitting, timezone.now()
    if "language" in request.POST:
        chosen = request.POST["language"]
        hand_overs.choose_language(hand_over=sitting.hand_over, language=chosen, at=now)
        return redirect("tablet-language")
    if "interpreter" in request.POST:
        hand_overs.ask_for_help(hand_over=sitting.hand_over, at=now)
        return redirect("tablet-language")
    if "size" in request.POST:
        look = looks.changed(look, size=request.POST["size"])
        return looks.keep(redirect("tablet-language"), look)
    if request.method == "POST":
        return redirect("tablet-is-this-you")
    page = LanguagePage(
        look=look,
        bar=Bar.at(reverse("tablet-language"), name=say("Hello"), with_text=False),
        languages=languages_of(
            languages_for(sitting.invitation, at=now), sitting.invitation.language
        ),
        has_asked=sitting.hand_over.asked_for_help_at is not None,
        leaves_out=sitting.leaves_out,
        sizes=choices(SIZES, look.size),
    )
    return render(request, "questionnaires/language.jinja", {"page": page})


@require_http_methods(READS_AND_POSTS)
@in_hand()
def is_this_you(request: HttpRequest) -> HttpResponse:
    """Yes goes on; No saves nothing, tells staff and locks (hazard H2)."""
    sitting, now = request.sitting, timezone.now()
    said = request.POST.get("me")
    if said == "no":
        hand_overs.say_not_me(hand_over=sitting.hand_over, at=now)
        return ended(request, "not_me", sitting.invitation)
    if said == "yes":
        hand_overs.confirm_identity(hand_over=sitting.hand_over, at=now)
        return redirect("tablet-before")
    page = IsThisYouPage(
        look=looks.look_of(request),
        bar=Bar.at(reverse("tablet-is-this-you"), back=reverse("tablet-language")),
        name=sitting.patient_name,
        born=say_day(sitting.born_on),
    )
    status = 400 if request.method == "POST" else 200
    return render(request, "questionnaires/is_this_you.jinja", {"page": page}, status=status)


@require_http_methods(READS_AND_POSTS)
@in_hand(after_confirming=True)
def before_you_start(request: HttpRequest) -> HttpResponse:
    """Why, who sees it, how long, skip and stop; and who helps, when the service wants to know."""
    sitting = request.sitting
    is_post = request.method == "POST"
    who_helps = WHO_HELPS if sitting.pack.asks_who_helps else {}
    form = BeforeForm(request.POST if is_post else None, who_helps=who_helps)
    if is_post and form.is_valid():
        who = form.cleaned_data["helper"]
        hand_overs.begin(hand_over=sitting.hand_over, who_helped=who, at=timezone.now())
        return redirect(leads_to.first_place(sitting))
    wrong = form.wrong if is_post else ""
    page = BeforePage(
        look=looks.look_of(request),
        bar=Bar.at(reverse("tablet-before"), back=reverse("tablet-is-this-you")),
        questions=len(sitting.questions),
        minutes=sitting.pack.minutes,
        who_helps=choices(who_helps, sitting.invitation.who_helped),
        error=wrong,
    )
    status = 400 if wrong else 200
    return render(request, "questionnaires/before.jinja", {"page": page}, status=status)
