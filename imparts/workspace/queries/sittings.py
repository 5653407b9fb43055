"""One sitting of a patient who has been let through: every fact that its summary shows."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.conf.locale import LANG_INFO

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.design.dates import local, local_or_none
from imparts.informatics.questionnaires.models import Answer, Invitation, Response
from imparts.informatics.questionnaires.queries.days import responses_of, sitting_of
from imparts.informatics.questionnaires.queries.sittings import given_in, questions_of
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import scores_of
from imparts.library import queries as library
from imparts.outbox.queries import in_record_since
from imparts.pathways import queries as pathways
from imparts.people.models import Patient
from imparts.people.pages import Banner
from imparts.people.queries import identifiers_of
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.asking import Given
from imparts.rules.scoring.parts import parts_of
from imparts.workspace.queries.courses import Courses, courses
from imparts.workspace.queries.forms import forms_shown, written
from imparts.workspace.queries.measures import day_of
from imparts.workspace.queries.suggestions import pathways_followed, steps_of
from imparts.workspace.sitting_facts import AnswerShown, PartResult, Point, Result, SittingFacts

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
    followed = pathways_followed(entry)
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
        where="tablet in the waiting area" if invitation.appointment else "at home",
        language=LANG_INFO.get(invitation.language, {}).get("name", invitation.language),
        who_helped=_HELPED.get(invitation.who_helped, f"with help: {invitation.who_helped}"),
        in_record_at=local_or_none(in_record_since([r.pk for r in responses]))
        if responses
        else None,
        is_owed=bool(responses) and not patient.is_test,
        results=_results(asking, patient, invitation, responses),
        entry=entry.pk if entry else None,
        steps=steps_of(entry),
        pathways=followed.line,
        pathways_in_full=followed.in_full,
        illness=pack.illness_words,
        pack=f"{pack.name}, version {pack.version}",
        pack_checked_by=pack.checked_by,
        left_out=[why for _, why in invitation.context.get("left_out", [])],
        checked_by=_checked_by(invitation),
        forms=forms_shown(invitation, responses),
    )


def _checked_by(invitation: Invitation) -> tuple[str, ...]:
    ours = (pk for pk in invitation.instruments.values() if not library.is_form(pk))
    files = [library.instrument_of(pk) for pk in ours]
    return tuple(dict.fromkeys(instrument.checked_by for instrument in files))


def _results(
    asking: Asking, patient: Patient, invitation: Invitation, responses: Iterable[Response]
) -> tuple[Result, ...]:
    if not invitation.submitted_at:
        return _so_far(invitation)
    scores = scores_of([invitation.pk]).get(invitation.pk, {})
    course = courses(
        [patient.pk],
        services=asking.services_where(May.SEE_RESULTS),
        with_parts=any(score.subscales for score in scores.values()),
    )
    return tuple(
        _result(response, scores[response.instrument], course, patient)
        for response in responses
        if response.instrument in scores
    )


def _result(response: Response, score: ResponseScore, course: Courses, patient: Patient) -> Result:
    instrument = library.instrument_of(response.content_id)
    given = {answer.item: answer for answer in response.answers.all()}
    earlier = _earlier(score, course.get((patient.pk, response.instrument), []))
    return Result(
        instrument=instrument,
        answers=tuple(
            AnswerShown(
                item, given[item.id].value, given[item.id].declined, written(given[item.id].entered)
            )
            for item in instrument.items
            if item.id in given
        ),
        status=score.status,
        score=score.score,
        out_of=score.out_of,
        lower=score.lower,
        upper=score.upper,
        band=score.band,
        band_label=score.band_label,
        answered=score.answered,
        asked=score.asked,
        history=tuple(
            Point(day_of(row.completed_at), row.score, row.status == "prorated")
            for row in earlier
            if row.score is not None
        ),
        flags=tuple(score.flags),
        profile=score.profile,
        parts=_parts(score, earlier, instrument, _answered(given.values())),
    )


def _answered(answers: Iterable[Answer]) -> set[str]:
    return {answer.item for answer in answers if answer.value is not None}


def _earlier(score: ResponseScore, rows: Iterable[ResponseScore]) -> list[ResponseScore]:
    """Earlier scores of the same version; another version is another series."""
    version = library.instrument_of(score.content_id).version
    return [
        row
        for row in rows
        if row.completed_at < score.completed_at
        and library.instrument_of(row.content_id).version == version
    ]


def _parts(
    score: ResponseScore,
    earlier: Iterable[ResponseScore],
    instrument: Instrument,
    answered: Collection[str],
) -> tuple[PartResult, ...]:
    """Each subscale with its own course."""
    if not score.subscales:
        return ()
    courses_of: dict[str, list[Point]] = {}
    for row in earlier:
        for one in parts_of(row.subscales, instrument):
            if one.score is not None:
                point = Point(day_of(row.completed_at), one.score, one.is_estimate)
                courses_of.setdefault(one.name, []).append(point)
    return tuple(
        PartResult(
            part=one,
            answered=sum(item in answered for item in one.items),
            asked=len(one.items),
            history=tuple(courses_of.get(one.name, ())),
        )
        for one in parts_of(score.subscales, instrument)
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
