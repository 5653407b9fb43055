"""One measure of a patient who has been let through: its course, its table, what is beside it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.design.dates import local
from imparts.informatics.questionnaires.models import Invitation, OfferOutcome
from imparts.informatics.results.models import ResponseScore
from imparts.informatics.results.queries import baselines_of
from imparts.library import queries as library
from imparts.pathways import queries as pathways
from imparts.people.models import Patient
from imparts.people.queries import record_ids
from imparts.rules.instruments.definition import Instrument
from imparts.rules.trends.definition import Course, TreatmentDrawn
from imparts.rules.trends.scales import short_of
from imparts.workspace.queries.courses import courses
from imparts.workspace.queries.measures import day_of
from imparts.workspace.queries.patients import banner_of
from imparts.workspace.queries.physical import physical_courses
from imparts.workspace.queries.trend_courses import courses_of, scales_of
from imparts.workspace.queries.trend_rows import harm_items_of, rows_of
from imparts.workspace.trend_facts import Part, ScoreRow, TrendFacts

_Rows = dict[str, list[ResponseScore]]


def trend_facts(asking: Asking, patient: Patient, key: str, *, at: datetime) -> TrendFacts:
    """Everything about one measure; 404 for one that nobody knows."""
    found = _scores(asking, patient)
    physical = physical_courses(asking, patient)
    if key in library.physical_measures():
        return _physical(asking, patient, key, found, physical, at=at)
    instrument = _instrument(key, found)
    scores = found.get(key, [])
    agreed = baselines_of(patient)
    baseline = agreed[key].pk if key in agreed else 0
    offered = _offered_on(patient, key)
    own = courses_of(scores, baseline=baseline, offered_on=offered)
    mine = own or tuple(Course(scale) for scale in scales_of(instrument))
    return TrendFacts(
        patient=patient.pk,
        banner=banner_of(patient, on=local(at).date()),
        key=key,
        name=instrument.measures,
        short=short_of(instrument),
        courses=mine,
        rows=rows_of(scores, mine, baseline=baseline),
        others=_others(key, found, agreed, physical),
        treatments=treatments_drawn(asking, patient),
        harm_head=_harm_head(instrument),
        back_to=_newest_sitting(found),
        may_agree=asking.may(May.DECIDE_STEPS),
        checked_by=instrument.checked_by,
    )


def first_measure(asking: Asking, patient: Patient) -> str:
    """The measure that a person's trends begin with: low mood, else what was asked last."""
    found = _scores(asking, patient)
    newest = sorted(found, key=lambda key: found[key][-1].completed_at, reverse=True)
    leads = (k for k in newest if library.instrument_of(found[k][-1].content_id).leads_gist)
    in_order = sorted(leads, key=lambda key: key != "phq9")
    return next(iter((*in_order, *newest)), "phq9")


def treatments_drawn(asking: Asking, patient: Patient) -> tuple[TreatmentDrawn, ...]:
    """A person's treatments at the asker's services, as they stand over a plot."""
    services = asking.services_where(May.SEE_RESULTS)
    found = pathways.treatments_of([patient.pk], services=services).get(patient.pk, ())
    return tuple(
        TreatmentDrawn(one.what, one.began_on, one.ended_on, one.is_event) for one in found
    )


def _scores(asking: Asking, patient: Patient) -> _Rows:
    services = asking.services_where(May.SEE_RESULTS)
    found = courses([patient.pk], services=services, with_parts=True)
    return {instrument: rows for (_, instrument), rows in found.items()}


def _instrument(key: str, found: _Rows) -> Instrument:
    if key in found:
        return library.instrument_of(found[key][-1].content_id)
    instrument = library.newest_instruments().get(key)
    if instrument is None:
        raise Http404
    return instrument


def _others(
    key: str, found: _Rows, agreed: dict[str, ResponseScore], physical: tuple[Course, ...]
) -> tuple[Course, ...]:
    """Mood and worry, the measures of the body, then the rest by when they were asked last."""
    leading: list[Course] = []
    rest: list[tuple[date, Course]] = []
    for other, rows in found.items():
        if other == key:
            continue
        instrument = library.instrument_of(rows[-1].content_id)
        baseline = agreed[other].pk if other in agreed else 0
        has_total = instrument.scoring.gives_number
        for course in courses_of(rows, baseline=baseline, with_parts=not has_total):
            if instrument.leads_gist:
                leading.append(course)
            elif course.last is not None:
                rest.append((course.last.on, course))
    body = [course for course in physical if course.scale.key != key]
    rest.sort(key=lambda pair: pair[0], reverse=True)
    return (*leading, *body, *(course for _, course in rest))


def _physical(
    asking: Asking, patient: Patient, key: str, found: _Rows, physical: tuple[Course, ...], *,
    at: datetime,
) -> TrendFacts:  # fmt: skip
    kind = library.physical_measures()[key]
    course = next((one for one in physical if one.scale.key == key), Course(kind.scale()))
    return TrendFacts(
        patient=patient.pk,
        banner=banner_of(patient, on=local(at).date()),
        key=key,
        name=kind.measures,
        short=kind.name,
        courses=(course,),
        rows=tuple(_physical_row(course, n) for n in range(len(course.points))),
        others=_others(key, found, baselines_of(patient), physical),
        treatments=treatments_drawn(asking, patient),
        harm_head="",
        back_to=_newest_sitting(found),
        may_agree=False,
        is_physical=True,
        checked_by=kind.checked_by,
    )


def _physical_row(course: Course, number: int) -> ScoreRow:
    point = course.points[number]
    part = Part(course.scale.name, point.value, None, None, "complete", point)
    return ScoreRow(
        id=point.id, on=point.on, version="", answered=1, asked=1, parts=(part,), in_words="",
        harm="", how="",
    )  # fmt: skip


def _offered_on(patient: Patient, key: str) -> set[date]:
    """Days on which the questions were offered and nothing came of it."""
    records = record_ids(patient)
    asked = Invitation.objects.filter(
        patient_id__in=records, instruments__has_key=key, submitted_at__isnull=True
    )
    declined = OfferOutcome.objects.filter(
        appointment__patient_id__in=records, outcome=OfferOutcome.Outcome.DECLINED
    )
    moments: Iterable[datetime] = (
        *asked.values_list("created_at", flat=True), *declined.values_list("at", flat=True)
    )  # fmt: skip
    return {day_of(moment) for moment in moments}


def _harm_head(instrument: Instrument) -> str:
    """Such as "Item 9": the number of the question about harm, as clinicians know it."""
    places = [item.id for item in instrument.items]
    numbers = [str(places.index(item) + 1) for item in harm_items_of(instrument)]
    return f"Item {', '.join(numbers)}" if numbers else ""


def _newest_sitting(found: _Rows) -> UUID | None:
    rows = [row for each in found.values() for row in each]
    return max(rows, key=lambda row: row.completed_at).sitting if rows else None
