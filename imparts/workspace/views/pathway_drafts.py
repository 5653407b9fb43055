"""A draft of a pathway: the rule, its run, what is said of it, its signatures."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.actions import pathway_drafting, pathway_signing
from imparts.authoring.actions.pathway_refusals import CannotChange, ChangedMeanwhile
from imparts.authoring.queries import pathway_drafts as drafts
from imparts.authoring.queries.pathway_signing import signing_of
from imparts.design.dates import clock, day
from imparts.rules.content import ContentRefused
from imparts.rules.pathways.signatures import SECOND
from imparts.workspace.pathway_forms import SEND_BACK, Comment, HandIn, PathwaySigning
from imparts.workspace.views.pathway_page import draft_page

if TYPE_CHECKING:
    from imparts.authoring.models import PathwayDraft

LONGEST_ROLE = 60


@require_safe
@staff_page(may=May.COMMENT_PATHWAYS)
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The whole draft beside what is live, over the last months."""
    return show(request, drafts.draft_for(request.asking, draft_id))


@require_POST
@staff_page(may=May.COMMENT_PATHWAYS)
def comment(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Somebody says something of it."""
    row, form = drafts.draft_for(request.asking, draft_id), Comment(request.POST)
    if not form.is_valid():
        return show(request, row, wrong=form.wrong, typed=request.POST.dict(), status=422)
    try:
        pathway_drafting.comment(
            row=row, text=form.cleaned_data["text"], by=request.asking.username,
            as_role=_role(request), at=timezone.now(),
        )  # fmt: skip
    except CannotChange as refused:
        return show(
            request, row, wrong={"text": str(refused)}, typed=request.POST.dict(), status=409
        )
    messages.success(request, "Said. Everyone who reads this draft sees it.")
    return redirect("workspace:pathway_draft", draft_id)


@require_POST
@staff_page(may=May.EDIT_PATHWAYS)
def hand_in(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The clinical lead signs with a reason; the others are asked."""
    row = drafts.draft_for(request.asking, draft_id, may=May.EDIT_PATHWAYS)
    form, now = HandIn(request.POST), timezone.now()
    if not form.is_valid():
        return show(request, row, wrong=form.wrong, typed=request.POST.dict(), status=422)
    try:
        pathway_drafting.hand_in(
            row=row, revision=form.cleaned_data["revision"], reason=form.cleaned_data["reason"],
            by=request.asking.username, as_role=_role(request), on=timezone.localdate(now), at=now,
        )  # fmt: skip
    except (CannotChange, ContentRefused) as refused:
        wrong = {"reason": refusal_in_words(refused)}
        return show(request, row, wrong=wrong, typed=request.POST.dict(), status=409)
    messages.success(request, "Handed in. Those whose signature is needed find it on Pathways.")
    return redirect("workspace:pathway_draft", draft_id)


@require_POST
@staff_page(may=May.COMMENT_PATHWAYS)
def sign(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A signature, or a way back with a reason; the last signature says from when."""
    row, now = drafts.draft_for(request.asking, draft_id), timezone.now()
    today = timezone.localdate(now)
    mine = signing_of(row, on=today).part_of(request.asking.username)
    is_last = mine is not None and mine.needed.part == SECOND
    form = PathwaySigning(request.POST, today=today, is_last=is_last)
    if not form.is_valid():
        return show(request, row, wrong=form.wrong, typed=request.POST.dict(), status=422)
    try:
        said = _decide(request, row, form.cleaned_data, at=now)
    except CannotChange as refused:
        wrong = {"decision": str(refused)}
        return show(request, row, wrong=wrong, typed=request.POST.dict(), status=409)
    messages.success(request, said)
    return redirect("workspace:pathway_draft", draft_id)


@require_POST
@staff_page(may=May.EDIT_PATHWAYS)
def throw_away(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A draft that nobody wants any more."""
    row = drafts.draft_for(request.asking, draft_id, may=May.EDIT_PATHWAYS)
    try:
        pathway_drafting.throw_away(row=row, by=request.asking.username, at=timezone.now())
    except CannotChange as refused:
        messages.error(request, str(refused))
        return redirect("workspace:pathway_draft", draft_id)
    messages.success(request, "The draft is thrown away. What is live goes on.")
    return redirect("workspace:pathway", row.service_id, row.key)


def _decide(
    request: HttpRequest, row: "PathwayDraft", kept: Mapping[str, object], *, at: datetime
) -> str:
    given = {
        "row": row, "content_id": kept["content"], "reason": kept["reason"],
        "by": request.asking.username, "as_role": _role(request), "on": timezone.localdate(at),
        "at": at,
    }  # fmt: skip
    if kept["decision"] == SEND_BACK:
        pathway_signing.send_back(**given)
        return "Sent back. It can be changed again, and everybody signs anew."
    row = pathway_signing.sign(**given, live_from=kept["live_from"], read=kept["read"])
    if row.live_from is None:
        return "Signed."
    return f"Signed by all. Live from {day(row.live_from)}."


def _role(request: HttpRequest) -> str:
    return str(request.asking.shown_as)[:LONGEST_ROLE]


def refusal_in_words(refused: Exception) -> str:
    """Why a change is refused; of one that came too late, what the other changed."""
    if not isinstance(refused, ChangedMeanwhile):
        return str(refused)
    said = " ".join(refused.said)
    return f"{refused} At {clock(refused.at)}: {said} What you typed is still here."


def show(
    request: HttpRequest, row: "PathwayDraft", *, wrong: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page as it is now, with what was typed."""
    row = drafts.draft_for(request.asking, row.pk)
    page = draft_page(row, request.asking, at=timezone.now(), wrong=wrong or {}, typed=typed or {})
    return render(request, "workspace/pathway_draft.jinja", {"page": page}, status=status)
