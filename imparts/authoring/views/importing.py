"""Bringing in a questionnaire, a wording or a language; confirming what asks about harm."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.actions import importing as actions
from imparts.authoring.forms.importing import BringIn, HarmAnswers
from imparts.authoring.pages import importing as pages
from imparts.authoring.pages.version import title_of
from imparts.authoring.queries import importing
from imparts.authoring.queries.texts import what_it_says
from imparts.library import queries as library
from imparts.rules.content import ContentRefused
from imparts.rules.forms.answer_names import named_answers

if TYPE_CHECKING:
    from imparts.library.models import ContentVersion

LONGEST_ROLE = 60
HERE_ALREADY = "This very file is here already. Nothing was added."
KEPT = "Kept. It is asked nowhere until {next}."


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.COMPOSE)
def bring_in(request: HttpRequest) -> HttpResponse:
    """One file at a time; what is wrong with it is said in a sentence."""
    form = BringIn(request.POST, request.FILES) if request.method == "POST" else BringIn()
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.bring_in(
                text=form.cleaned_data["file"], by=request.asking.username, at=timezone.now()
            )
        except ContentRefused as refused:
            return _show_all(request, {"file": _sentence(refused)})
        return _lead_on(request, found)
    return _show_all(request, form.wrong if request.method == "POST" else {})


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def report(request: HttpRequest, content_id: int) -> HttpResponse:
    """What the import found, item by item, and what is confirmed about harm."""
    return _show(request, importing.form_version(content_id), QueryDict(), {})


@require_POST
@staff_page(may=May.CONFIRM_HARM)
def confirm(request: HttpRequest, content_id: int) -> HttpResponse:
    """Every listed question one by one; others can be put on the list first."""
    content = importing.form_version(content_id)
    form = library.form_of(content_id)
    suspects = library.harm_suspects_of(content_id)
    answers = HarmAnswers(request.POST, importing.questions_of(form), suspects=suspects)
    if request.POST.get("do") == "list":
        return _show(request, content, request.POST, {})
    items = answers.items()
    if answers.wrong:
        return _show(request, content, request.POST, answers.wrong, status=422)
    asking = request.asking
    try:
        actions.confirm_harm(
            content=content, items=items, by=asking.username,
            as_role=asking.shown_as[:LONGEST_ROLE], at=timezone.now(),
        )  # fmt: skip
    except ContentRefused as refused:
        return _show(request, content, request.POST, {"harm": _sentence(refused)}, status=422)
    messages.success(request, "Confirmed with your name. Someone else can sign it now.")
    return redirect("authoring:import", content_id)


def _lead_on(request: HttpRequest, found: actions.BroughtIn) -> HttpResponse:
    content = found.content
    is_form = content.kind == "form"
    if not found.is_new:
        messages.warning(request, HERE_ALREADY)
    else:
        wants = "its questions about harm are confirmed and it is signed" if is_form else "signed"
        messages.success(
            request, KEPT.format(next=wants if is_form else "a second person has signed it")
        )
    return redirect("authoring:import" if is_form else "authoring:version", content.pk)


def _show_all(request: HttpRequest, wrong: dict[str, str]) -> HttpResponse:
    today = timezone.localdate()
    page = pages.imports_page(
        importing.brought_in(),
        name_of=lambda one: title_of(what_it_says(one)),
        standing=lambda one: library.why_not_offered(one, on=today),
        wrong=wrong,
    )
    status = 422 if wrong else 200
    return render(request, "authoring/imports.jinja", {"page": page}, status=status)


def _show(
    request: HttpRequest, content: "ContentVersion", data: QueryDict, wrong: dict[str, str], *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    form, suspects = library.form_of(content.pk), library.harm_suspects_of(content.pk)
    questions = importing.questions_of(form)
    listed = HarmAnswers(data, questions, suspects=suspects).listed
    page = pages.import_page(
        content,
        form,
        library.import_report_of(content.pk),
        listed=tuple(
            pages.harm_question(
                number, questions[number], named_answers(questions[number]), data,
                is_also=questions[number].link_id not in suspects, wrong=wrong,
            )
            for number in listed
        ),
        others=tuple(
            pages.OtherQuestion(number, item.text or item.link_id)
            for number, item in enumerate(questions)
            if number not in listed
        ),
        wrong=wrong,
        review=library.harm_review_of(content.pk),
        may_confirm=request.asking.may(May.CONFIRM_HARM),
    )  # fmt: skip
    return render(request, "authoring/import.jinja", {"page": page}, status=status)


def _sentence(refused: ContentRefused) -> str:
    words = str(refused)
    return f"{words[0].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"
