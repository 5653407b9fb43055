"""What trust IT looks after: messages that the hospital record refused, and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.gateway.delivery import RECORD
from imparts.outbox.queries import oldest_waiting_seconds, refused
from imparts.workspace.pages.connections import Connections

MOST_SHOWN = 200


@require_safe
@staff_page(may=May.SEE_CONNECTIONS)
def connections(request: HttpRequest) -> HttpResponse:
    """Refused messages, newest first, each with the record's own words."""
    oldest = oldest_waiting_seconds(RECORD, at=timezone.now())
    page = Connections.of(refused(RECORD)[:MOST_SHOWN], oldest_seconds=oldest)
    return render(request, "workspace/connections.jinja", {"page": page})
