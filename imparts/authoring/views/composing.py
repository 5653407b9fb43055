"""Composing: one page with one form; every button keeps what was typed, then takes its step."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.actions import drafting
from imparts.authoring.forms.composing import DraftFacts, LookFor, Rows
from imparts.authoring.pages.composing import NOTHING_TYPED, Typed, compose_page
from imparts.authoring.queries import choosing, drafts
from imparts.rules.content import ContentRefused
from imparts.rules.packs import draft as rules
from imparts.rules.packs.draft import Draft, NotPossible

if TYPE_CHECKING:
    from imparts.authoring.models import PackDraft
    from imparts.authoring.queries.choosing import Shelf

READS_AND_POSTS = ["GET", "HEAD", "POST"]
HANDED_IN = "Handed in. It is asked nowhere until someone else has signed it."


@require_http_methods(READS_AND_POSTS)
@staff_page(may=May.COMPOSE)
def compose(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft; a button keeps everything that was typed, and does what it says."""
    row = drafts.draft_for(request.asking, draft_id)
    if row.made_id is not None:
        return redirect("authoring:version", row.made_id)
    if request.method != "POST":
        return _show(request, row)
    do, _, key = request.POST.get("do", "save").partition(":")
    looked_for = LookFor(request.POST)
    facts, rows = _forms(request, row)
    if not (facts.is_valid() and rows.is_valid()):
        return _show(request, row, typed=_typed(request, facts, rows), status=422)
    try:
        row = _keep(request, row, facts, rows, step=_step(do, key, row))
    except NotPossible as refused:
        return _show(request, row, said=str(refused), status=409)
    if do == "search" and looked_for.is_valid():
        return _show(request, row, looked_for=looked_for.cleaned_data["looked_for"])
    if do == "hand_in":
        return _hand_in(request, row)
    return redirect(f"{request.path}#{_comes_back_to(do, key)}")


@require_POST
@staff_page(may=May.COMPOSE)
def throw_away(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A draft that nobody wants any more."""
    row = drafts.draft_for(request.asking, draft_id)
    try:
        drafting.throw_away(row=row, by=request.asking.username, at=timezone.now())
    except NotPossible as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The draft \u201c{row.name}\u201d is thrown away.")
    return redirect("authoring:packs")


def _forms(request: HttpRequest, row: "PackDraft") -> tuple[DraftFacts, Rows]:
    draft = drafts.as_draft(row)
    rows = Rows(request.POST, parts=len(draft.parts), keys=[ask.instrument for ask in draft.asks])
    return DraftFacts(request.POST, today=timezone.localdate()), rows


def _typed(request: HttpRequest, facts: DraftFacts, rows: Rows) -> Typed:
    return Typed(request.POST.dict(), {**facts.wrong, **rows.wrong})


def _keep(
    request: HttpRequest, row: "PackDraft", facts: DraftFacts, rows: Rows,
    *, step: Callable[[Draft], Draft],
) -> "PackDraft":  # fmt: skip
    def typed_then_step(draft: Draft) -> Draft:
        draft = rules.with_part_names(draft, rows.part_names)
        for key, days in rows.days.items():
            draft = rules.with_every_days(draft, key, days)
        return step(draft)

    kept = dict(facts.cleaned_data)
    return drafting.change(
        row=row, by=request.asking.username, at=timezone.now(), step=typed_then_step, **kept
    )


def _step(do: str, key: str, row: "PackDraft") -> Callable[[Draft], Draft]:
    """What one button changes; searching, saving and handing in change nothing more."""
    if do == "add":
        return _adding(key)
    steps: dict[str, Callable[[Draft], Draft]] = {
        "up": lambda draft: rules.moved(draft, key, down=False),
        "down": lambda draft: rules.moved(draft, key, down=True),
        "remove": lambda draft: rules.without_instrument(draft, key),
        "mood": lambda draft: rules.with_mood(draft, key),
    }
    return steps.get(do, lambda draft: draft)


def _adding(key: str) -> Callable[[Draft], Draft]:
    shelf = choosing.shelf(on=timezone.localdate())
    choice = shelf.by_key.get(key)
    if choice is None:
        raise NotPossible("This is not an instrument of the library.")
    if choice.why_not:
        raise NotPossible(f"{choice.name} cannot be chosen. {choice.why_not}")
    return lambda draft: rules.with_instrument(draft, key, part=choice.part)


def _hand_in(request: HttpRequest, row: "PackDraft") -> HttpResponse:
    now = timezone.now()
    try:
        made = drafting.hand_in(
            row=row, by=request.asking.username, on=timezone.localdate(now), at=now
        )
    except (ContentRefused, NotPossible) as refused:
        said = "" if isinstance(refused, ContentRefused) else str(refused)
        return _show(request, row, said=said, status=409)
    messages.success(request, HANDED_IN)
    return redirect("authoring:version", made.pk)


def _comes_back_to(do: str, key: str) -> str:
    if do in ("up", "down", "add"):
        return f"row-{key}"
    return "choices" if do == "remove" else "parts"


def _show(
    request: HttpRequest, row: "PackDraft", *, typed: Typed = NOTHING_TYPED, said: str = "",
    looked_for: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    today = timezone.localdate()
    shelf: Shelf = choosing.shelf(on=today)
    pack = drafts.pack_of_draft(row, shelf, on=today)
    if said:
        messages.error(request, said)
    page = compose_page(
        row,
        drafts.as_draft(row),
        pack,
        shelf,
        refused=drafts.what_is_wrong(pack),
        found=choosing.matching(shelf.choices, looked_for),
        looked_for=looked_for,
        authors=drafts.called(row.authors),
        typed=typed,
    )
    return render(request, "authoring/compose.jinja", {"page": page}, status=status)
