"""What trust IT looks after: every connection, one result traced, what was refused."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.gateway import actions as deliveries
from imparts.gateway.hl7v2.masking import masked
from imparts.gateway.notices import queries as notices
from imparts.live.presence import Process, seen
from imparts.outbox import actions as outbox
from imparts.workspace.pages.connections.notices import NoticesShown
from imparts.workspace.pages.connections.overview import Connections
from imparts.workspace.pages.connections.sent_message import SentMessage
from imparts.workspace.pages.connections.trace import Traced
from imparts.workspace.queries import connections as queries
from imparts.workspace.queries.tracing import steps_of
from imparts.workspace.views.typed import typed_text

SHOWN_FOR = timedelta(days=7)
LONGEST_ID, LONGEST_REASON = 60, 300


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SEE_CONNECTIONS)
def connections(request: HttpRequest) -> HttpResponse:
    """Every connection; and one id traced, when it was asked for. Ids never stand in an address."""
    now = timezone.now()
    looked_for = typed_text(request, "id", LONGEST_ID)
    refused, in_all = queries.refused_by_anyone()
    missing, missing_in_all = queries.missing_here()
    page = Connections.of(
        queries.connections(at=now, listener_is_there=Process.LISTENER in seen()),
        refused=refused, refused_in_all=in_all, missing=missing, missing_in_all=missing_in_all,
        now=now,
    )  # fmt: skip
    return render(
        request,
        "workspace/connections.jinja",
        {
            "page": page,
            "traced": Traced.of(looked_for, steps_of(looked_for), now=now),
            "notices": NoticesShown.of(
                unlooked_at=notices.not_yet_looked_at(),
                not_sent=notices.not_sent(since=now - SHOWN_FOR),
            ),
        },
    )


@require_safe
@staff_page(may=May.SEE_CONNECTIONS)
def sent_message(request: HttpRequest, control_id: str) -> HttpResponse:
    """One message as it is sent, with nobody in it."""
    found = queries.sent_message(control_id)
    if found is None:
        raise Http404
    text, to = found
    page = SentMessage(f"Message {control_id}", control_id, to, masked(text) if text else "")
    return render(request, "workspace/sent_message.jinja", {"page": page})


@require_POST
@staff_page(may=May.SEE_CONNECTIONS)
def decide_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Send a refused message again, or give it up with a reason."""
    if not queries.is_ours(message_id):
        raise Http404
    gives_up = request.POST.get("do") == "give-up"
    why = typed_text(request, "why", LONGEST_REASON)
    do = deliveries.give_up if gives_up else deliveries.send_again
    try:
        do(message_id, by=request.asking.username, why=why, at=timezone.now())
        done = "It is given up." if gives_up else "It waits to be sent again."
        messages.success(request, done)
    except outbox.CannotDecide as refused:
        messages.error(request, f"Nothing was changed. {refused}")
    return redirect("workspace:connections")
