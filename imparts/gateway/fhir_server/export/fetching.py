"""/fhir/bulk/...: how far an export is, what it came to, its files, and that it is wanted no more.

An export is found by the program that asked for it and by no other; each call brings a token of
its own, and a file goes out with one that counts at that moment.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from imparts.gateway.fhir_server.actions import exporting
from imparts.gateway.fhir_server.calls import refused
from imparts.gateway.fhir_server.export import folder
from imparts.gateway.fhir_server.problems import Issue
from imparts.gateway.fhir_server.queries.exports import export_of
from imparts.gateway.fhir_server.views import response_of
from imparts.gateway.smart.bases import fhir_base
from imparts.gateway.smart.principal import NotLetIn, principal_of

if TYPE_CHECKING:
    from imparts.gateway.fhir_server.models import ExportJob

SECONDS_TO_WAIT = 5
NOT_THERE = "No such export: it was never asked for by this program, was cancelled, or has ended."


def _of_the_program(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The export named in the address, when the program of this token asked for it."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, job_id: UUID, **more: Any) -> HttpResponse:
        try:
            principal = principal_of(request)
        except NotLetIn as words:
            return _said(request, 401, "login", str(words), **words.headers)
        job = export_of(job_id, client_id=principal.client_id)
        if job is None or not principal.is_machine:
            return _said(request, 404, "not-found", NOT_THERE)
        return view(request, job, **more)

    guarded.needs_token = True  # the house tests look for it
    return guarded


@_of_the_program
def status(request: HttpRequest, job: "ExportJob") -> HttpResponse:
    """Where it stands; DELETE: it is wanted no more."""
    if request.method == "DELETE":
        exporting.cancel(job, at=timezone.now())
        return HttpResponse(status=202)
    if request.method not in ("GET", "HEAD"):
        words = "Only GET and DELETE are answered here."
        return _said(request, 405, "not-supported", words, Allow="GET, DELETE")
    if job.failed:
        return _said(request, 500, "exception", job.failed)
    if job.done_at is None:
        answer = HttpResponse(status=202)
        answer["X-Progress"] = f"{job.written:,} written" if job.began_at else "waits for its turn"
        answer["Retry-After"] = str(SECONDS_TO_WAIT)
        return answer
    answer = JsonResponse(_manifest(job, fhir_base(request)))
    answer["Expires"] = http_date((job.done_at + exporting.KEPT).timestamp())
    return answer


@_of_the_program
def file(request: HttpRequest, job: "ExportJob", file_called: str) -> HttpResponse:
    """One file, a piece at a time."""
    path = folder.path_of(job.pk, file_called) if job.done_at else None
    if path is None or request.method not in ("GET", "HEAD"):
        return _said(request, 404, "not-found", "No such file in this export.")
    exporting.note_fetched(job, file_called, at=timezone.now())
    return FileResponse(path.open("rb"), content_type="application/fhir+ndjson")


def _manifest(job: "ExportJob", base: str) -> dict[str, Any]:
    began = job.began_at or job.asked_at
    return {
        "transactionTime": began.isoformat(),
        "request": job.address,
        "requiresAccessToken": True,
        "output": [
            {"type": one.type, "url": f"{base}/bulk/{job.pk}/{one.name}", "count": one.count}
            for one in job.files.order_by("pk")
        ],
        "deleted": [],
        "error": [],
    }


def _said(request: HttpRequest, status: int, kind: str, words: str, **headers: str) -> HttpResponse:
    made = refused(status, [Issue(kind, words)], **headers)
    return response_of(made, is_head=request.method == "HEAD")
