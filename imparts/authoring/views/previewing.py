"""Preview: the tablet's own pages with nobody behind them; nothing is stored, nobody is told."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.pages.previewing import all_questions, check_parts, preview_page
from imparts.authoring.queries.previewing import Previewed, Walk, previewed
from imparts.authoring.views import walking
from imparts.authoring.views.walking import TooMuch, address
from imparts.informatics.questionnaires.forms import AnswerForm, BeforeForm
from imparts.informatics.questionnaires.pages.around import WHO_HELPS, BeforePage, CalmPage
from imparts.informatics.questionnaires.pages.check import CheckPage
from imparts.informatics.questionnaires.pages.frame import SIZES, Bar, choices
from imparts.informatics.questionnaires.pages.question import QuestionPage
from imparts.informatics.questionnaires.views.leads_to import reason_to_be_calm
from imparts.rules.packs.asking import Question, question_after, question_before

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.pages.frame import Look

READS_AND_POSTS = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def _inside(view: View) -> View:
    """A page of the tablet: drawn inside our own frame and nobody else's, for a walk."""

    @wraps(view)
    def drawn(request: HttpRequest, of: str, of_id: int, **which: str) -> HttpResponse:
        found = previewed(request.asking, of, of_id, on=timezone.localdate())
        return view(request, walking.walk_of(request, found), **which)

    return csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(drawn))


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def preview(request: HttpRequest, of: str, of_id: int) -> HttpResponse:
    """The frame around the tablet, with the size of its words and how it is held."""
    found = previewed(request.asking, of, of_id, on=timezone.localdate())
    walk, look = walking.walk_of(request, found), walking.look_of(request, found)
    if "again" in request.GET:
        return walking.forget(redirect(request.path))
    size = request.GET.get("size", look.size)
    page = preview_page(
        found, back=_back(found), inside=_goes_on(walk), shape=request.GET.get("shape", ""),
        size=size, sizes={code: str(label) for code, label in SIZES.items()},
    )  # fmt: skip
    response = render(request, "authoring/preview.jinja", {"page": page})
    return walking.keep(response, walk, size=size)


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def questions(request: HttpRequest, of: str, of_id: int) -> HttpResponse:
    """Every question on one page, to be read and printed."""
    found = previewed(request.asking, of, of_id, on=timezone.localdate())
    return render(request, "authoring/all_questions.jinja", {"page": all_questions(found)})


@require_http_methods(READS_AND_POSTS)
@staff_page(may=May.SEE_LIBRARY)
@_inside
def before(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Why, who sees it, how long; who helps."""
    pack, is_post = walk.previewed.pack, request.method == "POST"
    who_helps = WHO_HELPS if pack.asks_who_helps else {}
    form = BeforeForm(request.POST if is_post else None, who_helps=who_helps)
    if is_post and form.is_valid():
        return redirect(_first_question(walk))
    wrong = form.wrong if is_post else ""
    page = BeforePage(
        look=_look(request, walk),
        bar=Bar(),
        questions=len(walk.questions),
        minutes=pack.minutes,
        who_helps=choices(who_helps, ""),
        error=wrong,
    )
    status = 400 if wrong else 200
    return render(request, "authoring/preview_before.jinja", {"page": page}, status=status)


@require_http_methods(READS_AND_POSTS)
@staff_page(may=May.SEE_LIBRARY)
@_inside
def question(request: HttpRequest, walk: Walk, instrument: str, item: str) -> HttpResponse:
    """One question, as the tablet draws it; an answer leads on."""
    asked = next((q for q in walk.questions if q.key == (instrument, item)), None)
    if asked is None:
        raise Http404
    wrong = ""
    if request.method == "POST":
        if not asked.item.options:  # words that are typed are kept nowhere, not even in the cookie
            return _answered(request, walking.with_answer(walk, asked, None), asked)
        form = AnswerForm(request.POST, values=[o.value for o in asked.item.options])
        if form.is_valid():
            return _answered(request, walking.with_answer(walk, asked, form.value), asked)
        wrong = form.wrong
    page = QuestionPage.about(
        asked, given=walk.answer_to(asked), look=_look(request, walk),
        bar=Bar(back=_before_question(walk, asked)), one_tap=False, token="", error=wrong,
    )  # fmt: skip
    status = 400 if wrong else 200
    return render(request, "authoring/preview_question.jinja", {"page": page}, status=status)


@require_http_methods(READS_AND_POSTS)
@staff_page(may=May.SEE_LIBRARY)
@_inside
def calm(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The calm words that follow an answer about self-harm; here they call nobody."""
    texts, reason = walk.previewed.texts, reason_to_be_calm(walk)
    if request.method == "POST" or texts is None or not reason:
        return redirect(_goes_on(walk))
    words = texts.calm if reason == "positive" else texts.declined
    page = CalmPage(
        look=_look(request, walk),
        bar=Bar(back=_begins(walk)),
        words=words,
        numbers_heading=texts.numbers_heading,
        numbers=texts.clinic_numbers if words.shows_numbers else (),
    )
    return render(request, "authoring/preview_calm.jinja", {"page": page})


@require_safe
@staff_page(may=May.SEE_LIBRARY)
@_inside
def check(request: HttpRequest, walk: Walk) -> HttpResponse:
    """All answers, each with a way to change it; there is nothing to send."""
    found = walk.previewed
    last = walk.questions[-1] if walk.questions else None
    page = CheckPage(
        look=_look(request, walk),
        bar=Bar(back=address(found, "question", last) if last else _begins(walk)),
        parts=check_parts(walk, lambda asked: address(found, "question", asked)),
        submission_id="",
    )
    context = {"page": page, "again": f"{_frame(found)}?again=1"}
    return render(request, "authoring/preview_check.jinja", context)


def _answered(request: HttpRequest, walk: Walk, asked: Question) -> HttpResponse:
    """Onwards as on the tablet: the calm page at the end of its part, else the next question."""
    following = question_after(walk.questions, *asked.key)
    part_ends = following is None or following.part != asked.part
    if part_ends and reason_to_be_calm(walk, part=asked.part):
        leads_to = address(walk.previewed, "calm")
    elif following is not None:
        leads_to = address(walk.previewed, "question", following)
    else:
        leads_to = _goes_on(walk)
    size = _look(request, walk).size
    try:
        return walking.keep(redirect(leads_to), walk, size=size)
    except TooMuch as refused:
        return HttpResponse(str(refused), status=413, content_type="text/plain")


def _look(request: HttpRequest, walk: Walk) -> "Look":
    return walking.look_of(request, walk.previewed)


def _goes_on(walk: Walk) -> str:
    """Where the walk goes on: before the first question, at the first open one, or at the end."""
    return _first_question(walk) if walk.given else _begins(walk)


def _begins(walk: Walk) -> str:
    """The page that stands before a pack; one instrument alone begins with its first question."""
    if walk.previewed.tried and walk.questions:
        return address(walk.previewed, "question", walk.questions[0])
    return address(walk.previewed, "before")


def _first_question(walk: Walk) -> str:
    unanswered = walk.first_unanswered
    if unanswered is None:
        return address(walk.previewed, "check")
    return address(walk.previewed, "question", unanswered)


def _before_question(walk: Walk, asked: Question) -> str:
    previous = question_before(walk.questions, *asked.key)
    if previous is None:
        return "" if walk.previewed.tried else address(walk.previewed, "before")
    return address(walk.previewed, "question", previous)


def _frame(found: Previewed) -> str:
    return reverse("authoring:preview", args=[found.of, found.id])


def _back(found: Previewed) -> str:
    if found.tried:
        passport = reverse("authoring:passport_version", args=[found.tried.id, found.id])
        return f"{passport}?{urlencode({'language': found.tried.language})}"
    name = "authoring:draft" if found.of == "draft" else "authoring:version"
    return reverse(name, args=[found.id])
