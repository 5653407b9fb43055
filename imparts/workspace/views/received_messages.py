"""Messages that the record sent: searched, looked at with nobody in them, applied once more."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.gateway.hl7v2.masking import masked
from imparts.gateway.inbound import actions as inbound
from imparts.gateway.inbound import queries
from imparts.workspace.pages.connections.received import Looked, ReceivedOne, ReceivedPage

MOST = 50
_LONGEST = 199  # as MSH-10 is kept


@require_safe
@staff_page(may=May.SEE_CONNECTIONS)
def received_messages(request: HttpRequest) -> HttpResponse:
    """Newest first; narrowed by control id, kind, what became of it and day."""
    asked = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in _NAMES}
    looked = Looked(**{name: value.replace("\0", "") for name, value in asked.items()})
    on, wrong = _day(looked.on)
    before = request.GET.get("before", "")
    found = queries.received(
        control_id=looked.id, kind=looked.kind, code=looked.became, on=on, most=MOST,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )  # fmt: skip
    page = ReceivedPage.of(found, looked, most=MOST, wrong=wrong)
    return render(
        request, "workspace/received_messages.jinja", {"page": page}, status=422 if wrong else 200
    )


@require_safe
@staff_page(may=May.SEE_CONNECTIONS)
def received_message(request: HttpRequest, received_id: int) -> HttpResponse:
    """One message, its shape whole and nobody in it."""
    one = queries.received_message(received_id)
    if one is None:
        raise Http404
    text = queries.text_of(received_id)
    page = ReceivedOne.of(one, masked(text) if text else "")
    return render(request, "workspace/received_message.jinja", {"page": page})


@require_POST
@staff_page(may=May.SEE_CONNECTIONS)
def apply_again(request: HttpRequest, received_id: int) -> HttpResponse:
    """Apply a kept message once more, after what stood in its way was mended."""
    if queries.received_message(received_id) is None:
        raise Http404
    try:
        outcome = inbound.replay(received_id, by=request.asking.username, at=timezone.now())
    except inbound.ReplayRefused as refused:
        messages.error(request, f"Nothing was changed. {refused}")
    else:
        say = messages.success if outcome.code == "AA" else messages.error
        say(request, f"Applied again. {outcome.code}: {outcome.words or 'done'}")
    return redirect("workspace:received_message", received_id)


_NAMES = ("id", "kind", "became", "on")


def _day(typed: str) -> tuple[date | None, str]:
    if not typed:
        return None, ""
    try:
        return date.fromisoformat(typed), ""
    except ValueError:
        return None, "This is not a day. Choose one, or write it as 2026-11-17."
