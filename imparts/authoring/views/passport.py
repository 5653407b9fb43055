"""The passport of one instrument, all of them for printing, and one as a FHIR file."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.pages.passport import Guide, PassportPage
from imparts.authoring.queries.passports import shipped_newest, shown
from imparts.gateway.fhir.questionnaire import questionnaire_of


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def passport(request: HttpRequest, key: str, content_id: int | None = None) -> HttpResponse:
    """One version; without a number the one that counts today."""
    now = timezone.now()
    today = timezone.localdate(now)
    language = request.GET.get("language", "")
    found = shown(key, content_id=content_id, language=language, on=today)
    page = PassportPage.of(found, on=today, now=now, by=request.asking.shown_as)
    return render(request, "authoring/passport.jinja", {"page": page})


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def guide(request: HttpRequest) -> HttpResponse:
    """Every passport one after another, each on a new sheet of paper."""
    return render(request, "authoring/guide.jinja", {"page": Guide.of(shipped_newest())})


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def as_fhir(request: HttpRequest, key: str, content_id: int) -> HttpResponse:
    """One version as a FHIR Questionnaire, to be kept as a file; never a licensed wording."""
    today = timezone.localdate()
    found = shown(key, content_id=content_id, language="", on=today)
    if found.instrument.licence is not None:
        raise Http404
    signed_on = timezone.localdate(found.signatures[-1].at) if found.signatures else None
    name = f"{found.instrument.id}-{slugify(found.instrument.version)}.json"
    answer = JsonResponse(
        questionnaire_of(found.instrument, on=today, signed_on=signed_on),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        content_type="application/fhir+json",
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
