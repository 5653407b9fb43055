"""When an instrument of a draft is asked: a question is chosen first, then its answers."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.actions import drafting
from imparts.authoring.forms.composing import OnlyWhen
from imparts.authoring.pages.conditions import only_when_page, questions_before
from imparts.authoring.queries import choosing, drafts
from imparts.rules.instruments.conditions import Condition
from imparts.rules.packs import draft as rules
from imparts.rules.packs.draft import NotPossible

if TYPE_CHECKING:
    from imparts.authoring.models import PackDraft


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.COMPOSE)
def only_when(request: HttpRequest, draft_id: int, key: str) -> HttpResponse:
    """Ask it always, or only after certain answers."""
    row = drafts.draft_for(request.asking, draft_id)
    draft = drafts.as_draft(row)
    if not draft.has(key) or rules.is_core(key):
        raise Http404
    instruments = choosing.shelf(on=timezone.localdate()).instruments
    before = questions_before(draft, key, instruments)
    question = request.POST.get("question", request.GET.get("question", ""))
    wrong: dict[str, str] = {}
    if request.method == "POST":
        if request.POST.get("do") == "always":
            return _keep(request, row, key, None)
        instrument, item = before.get(question, (None, None))
        form = OnlyWhen(request.POST, answers=[o.value for o in item.options] if item else [])
        if instrument and item and form.is_valid():
            values = tuple(sorted(form.cleaned_data["answers"]))
            condition = Condition((item.id,), one_of=values, instrument=instrument.id)
            return _keep(request, row, key, condition)
        wrong = form.wrong if item else {"question": "Choose a question that is asked before."}
    ticked = frozenset(request.POST.getlist("answers"))
    page = only_when_page(
        draft_id, draft, key, instruments, question=question, ticked=ticked, wrong=wrong
    )
    status = 422 if wrong else 200
    return render(request, "authoring/only_when.jinja", {"page": page}, status=status)


def _keep(
    request: HttpRequest, row: "PackDraft", key: str, condition: Condition | None
) -> HttpResponse:
    try:
        drafting.change(
            row=row, by=request.asking.username, at=timezone.now(),
            step=lambda draft: rules.with_condition(draft, key, condition),
        )  # fmt: skip
    except NotPossible as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('authoring:draft', args=[row.pk])}#row-{key}")
