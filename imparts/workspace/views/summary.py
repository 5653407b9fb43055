"""One visit on one page, and its answers as FHIR."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from imparts.access.pages_for_staff import staff_page
from imparts.access.roles import May
from imparts.design.words import Phrase
from imparts.informatics.questionnaires.queries.days import sitting_of, withdrawn_of
from imparts.library.queries import gist_words, reasons
from imparts.pathways import actions as pathways
from imparts.pathways import queries as open_pathways
from imparts.pathways.queries import AlertStory
from imparts.people.queries import patient_for
from imparts.rules.summary.caution import somatic_caution
from imparts.rules.summary.gist import gist
from imparts.workspace.pages.summary import Summary
from imparts.workspace.queries.as_fhir import bundle_of
from imparts.workspace.queries.last_answers import answer_before
from imparts.workspace.queries.names import with_title
from imparts.workspace.queries.sittings import sitting_facts
from imparts.workspace.sitting_facts import SittingFacts
from imparts.workspace.views.noting import note_patient
from imparts.workspace.views.wrong_person import left_behind


@require_safe
@staff_page(may=May.SEE_RESULTS)
def visit(request: HttpRequest, patient_id: UUID, sitting_id: UUID) -> HttpResponse:
    """The summary of one visit. Opening it is noted, and counts as having seen its alerts."""
    asking, now = request.asking, timezone.localtime()
    patient = patient_for(asking, patient_id, on=now.date(), may=May.SEE_RESULTS)
    withdrawn = withdrawn_of(asking, patient, sitting_id)
    if withdrawn is not None:
        return left_behind(request, patient, withdrawn)
    facts = sitting_facts(asking, patient, sitting_id, at=now)
    note_patient(asking, patient, did="saw summary", about=f"invitation {sitting_id}", at=now)
    stories = _seen(request, facts)

    def before(story: AlertStory) -> tuple[Phrase, ...]:
        found = answer_before(asking, story)
        return (Phrase(f"; {found[0]}, "), Phrase(found[1], True)) if found else ()

    page = Summary.of(
        facts,
        gist=gist(facts.results, on=facts.day, words=gist_words(), beside=moved_beside(facts)),
        caution=_caution(facts),
        alerts=stories,
        reader=asking.username,
        shown_as=asking.shown_as,
        called=with_title(open_pathways.called_by(stories)),
        before=before,
        reasons=reasons(),
        now=now,
    )
    return render(request, "workspace/summary.jinja", {"page": page})


@require_safe
@staff_page(may=May.SEE_RESULTS)
def visit_as_fhir(request: HttpRequest, patient_id: UUID, sitting_id: UUID) -> HttpResponse:
    """The answers of one visit as FHIR, to be kept as a file; kept nowhere on the way."""
    asking, now = request.asking, timezone.localtime()
    patient = patient_for(asking, patient_id, on=now.date(), may=May.SEE_RESULTS)
    bundle = bundle_of(sitting_of(asking, patient, sitting_id), at=now)
    about = f"invitation {sitting_id}"
    note_patient(asking, patient, did="took answers as FHIR", about=about, at=now)
    answer = JsonResponse(
        bundle,
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        content_type="application/fhir+json",
    )
    answer["Content-Disposition"] = f'attachment; filename="visit-{sitting_id}.json"'
    return answer


def _seen(request: HttpRequest, facts: SittingFacts) -> list[AlertStory]:
    """The visit's alerts; those still open have now been seen by someone who may act on them."""
    stories = open_pathways.alerts_about([facts.sitting]).get(facts.sitting, [])
    may_act = request.asking.services_where(May.ACT_ON_ALERTS)
    for story in stories:
        if not story.is_closed and story.alert.service_id in may_act:
            pathways.record_seen(alert=story.alert, by=request.asking.username, at=timezone.now())
    return stories


@dataclass(frozen=True, slots=True)
class _Moved:
    """A measure of the body that has moved beyond chance, for the gist."""

    name: str
    word: str
    since: date


def moved_beside(facts: SittingFacts) -> list[_Moved]:
    """Those of the visit's own day: what was measured at another time is no news of this visit."""
    return [
        _Moved(one.name, one.moved.word, one.before.on)
        for one in facts.body
        if one.moved and one.moved.is_reliable and one.before and one.on == facts.day
    ]


def _caution(facts: SittingFacts) -> tuple[Phrase, ...]:
    for result in facts.results:
        if result.instrument.somatic_items:
            return somatic_caution(result, facts.illness)
    return ()
