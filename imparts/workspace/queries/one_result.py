"""One instrument of one sitting: its answers, its score, and what was measured before."""

from collections.abc import Collection, Iterable

from imparts.informatics.questionnaires.models import Answer, Response
from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.people.models import Patient
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.parts import parts_of
from imparts.workspace.queries.courses import Courses
from imparts.workspace.queries.forms import written
from imparts.workspace.queries.measures import day_of
from imparts.workspace.sitting_facts import AnswerShown, PartResult, Point, Result


def baseline_of(agreed: ResponseScore | None, response: Response, course: Courses) -> Point | None:
    """The agreed score, when it is the asker's to see and of the same version of the instrument."""
    if agreed is None or agreed.score is None or agreed.completed_at >= response.completed_at:
        return None
    seen = {row.pk for rows in course.values() for row in rows}
    version = library.instrument_of(response.content_id).version
    if agreed.pk not in seen or library.instrument_of(agreed.content_id).version != version:
        return None
    return Point(day_of(agreed.completed_at), agreed.score)


def result_of(
    response: Response, score: ResponseScore, course: Courses, patient: Patient
) -> Result:
    """One instrument of one sitting, with the course of the same version before it."""
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
