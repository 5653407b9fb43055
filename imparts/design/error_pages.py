"""What went wrong, on one calm page: a plain sentence, nothing lost, what to do next.

A page about a patient whom someone may not see answers 404 with nothing in the body, so that it
tells nothing, not even that the patient exists (hazard H8).
"""

import logging
import secrets
import sys
from dataclasses import dataclass

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.urls import Resolver404

logger = logging.getLogger("imparts.pages")
TOO_LARGE = "What was sent is too large. Shorten the text and send it again."
NOT_UNDERSTOOD = (
    "What was sent could not be understood, so nothing was changed. Go back and try again."
)
OUT_OF_DATE = (
    "This page was open in the browser for too long, or cookies are off, so nothing was changed. "
    "Go back, reload the page and try again."
)
OUR_MISTAKE = (
    "Something went wrong on our side. What was saved before is safe; what you sent just now may "
    "not have been saved. Go back, look, and try again."
)

NO_DATABASE = (
    "The database does not answer just now. What was saved before is safe; what you sent just now "
    "was not saved. Wait a moment, go back, and send it again."
)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """One thing that went wrong."""

    title: str
    said: str
    reference: str = ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be used."""
    said = NOT_UNDERSTOOD
    if isinstance(exception, RequestDataTooBig):
        said = TOO_LARGE
    elif isinstance(exception, BadRequest) and str(exception):
        said = str(exception)  # written by our own views, in words for the reader
    return _page(request, ErrorPage("Not understood", said), status=400)


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role may not; the sentence says which roles may."""
    is_ours = isinstance(exception, PermissionDenied) and str(exception)
    said = str(exception) if is_ours else "Your role may not open this page."
    return _page(request, ErrorPage("Not permitted", said), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of ours, or from one that is too old."""
    return _page(request, ErrorPage("Page out of date", OUT_OF_DATE), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: an unknown address gets a page; something that may not be seen gets an empty body."""
    if not isinstance(exception, Resolver404):
        return HttpResponseNotFound()
    said = "There is no page at this address. Check the address, or start from the first page."
    return _page(request, ErrorPage("Page not found", said), status=404)


def our_mistake(request: HttpRequest) -> HttpResponse:
    """500: a reference number leads from the page to the log; neither names anybody.

    503 when the database does not answer, so that whoever asks by machine waits.
    """
    if isinstance(sys.exception(), OperationalError):
        page = ErrorPage("Try again in a moment", NO_DATABASE)
        text = render_to_string("design/error.jinja", {"page": page})
        return HttpResponse(text, status=503, headers={"Retry-After": "5"})
    reference = secrets.token_hex(4)
    logger.error("a page failed, reference %s", reference)
    # Drawn without the frame's facts: what failed may be the database that they come from.
    page = ErrorPage("Something went wrong", OUR_MISTAKE, reference)
    return HttpResponse(render_to_string("design/error.jinja", {"page": page}), status=500)


def _page(request: HttpRequest, page: ErrorPage, *, status: int) -> HttpResponse:
    return HttpResponse(
        render_to_string("design/error.jinja", {"page": page}, request), status=status
    )
