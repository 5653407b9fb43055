"""The rows of a trend's table: each response, what was said of harm, how it was answered."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from imparts.informatics.questionnaires.models import Answer, Invitation
from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.rules.instruments.definition import Instrument
from imparts.rules.scoring.parts import parts_of
from imparts.rules.trends.definition import Course
from imparts.workspace.queries.measures import day_of
from imparts.workspace.queries.trend_courses import point_of
from imparts.workspace.sitting_facts import AnswerShown
from imparts.workspace.trend_facts import Part, ScoreRow

_HELPED = {
    "": "",
    "nobody": "alone",
    "family": "family or friend helped",
    "staff": "staff helped",
    "interpreter": "with an interpreter",
}


def rows_of(
    scores: Sequence[ResponseScore], courses: Sequence[Course], *, baseline: int
) -> tuple[ScoreRow, ...]:
    """The table of one instrument, oldest first."""
    how = _how([score.sitting for score in scores])
    harm = _harm(scores)
    return tuple(
        _row(score, courses, how.get(score.sitting, ""), harm.get(score.response, ""), baseline)
        for score in scores
    )


def harm_items_of(instrument: Instrument) -> tuple[str, ...]:
    """The questions about harm of an instrument."""
    return tuple(item.item for item in instrument.harm_items)


def _row(
    score: ResponseScore, courses: Sequence[Course], how: str, harm: str, baseline: int
) -> ScoreRow:
    instrument = library.instrument_of(score.content_id)
    parts = tuple(_part(score, course, instrument) for course in courses)
    whole = score.status == "complete" and any(part.value is not None for part in parts)
    band = instrument.band(score.band)
    words = band.in_words or band.label.lower() if band else score.band_label.lower()
    return ScoreRow(
        id=score.pk,
        on=day_of(score.completed_at),
        version=instrument.version,
        answered=score.answered,
        asked=score.asked,
        parts=parts,
        in_words=score.profile or words,
        harm=harm,
        how=how,
        is_agreed=bool(baseline) and score.pk == baseline,
        may_be_agreed=whole,
    )


def _part(score: ResponseScore, course: Course, instrument: Instrument) -> Part:
    scale = course.scale
    point = point_of(score, scale)
    value, lower, upper, status = score.score, score.lower, score.upper, score.status
    if scale.part:
        stored = parts_of(score.subscales, instrument)
        found = next((one for one in stored if one.name == scale.part), None)
        value = found.score if found else None
        lower, upper = (found.lower, found.upper) if found else (None, None)
        status = found.status if found else "incomplete"
    return Part(name=scale.name, value=value, lower=lower, upper=upper, status=status, point=point)


def _how(sittings: Iterable[UUID]) -> dict[UUID, str]:
    """How each sitting was answered: "Tablet, alone", "At home"."""
    rows = Invitation.objects.filter(pk__in=list(sittings))
    found = {}
    for pk, appointment, helped in rows.values_list("pk", "appointment_id", "who_helped"):
        where = "Tablet" if appointment else "At home"
        who = _HELPED.get(helped, helped)
        found[pk] = f"{where}, {who}" if who and (appointment or helped != "nobody") else where
    return found


def _harm(scores: Sequence[ResponseScore]) -> dict[UUID, str]:
    """By response, what was answered where harm was asked about."""
    content_of = {score.response: score.content_id for score in scores}
    wanted = {
        item for pk in set(content_of.values()) for item in harm_items_of(library.instrument_of(pk))
    }
    if not wanted:
        return {}
    answers = Answer.objects.filter(response_id__in=list(content_of), item__in=wanted)
    found: dict[UUID, list[str]] = {}
    for answer in answers.order_by("response_id", "id"):
        item = library.instrument_of(content_of[answer.response_id]).by_id.get(answer.item)
        if item is not None:
            words = AnswerShown(item, answer.value, answer.declined).words.lower()
            found.setdefault(answer.response_id, []).append(words)
    return {response: "; ".join(words) for response, words in found.items()}
