"""Editing a draft in forms, not code: the scores of a level, one step, a step more or less."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.actions import pathway_drafting
from imparts.authoring.actions.pathway_refusals import CannotChange, ChangedMeanwhile
from imparts.authoring.queries import pathway_drafts as drafts
from imparts.library import queries as library
from imparts.rules.content import ContentRefused
from imparts.rules.pathways import edits
from imparts.rules.pathways.differences import differences
from imparts.rules.pathways.draft import NotPossible
from imparts.rules.pathways.in_rows import LevelRow, rows_of
from imparts.rules.pathways.options import code_in_words
from imparts.workspace.pages.pathways import editing as pages
from imparts.workspace.pathway_forms import Revision, ScoresTyped, StepForm
from imparts.workspace.views.pathway_drafts import refusal_in_words

if TYPE_CHECKING:
    from imparts.authoring.models import PathwayDraft
    from imparts.rules.pathways.definition import Pathway, Step

READS_AND_POSTS = ["GET", "HEAD", "POST"]
NOTHING_NEW = "Saved: nothing was changed."


@require_http_methods(READS_AND_POSTS)
@staff_page(may=May.EDIT_PATHWAYS)
def scores(request: HttpRequest, draft_id: int, level: str) -> HttpResponse:
    """From which scores a level is reached, and the words of its reason."""
    row, pathway = _draft(request, draft_id)
    found = pathway.level(level)
    if found is None:
        return _gone(request, row)
    shown = _shown(pathway, level)

    def show(form: ScoresTyped | None = None, said: str = "", status: int = 200) -> HttpResponse:
        now = drafts.draft_for(request.asking, draft_id)
        typed, wrong = _typed(request), form.wrong if form else {}
        page = pages.EditPage(
            title=f"Scores that lead to \u201c{code_in_words(level)}\u201d", draft=row.pk,
            revision=now.revision, place=str(row.service), said=said,
            links=pages.links_of(wrong),
            measures=pages.measures_of(shown, found, typed=typed, wrong=wrong), level=level,
        )  # fmt: skip
        return render(request, "workspace/pathway_edit.jinja", {"page": page}, status=status)

    if request.method != "POST":
        return show()
    form = ScoresTyped(request.POST, reached=shown.reached)
    if not form.is_valid():
        return show(form, status=422)
    return _save(
        request, row, form, show, step=lambda now: edits.with_scores(now, level, form.typed)
    )


@require_http_methods(READS_AND_POSTS)
@staff_page(may=May.EDIT_PATHWAYS)
def one_step(request: HttpRequest, draft_id: int, step_id: str) -> HttpResponse:
    """What a step offers, in which words, by whom, within what time; or the step taken out."""
    row, pathway = _draft(request, draft_id)
    step = pathway.step(step_id)
    if step is None:
        return _gone(request, row)
    options = library.options()

    def show(form: Revision | None = None, said: str = "", status: int = 200) -> HttpResponse:
        return _show_step(request, row, step, form, said, status, title=step.verb_first)

    if request.method != "POST":
        return show()
    if request.POST.get("do") == "remove":
        gone = Revision(request.POST)
        if not gone.is_valid():
            return show(gone, status=422)
        return _save(request, row, gone, show, step=lambda now: edits.step_removed(now, step_id))
    form = StepForm(request.POST, options=options)
    if not form.is_valid():
        return show(form, status=422)
    return _save(
        request, row, form, show,
        step=lambda now: edits.changed_step(now, step_id, form.typed, options),
    )  # fmt: skip


@require_http_methods(READS_AND_POSTS)
@staff_page(may=May.EDIT_PATHWAYS)
def another_step(request: HttpRequest, draft_id: int, level: str) -> HttpResponse:
    """A step more in a level."""
    row, pathway = _draft(request, draft_id)
    if pathway.level(level) is None:
        return _gone(request, row)
    options = library.options()

    def show(form: Revision | None = None, said: str = "", status: int = 200) -> HttpResponse:
        title = f"Another step for \u201c{code_in_words(level)}\u201d"
        return _show_step(request, row, None, form, said, status, title=title)

    if request.method != "POST":
        return show()
    form = StepForm(request.POST, options=options)
    if not form.is_valid():
        return show(form, status=422)
    return _save(
        request, row, form, show,
        step=lambda now: edits.new_step(now, level, form.typed, options),
    )  # fmt: skip


Show = Callable[..., HttpResponse]


def _save(
    request: HttpRequest, row: "PathwayDraft", form: Revision, show: Show, *,
    step: Callable[["Pathway"], "Pathway"],
) -> HttpResponse:  # fmt: skip
    """Keep it, and say in words what it changed; or say why not, with what was typed."""
    before = drafts.pathway_in(row)
    try:
        now = pathway_drafting.change(
            row=row, revision=form.cleaned_data["revision"], step=step,
            by=request.asking.username, at=timezone.now(),
        )  # fmt: skip
    except (CannotChange, ChangedMeanwhile, NotPossible, ContentRefused) as refused:
        return show(None, refusal_in_words(refused), 409)
    after = drafts.pathway_in(now)
    said = " ".join(differences(before, after)) if after != before else ""
    messages.success(request, f"Saved. {said}" if said else NOTHING_NEW)
    return redirect("workspace:pathway_draft", row.pk)


def _show_step(
    request: HttpRequest, row: "PathwayDraft", step: "Step | None", form: Revision | None,
    said: str, status: int, *, title: str,
) -> HttpResponse:  # fmt: skip
    now, options = drafts.draft_for(request.asking, row.pk), library.options()
    typed, wrong = _typed(request), form.wrong if form else {}
    was = step.options if step else ()
    chosen = request.POST.getlist("options") if typed.get("do") == "save" else was
    page = pages.EditPage(
        title=title, draft=row.pk, revision=now.revision, place=str(row.service), said=said,
        links=pages.links_of(wrong), picks=pages.picks_of(chosen, options),
        lines=pages.lines_of(step, typed=typed, wrong=wrong), can_remove=step is not None,
    )  # fmt: skip
    return render(request, "workspace/pathway_edit.jinja", {"page": page}, status=status)


def _draft(request: HttpRequest, draft_id: int) -> "tuple[PathwayDraft, Pathway]":
    row = drafts.draft_for(request.asking, draft_id, may=May.EDIT_PATHWAYS)
    return row, drafts.pathway_in(row)


def _shown(pathway: "Pathway", level: str) -> LevelRow:
    rows = rows_of(pathway, library.newest_instruments())
    return next(one for one in rows if one.code == level)


def _gone(request: HttpRequest, row: "PathwayDraft") -> HttpResponse:
    """Another took out meanwhile what was being changed; what they did stands on the draft."""
    if request.method != "POST":
        raise Http404
    messages.error(request, f"It was not saved. {edits.NOT_THERE}")
    return redirect("workspace:pathway_draft", row.pk)


def _typed(request: HttpRequest) -> Mapping[str, str]:
    kept: dict[str, str] = request.POST.dict() if request.method == "POST" else {}
    return kept
