"""Bookings: whoever checks patients in adds a walk-in or an appointment, and takes one off.

Before a new record is made, records that may be the same person are shown: two records of one
person are as dangerous as one record of two (hazard H2).
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.administration.forms.bookings import WHYS, PersonAtDesk, WhyOff
from imparts.administration.pages.bookings import (
    BookingList,
    BookingPage,
    IsItOneOfThese,
    first_free,
)
from imparts.administration.queries import clinics as queries
from imparts.audit import actions as audit
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.queries import appointment_for
from imparts.people import actions as people
from imparts.people.pages import Banner
from imparts.people.queries import (
    identifiers_of,
    number_is_taken,
    perhaps_the_same,
    record_ids,
)

if TYPE_CHECKING:
    from imparts.informatics.clinics.models import ClinicSession
    from imparts.people.models import Patient

NUMBER_TAKEN = (
    "Another record has this number already. Check the number, or leave it out and tell whoever "
    "looks after patient records."
)
THERE_ALREADY = "This person is on the list of this clinic already."


@require_safe
@staff_page(may=May.CHECK_IN)
def booking_list(request: HttpRequest) -> HttpResponse:
    """The clinics from today on for which the asker may book."""
    today = timezone.localdate()
    found = queries.sessions_ahead(request.asking, may=May.CHECK_IN, day=today)
    page = BookingList.of(found, today=today)
    return render(request, "administration/bookings.jinja", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.CHECK_IN)
def booking(request: HttpRequest, session_id: int) -> HttpResponse:
    """One clinic's bookings; sending the form looks the person up, then registers and books."""
    now = timezone.localtime()
    session = queries.session_for(request.asking, session_id, may=May.CHECK_IN)
    form = _form(request, session, now)
    if request.method != "POST" or not form.is_valid():
        return _draw(request, session, form, now)
    _refuse_past(session, now)
    found = _perhaps(request, form.cleaned_data, now)
    said = request.POST.get("is", "")
    if said.startswith("one:"):
        return _book_known(request, session, found, said.removeprefix("one:"), form, now)
    if found and said != "none":
        page = IsItOneOfThese.of(session, form, _banners(found, form.cleaned_data, now))
        return render(request, "administration/is_it_one_of_these.jinja", {"page": page})
    return _book_new(request, session, form, now)


@require_POST
@staff_page(may=May.CHECK_IN)
def take_off(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Take someone off a clinic's list, with why; only before they are here."""
    appointment = appointment_for(request.asking, appointment_id, may=May.CHECK_IN)
    form = WhyOff(request.POST)
    if not form.is_valid():
        raise BadRequest(form.errors["why"][0])
    try:
        clinics.cancel(
            appointment=appointment, by=request.asking.username, at=timezone.now(),
            why=form.cleaned_data["why"],
        )  # fmt: skip
    except clinics.MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("administration:booking", appointment.session_id)


def _form(request: HttpRequest, session: "ClinicSession", now: datetime) -> PersonAtDesk:
    free = first_free(session, queries.expected(session), now=now)
    return PersonAtDesk(
        request.POST or None, today=now.date(), takes_test_numbers=settings.IMPARTS_DEMO,
        initial={"at": f"{free:%H:%M}" if free else "", "kind": _usual_number(session)},
    )  # fmt: skip


def _usual_number(session: "ClinicSession") -> str:
    """The number that people of this nation know."""
    nation = session.service.organisation.nation
    return {"scotland": "chi", "northern_ireland": "hcn"}.get(nation, "nhs")


def _refuse_past(session: "ClinicSession", now: datetime) -> None:
    if session.held_on < now.date():
        raise BadRequest("This clinic is past, so nobody can be booked for it.")


def _perhaps(request: HttpRequest, given: dict[str, Any], now: datetime) -> "list[Patient]":
    """Records that may be this person. The look is noted, with how many it showed."""
    found = perhaps_the_same(
        family_name=given["family_name"], given_name=given["given_name"],
        born_on=given["born_on"], number=given["number"],
    )  # fmt: skip
    who = request.asking.username
    for patient in found:
        audit.record(
            who=who, did="looked up at the desk", patient=patient.pk, why="booking by hand", at=now
        )
    return found


def _banners(
    found: "list[Patient]", given: dict[str, Any], now: datetime
) -> list[tuple[UUID, Banner, bool]]:
    numbers = identifiers_of(found)
    return [
        (
            each.pk,
            Banner.of(each, numbers[each.pk], on=now.date()),
            given["number"] != "" and given["number"] in {n.value for n in numbers[each.pk]},
        )
        for each in found
    ]


def _book_known(
    request: HttpRequest,
    session: "ClinicSession",
    found: "list[Patient]",
    chosen: str,
    form: PersonAtDesk,
    now: datetime,
) -> HttpResponse:
    """Book one of the records that were shown; no other can be chosen."""
    patient = next((each for each in found if str(each.pk) == chosen), None)
    if patient is None:
        raise Http404
    if queries.is_expected(session, record_ids(patient)):
        form.add_error(None, THERE_ALREADY)
        return _draw(request, session, form, now)
    return _book(request, session, patient, form, now)


def _book_new(
    request: HttpRequest, session: "ClinicSession", form: PersonAtDesk, now: datetime
) -> HttpResponse:
    given, by = form.cleaned_data, request.asking.username
    issued_by = session.service.organisation if given["kind"] == "hospital" else None
    if number_is_taken(given["kind"], given["number"], issued_by=issued_by):
        form.add_error("number", NUMBER_TAKEN)
        return _draw(request, session, form, now)
    made = people.register(
        family_name=given["family_name"], given_name=given["given_name"],
        born_on=given["born_on"], by=by, at=now,
    )  # fmt: skip
    if given["number"]:
        people.add_identifier(
            patient=made, scheme=given["kind"], value=given["number"], by=by, at=now,
            issued_by=issued_by,
        )  # fmt: skip
    return _book(request, session, made, form, now)


def _book(
    request: HttpRequest,
    session: "ClinicSession",
    patient: "Patient",
    form: PersonAtDesk,
    now: datetime,
) -> HttpResponse:
    at = datetime.combine(session.held_on, form.cleaned_data["at"], tzinfo=now.tzinfo)
    clinics.book(
        session=session, patient=patient, appointment_at=at, by=request.asking.username, at=now
    )
    messages.success(request, f"{patient.name} is booked at {at:%H:%M}.")
    return redirect("administration:booking", session.pk)


def _draw(
    request: HttpRequest, session: "ClinicSession", form: PersonAtDesk, now: datetime
) -> HttpResponse:
    expected = queries.expected(session)
    audit.record(
        who=request.asking.username, did="saw bookings", about=f"session {session.pk}", at=now
    )
    page = BookingPage.of(session, expected, form=form, whys=WHYS, today=now.date())
    return render(request, "administration/booking.jinja", {"page": page}, status=page.status)
