"""Answers that were filed to the wrong person: choosing, looking again, withdrawing, filing again.

The address names the visit alone. What somebody looks for is posted, so that no name stands in an
address.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.design.dates import clock, day, local
from imparts.informatics.questionnaires.actions.withdrawing import (
    AlreadyDone,
    NotWithdrawn,
    refile_response,
    withdraw_response,
)
from imparts.informatics.questionnaires.queries.days import sitting_of, withdrawn_of
from imparts.pathways import actions as pathways
from imparts.pathways.queries import alert_for, alerts_about
from imparts.people.queries import patient_for
from imparts.workspace.pages.wrong_person import (
    UNKNOWN,
    SecondLook,
    Typed,
    WithdrawnPage,
    WrongPersonPage,
)
from imparts.workspace.queries.names import called
from imparts.workspace.queries.patients import banner_of, person_of
from imparts.workspace.queries.wrong_person import (
    appointment_chosen,
    candidate_chosen,
    candidates,
    is_filed_again,
    withdrawal_of,
)
from imparts.workspace.views.noting import note_patient
from imparts.workspace.views.typed import typed_text

if TYPE_CHECKING:
    from imparts.informatics.questionnaires.models import Invitation
    from imparts.people.models import Patient

CHOOSE = "Choose whose answers these are, or say that you do not know yet."
WHY = "Say how it came about, for example: the tablet was handed to the next patient."
NOT_SENT = "These answers have not been sent yet. Take the tablet back on the clinic list first."
DONE = "These answers have been withdrawn and filed again already. Nothing was changed."
WITHDRAWN = "Withdrawn. The hospital record is told, and nobody sees them as this patient's."
FILED = "Filed under the person who gave them. Their alerts, if any, are raised now."


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.ACT_ON_ALERTS)
def wrong_person(request: HttpRequest, patient_id: UUID, sitting_id: UUID) -> HttpResponse:
    """Whose answers they are; then a second look; then it is done, all of it or nothing."""
    patient, invitation = _opened(request, patient_id, sitting_id)
    withdrawal = withdrawal_of(invitation)
    if withdrawal is not None and is_filed_again(withdrawal):
        return left_behind(
            request, patient, invitation, problem=DONE if request.method == "POST" else ""
        )
    typed = _typed(request)
    doing = request.POST.get("do", "")
    if doing not in ("look", "withdraw"):
        note_patient(
            request.asking, patient, did="opened wrong person", about=f"invitation {sitting_id}",
            at=timezone.localtime(),
        )  # fmt: skip
        return _choose(request, patient, invitation, typed)
    wrong = _what_is_missing(invitation, typed)
    if wrong:
        return _choose(request, patient, invitation, typed, problem=wrong[0], field=wrong[1])
    if doing == "look":
        return _look(request, patient, invitation, typed)
    return _do(request, patient, invitation, typed)


@require_POST
@staff_page(may=May.ACT_ON_ALERTS)
def close_wrongly_filed(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Close the alert of the person who did not answer; it was raised for the one who did."""
    asking, now = request.asking, timezone.localtime()
    story = alert_for(asking, alert_id)
    try:
        pathways.close_wrongly_filed(alert=story.alert, by=asking.username, at=now)
    except pathways.NotDone as refused:
        messages.error(request, f"Nothing was changed. {refused}")
    else:
        messages.success(request, "Closed. The alert of the person who answered is open.")
    return redirect("workspace:visit", person_of(story).pk, story.alert.about)


def left_behind(
    request: HttpRequest, patient: "Patient", invitation: "Invitation", *, problem: str = ""
) -> HttpResponse:
    """The page of a visit whose answers were another person's."""
    asking, now = request.asking, timezone.localtime()
    row = withdrawal_of(invitation)
    if row is None:
        raise Http404
    about = f"invitation {invitation.pk}"
    note_patient(asking, patient, did="saw withdrawn visit", about=about, at=now)
    may_act = asking.services_where(May.ACT_ON_ALERTS)
    stories = alerts_about([invitation.pk]).get(invitation.pk, [])
    names = [row.by, *(e.by for story in stories for e in story.events if e.by)]
    page = WithdrawnPage.of(
        patient.pk,
        banner_of(patient, on=now.date()),
        row,
        is_filed_again=is_filed_again(row),
        alerts=[story for story in stories if story.alert.service_id in may_act],
        may_close=pathways.may_be_closed,
        called=called(names),
        on=local(row.at),
        problem=problem,
    )
    return render(request, "workspace/withdrawn.jinja", {"page": page}, status=page.status)


def _opened(
    request: HttpRequest, patient_id: UUID, sitting_id: UUID
) -> tuple["Patient", "Invitation"]:
    asking, today = request.asking, timezone.localdate()
    patient = patient_for(asking, patient_id, on=today, may=May.ACT_ON_ALERTS)
    found = withdrawn_of(asking, patient, sitting_id) or sitting_of(asking, patient, sitting_id)
    if found.service_id not in asking.services_where(May.ACT_ON_ALERTS):
        raise Http404
    if found.submitted_at is None:
        raise BadRequest(NOT_SENT)
    return patient, found


def _typed(request: HttpRequest) -> Typed:
    return Typed(
        whose=typed_text(request, "whose", 40),
        why=typed_text(request, "why", 1000),
        looked_for=typed_text(request, "looked_for", 80),
    )


def _what_is_missing(invitation: "Invitation", typed: Typed) -> tuple[str, str] | None:
    """What is wrong with what was typed, and in which field."""
    is_unknown = typed.whose == UNKNOWN and invitation.withdrawn_at is None
    if not is_unknown and appointment_chosen(invitation, typed.whose) is None:
        return CHOOSE, "whose"
    if invitation.withdrawn_at is None and not typed.why:
        return WHY, "why"
    return None


def _choose(
    request: HttpRequest, patient: "Patient", invitation: "Invitation", typed: Typed, *,
    problem: str = "", field: str = "",
) -> HttpResponse:  # fmt: skip
    sent = local(invitation.submitted_at)
    page = WrongPersonPage(
        patient=patient.pk,
        sitting=invitation.pk,
        banner=banner_of(patient, on=timezone.localdate()),
        answered=f"Answered {day(sent)} {clock(sent)}, {invitation.service.name}.",
        candidates=candidates(invitation, looked_for=typed.looked_for),
        typed=typed,
        is_withdrawn=invitation.withdrawn_at is not None,
        problem=problem,
        field=field,
    )
    return render(request, "workspace/wrong_person.jinja", {"page": page}, status=page.status)


def _look(
    request: HttpRequest, patient: "Patient", invitation: "Invitation", typed: Typed
) -> HttpResponse:
    page = SecondLook(
        patient=patient.pk,
        sitting=invitation.pk,
        banner=banner_of(patient, on=timezone.localdate()),
        right=candidate_chosen(invitation, typed.whose),
        typed=typed,
        is_withdrawn=invitation.withdrawn_at is not None,
        number_of_alerts=len(alerts_about([invitation.pk]).get(invitation.pk, [])),
    )
    return render(request, "workspace/wrong_person_look.jinja", {"page": page})


def _do(
    request: HttpRequest, patient: "Patient", invitation: "Invitation", typed: Typed
) -> HttpResponse:
    by, now = request.asking.username, timezone.now()
    belongs_to = appointment_chosen(invitation, typed.whose)
    row = withdrawal_of(invitation)
    try:
        if row is not None and belongs_to is not None:
            refile_response(withdrawal=row, belongs_to=belongs_to, by=by, at=now)
        else:
            withdraw_response(
                sitting=invitation.pk, why=typed.why, by=by, at=now, belongs_to=belongs_to
            )
    except NotWithdrawn as refused:
        return _choose(request, patient, invitation, typed, problem=str(refused), field="whose")
    except AlreadyDone as done:
        return left_behind(request, patient, invitation, problem=str(done))
    messages.success(request, FILED if belongs_to is not None else WITHDRAWN)
    return redirect("workspace:visit", patient.pk, invitation.pk)
