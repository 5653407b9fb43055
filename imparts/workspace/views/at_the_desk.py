"""What the desk does with one tap: arrived, declined, take back, I am helping."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.informatics.clinics import actions as clinics
from imparts.informatics.clinics.queries import appointment_for
from imparts.informatics.questionnaires.actions import hand_overs
from imparts.informatics.questionnaires.queries.days import invitation_at_desk

OUTCOMES = ("declined", "no_time", "other", "undone")


MOVES = {
    "did_not_attend": clinics.mark_did_not_attend,
    "left": clinics.check_out,
    "not_here": clinics.undo_check_in,
}


@require_POST
@staff_page(may=May.CHECK_IN)
def moved(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """The patient did not come, has left, or had not arrived after all."""
    move = MOVES.get(request.POST.get("move", ""))
    if move is None:
        raise BadRequest("Choose did not attend, left or not here after all.")
    appointment = appointment_for(request.asking, appointment_id, may=May.CHECK_IN)
    try:
        move(appointment=appointment, by=request.asking.username, at=timezone.now())
    except clinics.MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("workspace:clinic")


@require_POST
@staff_page(may=May.CHECK_IN)
def arrived(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """The patient is here."""
    appointment = appointment_for(request.asking, appointment_id, may=May.CHECK_IN)
    try:
        clinics.check_in(
            appointment=appointment, by=request.asking.username, at=timezone.now(),
            place=appointment.session.place,
        )  # fmt: skip
    except clinics.MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("workspace:clinic")


@require_POST
@staff_page(may=May.HAND_OVER_TABLET)
def outcome(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Why someone was not asked, or that it was a mistake to say so."""
    said = request.POST.get("outcome", "")
    if said not in OUTCOMES:
        raise BadRequest("Choose declined, no time or other.")
    appointment = appointment_for(request.asking, appointment_id, may=May.HAND_OVER_TABLET)
    hand_overs.not_asked(
        appointment=appointment, outcome=said, by=request.asking.username, at=timezone.now()
    )
    return redirect("workspace:clinic")


@require_POST
@staff_page(may=May.HAND_OVER_TABLET)
def take_back(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Staff take the tablet back; what was answered is kept."""
    invitation = invitation_at_desk(request.asking, sitting_id)
    hand_overs.take_back(invitation=invitation, by=request.asking.username, at=timezone.now())
    return redirect("workspace:clinic")


@require_POST
@staff_page(may=May.HAND_OVER_TABLET)
def helping(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """A member of staff is on the way to someone who asked for help."""
    invitation = invitation_at_desk(request.asking, sitting_id)
    hand_overs.say_helping(
        invitation_id=invitation.pk, by=request.asking.username, at=timezone.now()
    )
    return redirect("workspace:clinic")
