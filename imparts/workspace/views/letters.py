"""Letters: one to the GP, chosen and made; each letter as a page and as a PDF."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.design.pdf import NoPdf, pdf_of
from imparts.integrated_care.referrals import actions as referrals
from imparts.integrated_care.referrals.queries import (
    FactsRefused,
    facts_of,
    letter_for,
    letters_about,
    sent_with,
)
from imparts.people.queries import patient_for
from imparts.rules.letters.agreement import agreement_in_words
from imparts.rules.letters.asking import Asked
from imparts.rules.letters.definition import LetterFacts, LetterRefused
from imparts.rules.letters.gp import gp_letter as compose
from imparts.workspace.pages.letters import GpLetterPage, LetterPage, Paper, Typed
from imparts.workspace.pages.told import decided
from imparts.workspace.queries.letters import ToTell, to_tell
from imparts.workspace.queries.names import called
from imparts.workspace.queries.patients import banner_of
from imparts.workspace.views.noting import note_patient
from imparts.workspace.views.telling import TOO_EARLY, visit_told
from imparts.workspace.views.typed import typed_text

if TYPE_CHECKING:
    from imparts.integrated_care.referrals.models import Letter

DRAWING = Path(__file__).parents[1] / "templates" / "workspace" / "letter.typ"
THIS = "this letter"
NOTE_LONGEST = 600
NOT_ITS_OWN = (
    "This letter cannot be shown: what is stored of it does not belong to this patient, or cannot "
    "be read. Nothing was changed. Make it again from the summary, and tell trust IT."
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(may=May.DECIDE_STEPS)
def gp_letter(request: HttpRequest, patient_id: UUID, sitting_id: UUID) -> HttpResponse:
    """Choose what the GP is asked to do, look at the letter, make it."""
    asking, now = request.asking, timezone.localtime()
    patient = patient_for(asking, patient_id, on=now.date(), may=May.DECIDE_STEPS)
    visit = to_tell(asking, patient, sitting_id, at=now)
    if visit.service.pk not in asking.services_where(May.DECIDE_STEPS):
        raise PermissionDenied("Letters are written by those who decide on steps at this service.")
    if visit.facts.submitted_at is None:
        raise BadRequest(TOO_EARLY)
    if request.method != "POST":
        about = f"invitation {sitting_id}"
        note_patient(asking, patient, did="opened letter to GP", about=about, at=now)
        return _choose(request, visit, Typed())
    typed = _typed(request)
    try:
        facts = _composed(request, visit, typed)
        if request.POST.get("do") != "make":
            return _choose(request, visit, typed, preview=facts)
        made = referrals.make_gp_letter(
            patient=patient, service=visit.service, sitting=visit.facts.sitting, facts=facts,
            by=asking.username, at=now,
        )  # fmt: skip
    except (LetterRefused, referrals.NotDone) as refused:
        return _choose(request, visit, typed, problem=str(refused))
    messages.success(request, "The letter is made.")
    return redirect("workspace:letter", made.pk)


@require_safe
@staff_page(may=May.SEE_RESULTS)
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter as it was made; it prints on one page."""
    return _letter_page(request, letter_id)


@require_safe
@staff_page(may=May.SEE_RESULTS)
def letter_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The same letter as a tagged PDF; where there is none, the page says why and what to do."""
    asking, now = request.asking, timezone.localtime()
    patient, row = letter_for(asking, letter_id, on=now.date())
    paper = Paper.of(_facts(row))
    try:
        made = pdf_of(DRAWING, paper.for_pdf(_plot(paper)), at=paper.facts.made_at)
    except NoPdf as none:
        return _letter_page(request, letter_id, no_pdf=str(none))
    about = f"letter {letter_id}"
    note_patient(asking, patient, did="took letter as PDF", about=about, at=now)
    answer = HttpResponse(made, content_type="application/pdf")
    # The name of the file says what it is and never whom it is about.
    answer["Content-Disposition"] = f'inline; filename="letter-{letter_id}.pdf"'
    return answer


def _letter_page(request: HttpRequest, letter_id: UUID, *, no_pdf: str = "") -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    patient, row = letter_for(asking, letter_id, on=now.date())
    facts, sent = _facts(row), sent_with(row)
    note_patient(asking, patient, did="saw letter", about=f"letter {letter_id}", at=now)
    page = LetterPage.of(
        row, facts, banner=banner_of(patient, on=now.date()), patient=patient.pk, sent=sent,
        called=called([row.by, *([sent.by] if sent else [])]), no_pdf=no_pdf,
    )  # fmt: skip
    return render(request, "workspace/letter.jinja", {"page": page}, status=503 if no_pdf else 200)


def _facts(row: "Letter") -> LetterFacts:
    try:
        return facts_of(row)
    except FactsRefused as refused:
        raise BadRequest(NOT_ITS_OWN) from refused


def _plot(paper: Paper) -> str:
    if paper.plot is None:
        return ""
    drawn = render_to_string("workspace/letter_plot.jinja", {"plot": paper.plot})
    return drawn.replace('font-family="Arial,', 'font-family="Arimo, Arial,')  # the shipped face


def _choose(
    request: HttpRequest,
    visit: ToTell,
    typed: Typed,
    *,
    preview: LetterFacts | None = None,
    problem: str = "",
) -> HttpResponse:
    asking, now = request.asking, timezone.localtime()
    told = visit_told(visit, asking=asking, at=now)
    made = letters_about(asking, visit.facts.sitting)
    page = GpLetterPage.of(
        visit, typed=typed, told=[one.text for one in told.gist], scores=told.scores, made=made,
        called=called(one.by for one in made), preview=preview, problem=problem,
    )  # fmt: skip
    status = 422 if problem else 200
    return render(request, "workspace/gp_letter.jinja", {"page": page}, status=status)


def _composed(request: HttpRequest, visit: ToTell, typed: Typed) -> LetterFacts:
    """The letter from what was typed; raises LetterRefused."""
    asking, now = request.asking, timezone.localtime()
    if len(typed.note) > NOTE_LONGEST:
        raise LetterRefused(
            f"What you add is too long: {len(typed.note)} characters, at most {NOTE_LONGEST}."
        )
    return compose(
        visit_told(visit, asking=asking, at=now), to=visit.gp, signed=asking.shown_as, made_at=now,
        asked=Asked(typed.asked, typed.other, typed.by_when), decided=decided(visit),
        note=typed.note, agreement=agreement_in_words(typed.agreement, typed.why, what=THIS),
    )  # fmt: skip


def _typed(request: HttpRequest) -> Typed:
    return Typed(
        asked=tuple(dict.fromkeys(request.POST.getlist("asked"))),
        other=typed_text(request, "other", 200),
        by_when=typed_text(request, "by_when", 80),
        note=typed_text(request, "note", 5000),
        agreement=typed_text(request, "agreement", 20),
        why=typed_text(request, "why", 300),
    )
