"""One destination: how it is used, what is sent to it before and after its mapping, a test."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.gateway import actions as deliveries
from imparts.gateway.mapping_preview import PreviewLine, preview, samples
from imparts.gateway.outcomes import Outcome
from imparts.gateway.trying import try_out
from imparts.gateway.written import mapping_of
from imparts.outbox.destination import RECORD, RECORD_FHIR
from imparts.outbox.queries import Queue, queues
from imparts.rules.record.json_facts import FactsRefused
from imparts.rules.record.mapping import DestinationMapping
from imparts.rules.record.mapping_reading import read_mapping
from imparts.workspace.connection_forms import DestinationForm
from imparts.workspace.pages.connections.one_destination import OneDestination


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SEE_CONNECTIONS)
def destination(request: HttpRequest, code: str) -> HttpResponse:
    """How it is used from now on. "Try" shows the message as typed, and keeps nothing."""
    queue = _queue(code)
    form = DestinationForm(
        request.POST or None, destination=queue.destination, is_fixed=_is_fixed(queue),
        is_only_tried="try" in request.POST,
    )  # fmt: skip
    if request.method == "POST" and "try" not in request.POST and form.is_valid():
        _keep(form, by=request.asking.username)
        messages.success(request, "It is used so from now on. What it was stays on record.")
        return redirect("workspace:destination", code)
    return _shown(request, queue, form)


@require_POST
@transaction.non_atomic_requests
@staff_page(may=May.SEE_CONNECTIONS)
def try_destination(request: HttpRequest, code: str) -> HttpResponse:
    """Send a test about nobody real and say what was answered."""
    to = _queue(code).destination
    if not to.address:
        messages.error(request, f"No address of {to.name} is set, so nothing was sent.")
        return redirect("workspace:destination", code)
    tried = try_out(to)
    if tried.told.outcome is Outcome.TAKEN:
        messages.success(request, f"{to.name} took the test in {tried.seconds:.2f} s.")
    else:
        words = tried.told.words or "it gave no reason"
        messages.error(request, f"{to.name} did not take the test ({tried.told.outcome}): {words}")
    return redirect("workspace:destination", code)


def _queue(code: str) -> Queue:
    found = next((each for each in queues() if each.destination.code == code), None)
    if found is None:
        raise Http404
    return found


def _is_fixed(queue: Queue) -> bool:
    """The hospital record's own addresses stand in the site's settings."""
    return queue.destination.code in (RECORD, RECORD_FHIR)


def _keep(form: DestinationForm, *, by: str) -> None:
    typed = dict(form.cleaned_data)
    why = typed.pop("why")
    deliveries.set_destination(
        replace(form.destination, **typed), by=by, why=why, at=timezone.now()
    )


def _shown(request: HttpRequest, queue: Queue, form: DestinationForm) -> HttpResponse:
    tried = samples()
    asked = request.GET.get("sample", "0")
    number = int(asked) if asked in {str(n) for n in range(len(tried))} else 0
    lines: Sequence[PreviewLine] = ()
    wrong = ""
    try:
        mapping = _mapping(form, queue)
        lines = preview(mapping, sends=queue.destination.sends, facts=tried[number].facts)
    except FactsRefused as refused:
        wrong = f"Nothing can be shown: {refused}"
    page = OneDestination.of(
        queue, form, samples=[one.name for one in tried], sample=number, lines=lines, wrong=wrong
    )
    return render(request, "workspace/destination.jinja", {"page": page}, status=page.status)


def _mapping(form: DestinationForm, queue: Queue) -> DestinationMapping:
    """What was typed, when it can be used; else what stands."""
    typed = form.mapping_tried if form.is_bound and not form.is_valid() else None
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["mapping"]
    return mapping_of(queue.destination.mapping) if typed is None else read_mapping(typed)
