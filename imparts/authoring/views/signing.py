"""Signing: one version on its own page, or many that were read, each with a tick of its own."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.authoring.actions.signing import sign_all
from imparts.authoring.forms.composing import STATEMENT, Signing
from imparts.authoring.pages.signing import signing_page
from imparts.authoring.pages.version import title_of
from imparts.authoring.queries import packs, signing, versions
from imparts.authoring.queries.texts import what_it_says
from imparts.authoring.views.versions import show
from imparts.design.words import counted
from imparts.library import queries as library
from imparts.library.actions import CannotSign

if TYPE_CHECKING:
    from imparts.library.models import ContentVersion

LONGEST_ROLE = 60


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SIGN_CONTENT)
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits; what is ticked is signed with one statement, or none of it."""
    today = timezone.localdate()
    pack = packs.pack_with(request.GET.get("pack", ""))
    found = signing.waiting_for_signature(on=today, pack=pack)
    if request.method != "POST":
        return _show(request, found, pack=pack)
    everything = {one.pk: one for one in found.everything}
    form = Signing(request.POST, contents=everything)
    if not form.is_valid():
        return _show(request, found, pack=pack, form=form, status=422)
    chosen = [everything[pk] for pk in form.cleaned_data["contents"]]
    refused = _sign(request.asking, chosen, form)
    if refused:
        messages.error(request, refused)
        return _show(request, found, pack=pack, form=form, status=409)
    messages.success(request, f"Signed: {counted(len(chosen), 'version')}.")
    return redirect(request.get_full_path())


@require_POST
@staff_page(may=May.SIGN_CONTENT)
def sign_one(request: HttpRequest, content_id: int) -> HttpResponse:
    """One version, from its own page."""
    content = versions.version_for(content_id)
    form = Signing({**request.POST.dict(), "contents": [str(content_id)]}, contents=[content_id])
    if not form.is_valid():
        return show(
            request, content, wrong=form.wrong, remark=request.POST.get("remark", ""), status=422
        )
    refused = _sign(request.asking, [content], form)
    if refused:
        return show(request, content, wrong={"stands_for_it": refused}, status=409)
    messages.success(request, "Signed.")
    return redirect("authoring:version", content_id)


def _sign(asking: Asking, chosen: "list[ContentVersion]", form: Signing) -> str:
    """Sign all of it; the sentence that refuses it, or nothing."""
    try:
        sign_all(
            contents=chosen, by=asking.username, as_role=asking.shown_as[:LONGEST_ROLE],
            statement=form.statement, at=timezone.now(), read=form.read,
        )  # fmt: skip
    except CannotSign as refused:
        return str(refused)
    return ""


def _show(
    request: HttpRequest, found: signing.Waiting, *, pack: "ContentVersion | None",
    form: Signing | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    asking = request.asking
    accepts = {one.pk: library.to_confirm(one.pk) for one in found.everything}
    page = signing_page(
        found,
        name_of=lambda one: title_of(what_it_says(one)),
        accepts=lambda one: accepts[one.pk],
        mark_of=library.mark_of,
        why_not=lambda one: versions.why_may_not_sign(asking, one),
        ticked=[
            str(pk)
            for pk, lines in accepts.items()
            if str(pk) in request.POST.getlist("contents")
            and request.POST.get(f"read-{pk}", "") == library.mark_of(lines)
        ],
        wrong=form.wrong if form else {},
        statement=STATEMENT,
        remark=request.POST.get("remark", ""),
        only_for=library.pack_of(pack.pk).name if pack else "",
    )
    return render(request, "authoring/signing.jinja", {"page": page}, status=status)
