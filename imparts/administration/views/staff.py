"""Staff: who works here, adding a colleague, roles, one-time codes, leaving and coming back."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imparts.access import actions as access
from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.administration.forms.staff import (
    HowToReach,
    KnownColleague,
    NameAndTitle,
    NewColleague,
    RoleAtService,
)
from imparts.administration.pages.staff import JoinPage, OneTimeCode, StaffList, StaffPage
from imparts.administration.queries import staff as queries
from imparts.administration.queries.services import (
    chosen_service,
    open_services,
    service_to_set_up,
    services_to_set_up,
)

if TYPE_CHECKING:
    from imparts.administration.queries.staff import Colleague

TAKEN = "Someone signs in with this name already. Choose another, or give them a role below."
UNKNOWN = "Nobody signs in with this name. Check it with them."


@require_safe
@staff_page(may=May.SET_UP)
def staff_list(request: HttpRequest) -> HttpResponse:
    """Everyone at the services that the asker sets up."""
    now = timezone.localtime()
    found = queries.colleagues(request.asking, on=now.date(), at=now)
    services = list(services_to_set_up(request.asking))
    chosen = chosen_service(request.asking, request.GET.get("service", ""))
    page = StaffList.of(found, services=services, chosen=chosen)
    return render(request, "administration/staff.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def join(request: HttpRequest) -> HttpResponse:
    """Add someone with a role; their one-time code is shown once, on the page that follows."""
    now = timezone.localtime()
    services = open_services(request.asking, on=now.date())
    form = NewColleague(request.POST or None, services=services)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if queries.known_as(given["username"]):
            form.add_error("username", TAKEN)
        else:
            by = request.asking.username
            made = access.invite(
                username=given["username"], name=given["name"], job_title=given["job_title"],
                by=by, at=now,
            )  # fmt: skip
            access.give_role(
                staff=made, service=service_to_set_up(request.asking, given["service"]),
                role=given["role"], from_on=now.date(), by=by, at=now,
            )  # fmt: skip
            code = access.give_code(staff=made, by=by, at=now)
            return _draw(request, _colleague(request, made.pk, now), now, code=code)
    page = JoinPage.of(form, KnownColleague(services=services))
    return render(request, "administration/join.jinja", {"page": page}, status=page.status)


@require_POST
@staff_page(may=May.SET_UP)
def join_known(request: HttpRequest) -> HttpResponse:
    """Give a role here to someone who signs in already, for another service."""
    now = timezone.localtime()
    services = open_services(request.asking, on=now.date())
    form = KnownColleague(request.POST, services=services)
    if form.is_valid():
        known = queries.known_as(form.cleaned_data["username"])
        if known is None:
            form.add_error("username", UNKNOWN)
        else:
            _give(request, known, form.cleaned_data, now)
            return redirect("administration:colleague", known.pk)
    page = JoinPage.of(NewColleague(services=services), form)
    return render(request, "administration/join.jinja", {"page": page}, status=page.status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.SET_UP)
def colleague(request: HttpRequest, staff_id: int) -> HttpResponse:
    """One colleague; sending the form puts name and job title right."""
    now = timezone.localtime()
    one = _colleague(request, staff_id, now)
    form = NameAndTitle(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        access.describe(staff=one.staff, by=request.asking.username, at=now, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("administration:colleague", staff_id)
    return _draw(request, one, now, form=form)


@require_POST
@staff_page(may=May.SET_UP)
def reach(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Where notices to them go."""
    now = timezone.localtime()
    one = _colleague(request, staff_id, now)
    form = HowToReach(request.POST)
    if not form.is_valid():
        return _draw(request, one, now, reach_form=form)
    access.set_reach(staff=one.staff, by=request.asking.username, at=now, **form.cleaned_data)
    messages.success(request, "Saved.")
    return redirect("administration:colleague", staff_id)


@require_POST
@staff_page(may=May.SET_UP)
def give_role(request: HttpRequest, staff_id: int) -> HttpResponse:
    """One more role at a service of the asker's."""
    now = timezone.localtime()
    one = _colleague(request, staff_id, now)
    form = RoleAtService(request.POST, services=open_services(request.asking, on=now.date()))
    if not form.is_valid():
        return _draw(request, one, now, role_form=form)
    _give(request, one.staff, form.cleaned_data, now)
    return redirect("administration:colleague", staff_id)


@require_POST
@staff_page(may=May.SET_UP)
def end_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A role ends now: yesterday was its last day."""
    now = timezone.localtime()
    membership = queries.membership_for(request.asking, membership_id)
    try:
        access.end_role(
            membership=membership, on=now.date() - timedelta(days=1), by=request.asking.username,
            at=now,
        )  # fmt: skip
    except access.RoleRefused as refused:
        messages.error(request, str(refused))
    return redirect("administration:colleague", membership.staff_id)


@require_POST
@staff_page(may=May.SET_UP)
def new_code(request: HttpRequest, staff_id: int) -> HttpResponse:
    """A new one-time code, shown once; the password of before ends."""
    now = timezone.localtime()
    one = _colleague(request, staff_id, now)
    if not _may_manage(request, one):
        return redirect("administration:colleague", staff_id)
    code = access.give_code(staff=one.staff, by=request.asking.username, at=now)
    return _draw(request, _colleague(request, staff_id, now), now, code=code)


@require_POST
@staff_page(may=May.SET_UP)
def leave(request: HttpRequest, staff_id: int) -> HttpResponse:
    """They have left: no sign-in, no PIN, no role from now on."""
    now = timezone.localtime()
    one = _colleague(request, staff_id, now)
    if _may_manage(request, one):
        try:
            access.leave(staff=one.staff, on=now.date(), by=request.asking.username, at=now)
        except access.StaffRefused as refused:
            messages.error(request, str(refused))
    return redirect("administration:colleague", staff_id)


@require_POST
@staff_page(may=May.SET_UP)
def come_back(request: HttpRequest, staff_id: int) -> HttpResponse:
    """They are back: roles and a code are given anew."""
    now = timezone.localtime()
    one = _colleague(request, staff_id, now)
    if _may_manage(request, one):
        access.come_back(staff=one.staff, by=request.asking.username, at=now)
    return redirect("administration:colleague", staff_id)


def _colleague(request: HttpRequest, staff_id: int, now: datetime) -> "Colleague":
    return queries.colleague_for(request.asking, staff_id, on=now.date(), at=now)


def _may_manage(request: HttpRequest, one: "Colleague") -> bool:
    """Whether the asker sets up every service of theirs; the page says why when not."""
    return one.can_be_managed and one.staff.username != request.asking.username


def _give(request: HttpRequest, staff: object, given: dict[str, object], now: datetime) -> None:
    try:
        access.give_role(
            staff=staff, service=service_to_set_up(request.asking, given["service"]),
            role=given["role"], from_on=now.date(), by=request.asking.username, at=now,
        )  # fmt: skip
    except access.RoleRefused as refused:
        messages.error(request, str(refused))


def _draw(
    request: HttpRequest,
    one: "Colleague",
    now: datetime,
    *,
    form: NameAndTitle | None = None,
    role_form: RoleAtService | None = None,
    reach_form: HowToReach | None = None,
    code: str = "",
) -> HttpResponse:
    services = open_services(request.asking, on=now.date())
    said = {"name": one.staff.get_full_name(), "job_title": one.staff.job_title}
    shown = None
    if code:
        address = request.build_absolute_uri("/sign-in/first/")
        shown = OneTimeCode.of(code, one, ends_at=now + access.CODE_LASTS, address=address)
    page = StaffPage.of(
        one, reader=request.asking.username, form=form or NameAndTitle(initial=said),
        role_form=role_form or RoleAtService(services=services),
        reach_form=reach_form or HowToReach.of(one.staff), code=shown,
    )  # fmt: skip
    return render(request, "administration/colleague.jinja", {"page": page}, status=page.status)
