"""One question a page, each answer stored when it is given; and the calm page after a part."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.design.spoken import say
from imparts.informatics.questionnaires.actions import answering
from imparts.informatics.questionnaires.entered import (
    ADD,
    ALL,
    MORE,
    REMOVE,
    Entered,
    entered_on,
    rows_on,
    typed_on,
)
from imparts.informatics.questionnaires.forms import CHOOSE_ON_PAGE
from imparts.informatics.questionnaires.pages.around import CalmPage
from imparts.informatics.questionnaires.pages.frame import Bar, side_page
from imparts.informatics.questionnaires.pages.question import QuestionPage
from imparts.informatics.questionnaires.views import leads_to, looks, tap_guard
from imparts.informatics.questionnaires.views.before import READS_AND_POSTS
from imparts.informatics.questionnaires.views.in_hand import in_hand, sitting_in
from imparts.informatics.questionnaires.views.said_plainly import NOT_ASKED, closed, problem
from imparts.rules.instruments.answers import AnswerRefused
from imparts.rules.packs.asking import Question

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.queries.sittings import Sitting


@require_http_methods(READS_AND_POSTS)
@in_hand(after_confirming=True, after_starting=True)
def question(request: HttpRequest, instrument: str, item: str) -> HttpResponse:
    """Ask one item, or store the answer to it and go on."""
    asked = next((q for q in request.sitting.questions if q.address == (instrument, item)), None)
    if asked is None:
        return _not_asked(request)
    if request.method != "POST":
        return _draw(request, asked)
    now = timezone.now()
    try:
        if tap_guard.is_tap_twice(_token(request), asked, at=now):
            return redirect(request.get_full_path())
    except tap_guard.WrongToken:
        return _draw(request, asked, wrong=say(CHOOSE_ON_PAGE))
    done = entered_on(asked, request.POST)
    if done.wrong or done.wants == MORE:
        return _draw(request, asked, wrong=done.wrong)
    return _store(request, asked, done, at=now)


def _store(request: HttpRequest, asked: Question, done: Entered, *, at: datetime) -> HttpResponse:
    try:
        _save(request.sitting, asked, done, at=at)
    except answering.AlreadySent:
        return closed(request)
    except AnswerRefused:
        return _not_asked(request)
    now_stands = sitting_in(request, at=at)
    if now_stands is None:
        return closed(request)
    return HttpResponseRedirect(leads_to.after(now_stands, asked, changing=_is_changing(request)))


def _save(sitting: "Sitting", asked: Question, done: Entered, *, at: datetime) -> None:
    if done.wants:
        _TIMES[done.wants](sitting=sitting, question=asked, at=at)
        return
    answering.save_answer(
        sitting=sitting, instrument_id=asked.instrument, item_id=asked.item.id, value=done.value,
        entered=done.entered, at=at,
    )  # fmt: skip


_TIMES = {
    ADD: answering.add_another,
    REMOVE: answering.remove_last,
    ALL: answering.say_that_is_all,
}


def _draw(request: HttpRequest, asked: Question, *, wrong: str = "") -> HttpResponse:
    sitting, changing = request.sitting, _is_changing(request)
    one_tap = sitting.invitation.mode == "one_tap"
    is_again = request.method == "POST"
    page = QuestionPage.about(
        asked,
        given=sitting.answer_to(asked),
        look=looks.look_of(request),
        bar=Bar.at(
            leads_to.address_of(asked, changing=changing),
            back=leads_to.before(sitting, asked, changing=changing),
        ),
        one_tap=one_tap,
        token=tap_guard.token_for(asked, at=timezone.now()) if one_tap else "",
        error=wrong,
        typed=typed_on(asked, request.POST) if is_again else None,
        rows=rows_on(asked, request.POST) if is_again else 1,
    )
    status = 400 if wrong else 200
    return render(request, "questionnaires/question.jinja", {"page": page}, status=status)


@require_http_methods(READS_AND_POSTS)
@in_hand(after_confirming=True, after_starting=True)
def calm(request: HttpRequest) -> HttpResponse:
    """Calm words for whoever answered item 9 above "not at all", or chose not to answer it."""
    sitting, now = request.sitting, timezone.now()
    reason = leads_to.reason_to_be_calm(sitting)
    go_on = leads_to.place_now(sitting)
    if request.method == "POST" and request.POST.get("talk") == "now":
        answering.ask_to_talk(sitting=sitting, at=now)
        return redirect(side_page("help", go_on))
    if request.method == "POST" or not reason:
        return redirect(go_on)
    words = sitting.texts.calm if reason == "positive" else sitting.texts.declined
    answering.show_calm_page(sitting=sitting, words=words.told, at=now)
    page = CalmPage(
        look=looks.look_of(request),
        bar=Bar.at(reverse("tablet-calm"), back=leads_to.last_before_calm(sitting)),
        words=words,
        numbers_heading=sitting.texts.numbers_heading,
        numbers=sitting.texts.clinic_numbers if words.shows_numbers else (),
    )
    return render(request, "questionnaires/calm.jinja", {"page": page})


def _not_asked(request: HttpRequest) -> HttpResponse:
    go_on = leads_to.place_now(request.sitting)
    return problem(
        request, say("This question is not asked today"), say(NOT_ASKED), status=404, href=go_on,
        link=say("Go on with the questions"),
    )  # fmt: skip


def _token(request: HttpRequest) -> str:
    return request.POST.get("page", "") if request.sitting.invitation.mode == "one_tap" else ""


def _is_changing(request: HttpRequest) -> bool:
    return "change" in request.GET
