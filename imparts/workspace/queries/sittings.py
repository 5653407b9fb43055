"""One sitting of a patient who has been let through: every fact that its summary shows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.conf.locale import LANG_INFO

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.design.dates import local, local_or_none
from imparts.informatics.questionnaires.models import Invitation, Response
from imparts.informatics.questionnaires.queries.days import responses_of, sitting_of
from imparts.informatics.questionnaires.queries.sittings import SENT_IN, given_in, questions_of
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import (
    DiagnosisLine,
    baselines_of,
    diagnoses_of,
    scores_of,
)
from imparts.library import queries as library
from imparts.outbox.queries import in_record_since
from imparts.pathways import queries as pathways
from imparts.people.models import Patient
from imparts.people.pages import Banner
from imparts.people.queries import identifiers_of, record_ids
from imparts.rules.packs.asking import Given
from imparts.workspace.queries.checked import checked_by, signed_here
from imparts.workspace.queries.courses import Courses, courses
from imparts.workspace.queries.forms import forms_shown
from imparts.workspace.queries.measures import day_of
from imparts.workspace.queries.one_result import baseline_of, result_of
from imparts.workspace.queries.physical import physical_rows
from imparts.workspace.queries.suggestions import suggested_after
from imparts.workspace.sitting_facts import AnswerShown, Result, SittingFacts
from imparts.workspace.suggested import Measure

NOTHING_GIVEN = Given(None)
_HELPED = {
    "": "who helped was not asked",
    "nobody": "alone",
    "family": "with help from family or a friend",
    "staff": "with help from staff",
    "interpreter": "with an interpreter",
}


def sitting_facts(asking: Asking, patient: Patient, sitting: UUID, *, at: datetime) -> SittingFacts:
    """The facts of one sitting; 404 when it is not the asker's to see."""
    invitation = sitting_of(asking, patient, sitting)
    responses = responses_of(invitation) if invitation.submitted_at else []
    entry = pathways.entry_about(invitation.pk)
    pack = library.pack_of(invitation.pack_id)
    scores = scores_of([invitation.pk]).get(invitation.pk, {})
    course = _course(asking, patient, scores)
    files = {pk: library.instrument_of(pk).checked_by for pk in _our_files(invitation)}
    signed = signed_here([*files, invitation.pack_id])
    numbers = identifiers_of([patient]).get(patient.pk, [])
    return SittingFacts(
        patient=patient.pk,
        sitting=invitation.pk,
        banner=Banner.of(patient, numbers, on=local(at).date()),
        service=str(invitation.service),
        created_at=local(invitation.created_at),
        appointment_at=local_or_none(invitation.appointment.at if invitation.appointment else None),
        started_at=local_or_none(invitation.started_at),
        submitted_at=local_or_none(invitation.submitted_at),
        where=_where(invitation),
        language=LANG_INFO.get(invitation.language, {}).get("name", invitation.language),
        who_helped=_HELPED.get(invitation.who_helped, f"with help: {invitation.who_helped}"),
        in_record_at=_in_record_at(responses),
        is_owed=bool(responses) and not patient.is_test,
        results=_results(patient, invitation, responses, scores, course, signed),
        suggested=suggested_after(
            entry, on=local(at).date(), records=record_ids(patient),
            may_repeat=_may_repeat(invitation), answered_on=_answered_on(course),
        ),
        illness=pack.illness_words,
        pack=f"{pack.name}, version {pack.version}",
        pack_checked_by=signed.get(invitation.pack_id, pack.checked_by),
        left_out=[why for _, why in invitation.context.get("left_out", [])],
        checked_by=checked_by(files, signed),
        forms=forms_shown(invitation, responses),
        body=physical_rows(asking, patient, on=day_of(invitation.submitted_at or at)),
        diagnoses=_diagnoses(asking, patient),
        treatments=_treatments(asking, patient),
    )  # fmt: skip


def _where(invitation: Invitation) -> str:
    """Where it was answered; of what another system sent, which system that was."""
    if invitation.mode == SENT_IN:
        sent = getattr(invitation, "sent_in", None)
        return f"elsewhere, sent in by {sent.client_name}" if sent else "elsewhere, and sent in"
    return "tablet in the waiting area" if invitation.appointment else "at home"


def _course(asking: Asking, patient: Patient, scores: Mapping[str, ResponseScore]) -> Courses:
    """Every score that the asker may see; parts only where this sitting has some."""
    return courses(
        [patient.pk],
        services=asking.services_where(May.SEE_RESULTS),
        with_parts=any(score.subscales for score in scores.values()),
    )


def _in_record_at(responses: Iterable[Response]) -> datetime | None:
    ids = [response.pk for response in responses]
    return local_or_none(in_record_since(ids)) if ids else None


def _diagnoses(asking: Asking, patient: Patient) -> tuple[DiagnosisLine, ...]:
    services = asking.services_where(May.SEE_RESULTS)
    return diagnoses_of([patient.pk], services=services).get(patient.pk, ())


def _treatments(asking: Asking, patient: Patient) -> list[pathways.TreatmentShown]:
    services = asking.services_where(May.SEE_RESULTS)
    found = pathways.treatments_of([patient.pk]).get(patient.pk, ())
    return [one for one in found if one.service_id in services]


def _our_files(invitation: Invitation) -> list[int]:
    return [pk for pk in invitation.instruments.values() if not library.is_form(pk)]


def _may_repeat(invitation: Invitation) -> tuple[Measure, ...]:
    """What was part of this visit's questionnaire can be booked to be asked again."""
    files = {pk: library.instrument_of(pk) for pk in _our_files(invitation)}
    return tuple(Measure(one.id, one.short_title) for one in files.values())


def _answered_on(course: Courses) -> dict[str, date]:
    """When each instrument was last answered in full."""
    return {
        instrument: day_of(row.completed_at)
        for (_, instrument), rows in course.items()
        for row in rows
        if row.status == "complete"
    }


def _results(
    patient: Patient,
    invitation: Invitation,
    responses: Iterable[Response],
    scores: Mapping[str, ResponseScore],
    course: Courses,
    signed: Mapping[int, str],
) -> tuple[Result, ...]:
    if not invitation.submitted_at:
        return _so_far(invitation)
    baselines = baselines_of(patient)
    return tuple(
        replace(
            result_of(response, scores[response.instrument], course, patient),
            checked=signed.get(response.content_id, ""),
            baseline=baseline_of(baselines.get(response.instrument), response, course),
        )
        for response in responses
        if response.instrument in scores
    )


def _so_far(invitation: Invitation) -> tuple[Result, ...]:
    """The answers of someone who has not sent them: shown, never scored."""
    given = given_in(invitation)
    answers: dict[str, list[AnswerShown]] = {}
    for question in questions_of(invitation, given):
        if question.screen is not None:
            continue
        one = given.get(question.instrument, {}).get(question.item.id) or NOTHING_GIVEN
        text = "; ".join(str(each) for each in one.entered or ())
        shown = AnswerShown(question.item, one.value, one.declined, text)
        answers.setdefault(question.instrument, []).append(shown)
    return tuple(
        Result(
            instrument=library.instrument_of(invitation.instruments[key]),
            answers=tuple(shown), status="incomplete", score=None, out_of=None, lower=None,
            upper=None, band="", band_label="",
            answered=sum(one.is_answered for one in shown), asked=len(shown),
        )
        for key, shown in answers.items()
    )  # fmt: skip
