"""The packs of this site, starting a new one, and copying one from any service."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.authoring.actions import drafting
from imparts.authoring.forms.composing import NewPack
from imparts.authoring.pages.packs import new_pack_page, packs_page
from imparts.authoring.pages.to_start import to_start_page
from imparts.authoring.pages.version import title_of
from imparts.authoring.queries import packs, starting, to_start
from imparts.authoring.queries.signing import count_waiting
from imparts.authoring.queries.texts import what_it_says
from imparts.authoring.queries.versions import version_for
from imparts.library.queries import pack_of
from imparts.rules.packs.draft import NotPossible


@require_safe
@staff_page(may=May.SEE_LIBRARY)
def all_packs(request: HttpRequest) -> HttpResponse:
    """What waits for its first day, one row a service, and where pathways are followed."""
    asking, today = request.asking, timezone.localdate()
    page = packs_page(
        packs.packs_by_service(asking, on=today),
        pack_of,
        may_compose_for=asking.services_where(May.COMPOSE),
        may_sign=asking.may(May.SIGN_CONTENT),
        waits=count_waiting(),
        today=today,
    )
    start = to_start_page(
        to_start.packs_not_asked(asking, on=today),
        to_start.pathways_here(asking, on=today),
        name_of=lambda one: title_of(what_it_says(one)),
        today=today,
    )
    return render(request, "authoring/packs.jinja", {"page": page, "start": start})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.COMPOSE)
def new_pack(request: HttpRequest) -> HttpResponse:
    """From nothing but the core, or as a copy."""
    services = starting.services_to_compose_for(request.asking, on=timezone.localdate())
    form = NewPack(request.POST if request.method == "POST" else None, services=services)
    if request.method == "POST" and form.is_valid():
        return _begin(request, form)
    chosen = request.POST.get("copy", request.GET.get("copy", ""))
    values = request.POST or {"service": request.GET.get("service", ""), "name": ""}
    page = new_pack_page(
        [(one, pack_of(one.pk), packs.where_asked(one)) for one in packs.all_packs()],
        services,
        chosen=chosen,
        values={name: str(values.get(name, "")) for name in ("name", "service")},
        wrong=form.wrong if request.method == "POST" else {},
    )
    status = 422 if page.wrong else 200
    return render(request, "authoring/new_pack.jinja", {"page": page}, status=status)


def _begin(request: HttpRequest, form: NewPack) -> HttpResponse:
    now = timezone.now()
    given = {
        "service": form.cleaned_data["service"],
        "name": form.cleaned_data["name"],
        "by": request.asking.username,
        "on": timezone.localdate(now),
        "at": now,
    }
    copied = packs.pack_with(request.POST.get("copy", ""))
    row = drafting.copy(content=copied, **given) if copied else drafting.start(**given)
    return redirect("authoring:draft", row.pk)


@require_POST
@staff_page(may=May.COMPOSE)
def next_version(request: HttpRequest, content_id: int) -> HttpResponse:
    """A draft of the next version of a pack that was composed here."""
    content, now = version_for(content_id), timezone.now()
    service = packs.service_to_change(request.asking, content)
    try:
        row = drafting.next_version_of(
            content=content, service=service, by=request.asking.username,
            on=timezone.localdate(now), at=now,
        )  # fmt: skip
    except NotPossible as refused:
        messages.error(request, str(refused))
        return redirect("authoring:version", content_id)
    return redirect("authoring:draft", row.pk)
