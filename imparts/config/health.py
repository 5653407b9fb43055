"""Is it well? /healthz and /readyz, for load balancers and for whoever is on call.

A web process is ready when it can store an answer, that is when the database answers. A worker that
is away is said but does not take the pages away: answers are still stored, and sent later.
"""

from typing import Any

from django.db import connection, transaction
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.gateway.notices.ways import EMAIL, SMS
from imparts.live.presence import Process, seen
from imparts.outbox import queries as outbox
from imparts.outbox.actions import NOTICES


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process is alive."""
    return JsonResponse({"status": "alive"})


@require_safe
@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> JsonResponse:
    """The site can store answers (200) or not (503), and what else is known."""
    try:
        return JsonResponse(_found())
    except Error:
        connection.close()
        nothing = {"status": "not ready", "database": False, "worker_seen": None}
        unknown = (
            "listener_seen", "oldest_unsent_seconds", "oldest_unsent_seconds_of",
            "oldest_notice_seconds",
        )  # fmt: skip
        answer = {**nothing, **dict.fromkeys(unknown)}
        return JsonResponse(answer, status=503, headers={"Retry-After": "5"})


def _found() -> dict[str, Any]:
    now = timezone.now()
    each = outbox.oldest_of_each(at=now)
    notice = outbox.oldest_waiting_seconds(NOTICES, EMAIL, SMS, at=now)
    there = seen()
    return {
        "status": "ready",
        "database": True,
        "worker_seen": Process.WORKER in there,
        "listener_seen": Process.LISTENER in there,
        "oldest_unsent_seconds": max(each.values(), default=0.0),
        "oldest_unsent_seconds_of": each,
        "oldest_notice_seconds": round(notice, 1),
    }
