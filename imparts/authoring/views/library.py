"""The library: every instrument that this site knows, to be looked up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.pages.library import Library
from imparts.library.queries import newest_instruments


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def library(request: HttpRequest) -> HttpResponse:
    """Every instrument, by what it measures."""
    page = Library.of(newest_instruments().values())
    return render(request, "authoring/library.jinja", {"page": page})
