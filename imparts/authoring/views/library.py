"""The library: every instrument that this site knows, to be looked up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.pages.library import Library
from imparts.authoring.queries.library import every_entry

LONGEST_SEARCH = 60


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def library(request: HttpRequest) -> HttpResponse:
    """Every instrument by what it measures, or those that fit what was typed."""
    today = timezone.localdate()
    looked_for = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH]
    chosen = request.GET.get("show", "")
    page = Library.of(every_entry(on=today), looked_for=looked_for, chosen=chosen, on=today)
    return render(request, "authoring/library.jinja", {"page": page})
