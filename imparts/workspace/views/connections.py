"""What trust IT looks after: what the record refused, what waits, and notices to staff."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.gateway.delivery import RECORD
from imparts.gateway.notices import queries as notices
from imparts.outbox.queries import oldest_waiting_seconds, refused
from imparts.workspace.pages.connections import Connections
from imparts.workspace.pages.notices import NoticesShown

MOST_SHOWN = 200
SHOWN_FOR = timedelta(days=7)


@require_safe
@staff_page(may=May.SEE_CONNECTIONS)
def connections(request: HttpRequest) -> HttpResponse:
    """Refused messages, newest first, in the record's words; how e-mail and SMS stand."""
    now = timezone.now()
    oldest = oldest_waiting_seconds(RECORD, at=now)
    shown = NoticesShown.of(
        notices.ways_standing(),
        unlooked_at=notices.not_yet_looked_at(),
        not_sent=notices.not_sent(since=now - SHOWN_FOR),
    )
    page = Connections.of(refused(RECORD)[:MOST_SHOWN], oldest_seconds=oldest, notices=shown)
    return render(request, "workspace/connections.jinja", {"page": page})
