"""One referral: its draft is read, changed, sent or withdrawn, each with one press."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.integrated_care.referrals import actions as referrals
from imparts.integrated_care.referrals.queries import ReferralStory, referral_for
from imparts.people.queries import patient_for
from imparts.rules.letters.definition import LetterFacts
from imparts.rules.letters.referral import LONGEST, Draft, referral_letter
from imparts.workspace.pages.referrals import ReferralPage
from imparts.workspace.queries.letters import ToTell, to_tell
from imparts.workspace.queries.names import called
from imparts.workspace.queries.patients import banner_of
from imparts.workspace.views.noting import note_patient
from imparts.workspace.views.telling import visit_told
from imparts.workspace.views.typed import typed_text

AGREED = {"yes": True, "no": False}


@require_safe
@staff_page(may=May.SEE_RESULTS)
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The draft, ready to be sent; or what became of it."""
    asking, now = request.asking, timezone.localtime()
    patient, story = referral_for(asking, referral_id, on=now.date())
    note_patient(asking, patient, did="saw referral", about=f"referral {referral_id}", at=now)
    return _show(request, story)


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def save(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Keep the words for later."""
    story, draft = _opened(request, referral_id), _typed(request)
    try:
        referrals.edit_draft(
            referral=story.referral, draft=draft, based_on=_based_on(request),
            by=request.asking.username, at=timezone.now(),
        )  # fmt: skip
    except referrals.NotDone as refused:
        return _show(request, story, typed=draft, problem=str(refused))
    messages.success(request, "The draft is saved. Nothing has gone out.")
    return redirect("workspace:referral", referral_id)


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def send(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Make the letter and mark the referral as sent, in the way that was pressed."""
    story, draft = _opened(request, referral_id), _typed(request)
    asking, now = request.asking, timezone.localtime()

    def compose(words: Draft) -> LetterFacts:
        return referral_letter(
            visit_told(
                _visit(request, story, now), asking=asking, at=now, only=story.referral.measures
            ),
            draft=words, within=story.referral.within, signed=asking.shown_as, made_at=now,
        )  # fmt: skip

    try:
        letter = referrals.send_referral(
            referral=story.referral, draft=draft, how=_pressed(request)[1],
            compose=compose, based_on=_based_on(request), by=asking.username, at=now,
        )  # fmt: skip
    except referrals.NotDone as refused:
        return _show(request, story, typed=draft, problem=str(refused))
    messages.success(request, "The letter is made and the referral is marked as sent.")
    return redirect("workspace:letter", letter.pk)


@require_POST
@staff_page(may=May.DECIDE_STEPS)
def withdraw(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take the draft back, with the reason."""
    story = _opened(request, referral_id)
    try:
        referrals.withdraw(
            referral=story.referral, why=typed_text(request, "why_withdrawn", 200),
            based_on=_based_on(request), by=request.asking.username, at=timezone.now(),
        )  # fmt: skip
    except referrals.NotDone as refused:
        return _show(request, story, typed=_typed(request), problem=str(refused))
    messages.success(request, "The referral is withdrawn. The step stands as “not now”.")
    return redirect("workspace:referral", referral_id)


def _opened(request: HttpRequest, referral_id: UUID) -> ReferralStory:
    """The referral, for someone who may write at its service."""
    _, story = referral_for(request.asking, referral_id, on=timezone.localdate())
    if not _may_write(request, story):
        raise PermissionDenied("Referrals are written by those who decide on steps at the service.")
    return story


def _may_write(request: HttpRequest, story: ReferralStory) -> bool:
    return story.referral.service_id in request.asking.services_where(May.DECIDE_STEPS)


def _visit(request: HttpRequest, story: ReferralStory, at: datetime) -> ToTell:
    about = story.referral.patient_id
    patient = patient_for(request.asking, about, on=at.date(), may=May.SEE_RESULTS)
    return to_tell(request.asking, patient, story.referral.sitting, at=at)


def _show(
    request: HttpRequest, story: ReferralStory, *, typed: Draft | None = None, problem: str = ""
) -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    patient, story = referral_for(asking, story.referral.pk, on=now.date())
    visit = _visit(request, story, now)
    told = visit_told(visit, asking=asking, at=now, only=story.referral.measures)
    only = set(story.referral.measures)
    others = [one for one in visit.facts.results if only and one.instrument.id not in only]
    page = ReferralPage.of(
        story, patient=patient.pk, banner=banner_of(patient, on=now.date()),
        may_write=_may_write(request, story), called=called(event.by for event in story.events),
        told=[one.text for one in told.gist], scores=told.scores, left_out=len(others),
        typed=typed, problem=problem,
    )  # fmt: skip
    status = 422 if problem else 200
    return render(request, "workspace/referral.jinja", {"page": page}, status=status)


def _typed(request: HttpRequest) -> Draft:
    """What stands in the form; the button that sends says whether the patient agrees."""
    return Draft(
        to=typed_text(request, "to", 400),
        words="\n".join(typed_text(request, "words", 2 * LONGEST).splitlines()),
        is_agreed=AGREED.get(_pressed(request)[0]),
        although=typed_text(request, "although", 600),
    )


def _pressed(request: HttpRequest) -> tuple[str, str]:
    """Whether the patient agrees, and how it goes out: both in the button that was pressed."""
    agreed, _, how = typed_text(request, "send", 20).partition(" ")
    return agreed, how


def _based_on(request: HttpRequest) -> int:
    found = request.POST.get("based_on", "")
    return int(found) if found.isdecimal() and len(found) < 19 else 0
