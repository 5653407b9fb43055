"""Pathways: the list, one pathway as a service follows it, its capacities, beginning a change."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.authoring.actions import pathway_drafting, pathway_signing
from imparts.authoring.actions.pathway_refusals import CannotChange
from imparts.authoring.queries import pathway_drafts as drafts
from imparts.authoring.queries import pathway_signing as signing
from imparts.library import queries as library
from imparts.library.actions import NotReady
from imparts.pathways import actions as pathways
from imparts.pathways.actions.capacity import state_capacity
from imparts.pathways.queries.capacity import capacities_of
from imparts.rules.pathways.in_rows import rows_of
from imparts.rules.pathways.self_harm import SELF_HARM
from imparts.rules.pathways.signatures import PARTNERS
from imparts.workspace.pages.pathways import listing
from imparts.workspace.pages.pathways import live as pages
from imparts.workspace.pages.pathways.rule import item9_lines, rule_lines
from imparts.workspace.pathway_forms import CapacityTyped, GoingBack
from imparts.workspace.queries.names import called
from imparts.workspace.queries.pathway_rules import item9_steps

if TYPE_CHECKING:
    from imparts.organisations.models import Service
    from imparts.workspace.pages.pathways.rule import LevelLines

LONGEST_ROLE = 60
NOT_HERE = "What follows from item 9 cannot be weakened, so it is not changed here."


@require_safe
@staff_page(may=May.COMMENT_PATHWAYS)
def pathway_list(request: HttpRequest) -> HttpResponse:
    """Every pathway of the reader's services, and what waits for them."""
    asking, today = request.asking, timezone.localdate()
    services = list(drafts.pathway_services(asking, on=today))
    rows = drafts.open_drafts_at(frozenset(service.pk for service in services))
    page = listing.list_page(
        [(service, drafts.live_at(service.pk, on=today)) for service in services],
        {(row.service_id, row.key): row for row in rows},
        title_of=lambda content_id: library.pathway_of(content_id).title,
        called=called(row.changed_by for row in rows),
        waits=signing.waiting_for(asking, rows, on=today),
    )
    return render(request, "workspace/pathways.jinja", {"page": page})


@require_safe
@staff_page(may=May.COMMENT_PATHWAYS)
def one_pathway(request: HttpRequest, service_id: int, key: str) -> HttpResponse:
    """One pathway in words."""
    service = drafts.service_for(request.asking, service_id, on=timezone.localdate())
    return _show(request, service, key)


@require_POST
@staff_page(may=May.EDIT_PATHWAYS)
def begin(request: HttpRequest, service_id: int, key: str) -> HttpResponse:
    """Begin a draft, or go on with the one that is there."""
    now = timezone.now()
    today = timezone.localdate(now)
    service = drafts.service_for(request.asking, service_id, on=today, may=May.EDIT_PATHWAYS)
    live = drafts.live_for(service, key, on=today)
    if key == SELF_HARM:
        messages.error(request, NOT_HERE)
        return _show(request, service, key, status=409)
    row = pathway_drafting.start(
        service=service, content=live.content, by=request.asking.username, at=now
    )
    return redirect("workspace:pathway_draft", row.pk)


@require_POST
@staff_page(may=May.COMMENT_PATHWAYS)
def capacity(request: HttpRequest, service_id: int, key: str, option: str) -> HttpResponse:
    """What an option can take, entered by its partner or by the clinical lead."""
    service = drafts.service_for(request.asking, service_id, on=timezone.localdate())
    form = CapacityTyped(request.POST)
    typed = {"typed": request.POST.dict(), "typed_for": option}
    if option not in library.options() or not _may_state(request.asking, service, option):
        messages.error(request, "Only who gives this, or the clinical lead, says how many it takes")
        return _show(request, service, key, status=403)
    if not form.is_valid():
        return _show(request, service, key, capacity_wrong=form.wrong, status=422, **typed)
    try:
        state_capacity(
            service=service, option=option, a_week=form.stated,
            stated_by=form.cleaned_data["stated_by"], by=request.asking.username,
            at=timezone.now(),
        )  # fmt: skip
    except pathways.NotDone as refused:
        wrong = {"stated_by": str(refused)}
        return _show(request, service, key, capacity_wrong=wrong, status=422, **typed)
    messages.success(request, f"Saved what {library.options()[option].in_words} can take.")
    return redirect("workspace:pathway", service_id, key)


@require_POST
@staff_page(may=May.SIGN_CONTENT)
def go_back(request: HttpRequest, service_id: int, key: str) -> HttpResponse:
    """One signature brings back a version that was followed before, from today."""
    asking, now = request.asking, timezone.now()
    today = timezone.localdate(now)
    service = drafts.service_for(asking, service_id, on=today, may=May.SIGN_CONTENT)
    live = drafts.live_for(service, key, on=today)
    form = GoingBack(request.POST, earlier=[one.pk for one in live.earlier])
    if not form.is_valid():
        return _show(request, service, key, wrong=form.wrong, typed=request.POST.dict(), status=422)
    content = next(one for one in live.earlier if one.pk == form.cleaned_data["content"])
    try:
        pathway_signing.go_back(
            service=service, content=content, reason=form.cleaned_data["reason"],
            by=asking.username, as_role=asking.shown_as[:LONGEST_ROLE], on=today, at=now,
        )  # fmt: skip
    except (CannotChange, NotReady) as refused:
        messages.error(request, str(refused))
        return _show(request, service, key, typed=request.POST.dict(), status=409)
    messages.success(request, f"From today {content.version} is followed again.")
    return redirect("workspace:pathway", service_id, key)


def _may_state(asking: Asking, service: "Service", option: str) -> bool:
    is_lead = service.pk in asking.services_where(May.EDIT_PATHWAYS)
    return is_lead or (service.pk, PARTNERS.get(option)) in asking.roles


def _item9(service: "Service") -> "tuple[LevelLines, ...]":
    steps = item9_steps(service.pk, on=timezone.localdate())
    return (item9_lines(steps),) if steps else ()


def _show(
    request: HttpRequest, service: "Service", key: str, *, status: int = 200,
    wrong: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None,
    capacity_wrong: Mapping[str, str] | None = None, typed_for: str = "",
) -> HttpResponse:  # fmt: skip
    asking, today, options = request.asking, timezone.localdate(), library.options()
    live = drafts.live_for(service, key, on=today)
    pathway = library.pathway_of(live.content.pk)
    rows = rows_of(pathway, library.newest_instruments())
    lines = rule_lines(rows, rows, options, may_edit=False)
    stated = capacities_of(service.pk)
    draft = drafts.open_draft_of(service.pk, key)
    is_lead = service.pk in asking.services_where(May.EDIT_PATHWAYS)
    page = pages.LivePage(
        title=pathway.title,
        place=str(service),
        stands=pages.stands_of(live, pathway.checked_by),
        service=service.pk,
        key=key,
        rule=lines if key == SELF_HARM else (*_item9(service), *lines),
        sources=pathway.sources,
        draft=draft.pk if draft else 0,
        draft_says=f"Draft {live.number + 1} is open." if draft else "",
        may_edit=is_lead and key != SELF_HARM,
        no_edit=NOT_HERE if key == SELF_HARM else "",
        capacities=pages.capacity_lines(
            (code for step in pathway.steps for code in step.options), options, stated,
            may_state=lambda code: _may_state(asking, service, code),
            called=called(one.by for one in stated.values()),
            typed=typed or {}, wrong=capacity_wrong or {}, typed_for=typed_for,
        ),
        earlier=pages.earlier_of(live),
        may_go_back=service.pk in asking.services_where(May.SIGN_CONTENT) and bool(live.earlier),
        typed={} if typed_for else typed or {},
        wrong=wrong or {},
    )  # fmt: skip
    return render(request, "workspace/pathway.jinja", {"page": page}, status=status)
