"""Past visits as the pathways saw them: scores of the sitting, what was known, what came before.

A simulation reads a year of a service, so nothing here makes an object of a table for each row.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from imparts.informatics.results.models import ResponseScore
from imparts.library import queries as library
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.rules.instruments.definition import Instrument
from imparts.rules.pathways.context import History, PastScore, ScoreSeen, context_from_json
from imparts.rules.pathways.simulation import PastVisit
from imparts.rules.scoring.bands import band_for
from imparts.rules.scoring.result import number_to_act_on
from imparts.rules.scoring.totals import PRORATED

_COLUMNS = (
    "id", "corrects_id", "sitting", "patient_id", "service_id", "completed_at", "instrument",
    "content_id", "status", "score", "lower", "upper", "band", "flags",
)  # fmt: skip
_NOTHING: tuple[str, ...] = ()
Decisions = dict[tuple[UUID, int], list[tuple[datetime, str, str]]]


class _Row(NamedTuple):
    """One stored score; in the order of _COLUMNS."""

    id: int
    corrects: int | None
    sitting: UUID
    patient: UUID
    service: int
    completed_at: datetime
    instrument: str
    content: int
    status: str
    score: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    band: str
    flags: list[str]


def history_before(
    patient_id: UUID, service_id: int, instruments: Collection[str], *, at: datetime
) -> History:
    """Earlier scores of a person at a service, by instrument, oldest first; one question.

    Of this record and this service alone: what the pathways of a service may look back on.
    """
    rows = ResponseScore.objects.filter(
        patient_id=patient_id, service_id=service_id, instrument__in=list(instruments),
        completed_at__lt=at, corrected_by__isnull=True, of_form__isnull=True,
    )  # fmt: skip
    found: dict[str, tuple[PastScore, ...]] = {}
    for row in _rows(rows.order_by("completed_at", "id").values_list(*_COLUMNS)):
        found[row.instrument] = (*found.get(row.instrument, ()), _past(row))
    return found


def visits_of(
    service_ids: Iterable[int],
    since: datetime,
    until: datetime,
    *,
    looks_back_on: Collection[str] = (),
    looks_at_steps: bool = False,
) -> list[PastVisit]:
    """Every sitting that was sent from one moment up to before another, oldest first.

    Two questions. Earlier scores are read only of the instruments that some pathway looks back on
    (Pathway.looks_back_on), since they reach back behind `since`; and what was done before, which
    is a third question, only for pathways that look at it. Test patients are nobody.
    """
    services = list(service_ids)
    scores = _scores_of(services, since, until, looks_back_on)
    if looks_at_steps:
        scores.taken = _decisions_at(services, until)
    entries = (
        PathwayEntry.objects.filter(
            service_id__in=services, at__gte=since, at__lt=until, patient__is_test=False
        )
        .order_by("at", "id")
        .values_list(
            "about", "patient_id", "patient__merged_into_id", "service_id", "at", "context"
        )
    )
    return [
        _visit(scores, about, patient, merged_into or patient, service, at, context)
        for about, patient, merged_into, service, at, context in entries.iterator(chunk_size=5000)
    ]


class _Scores:
    """The scores of a window by sitting, and those before any moment by person and instrument."""

    def __init__(self, looks_back_on: Collection[str]) -> None:
        self.looks_back_on = frozenset(looks_back_on)
        self.by_sitting: dict[UUID, dict[str, ScoreSeen]] = {}
        self.over_time: dict[tuple[UUID, int], dict[str, list[tuple[datetime, _Row]]]] = {}
        self.corrected: set[int] = set()
        self.taken: Decisions | None = None

    def add(self, row: _Row) -> None:
        """Take one score in; rows come oldest first."""
        if row.corrects is None:
            self.by_sitting.setdefault(row.sitting, {})[row.instrument] = _seen(row)
        else:
            self.corrected.add(row.corrects)
        if row.instrument in self.looks_back_on:
            person = self.over_time.setdefault((row.patient, row.service), {})
            person.setdefault(row.instrument, []).append((row.completed_at, row))

    def history(self, patient: UUID, service: int, before: datetime) -> History:
        """What history_before would have found at a moment."""
        return {
            key: tuple(
                _past(row) for at, row in rows if at < before and row.id not in self.corrected
            )
            for key, rows in self.over_time.get((patient, service), {}).items()
        }


def _scores_of(
    services: list[int], since: datetime, until: datetime, looks_back_on: Collection[str]
) -> _Scores:
    found = _Scores(looks_back_on)
    wanted = Q(completed_at__gte=since)
    if looks_back_on:
        wanted |= Q(instrument__in=list(looks_back_on))
    rows = ResponseScore.objects.filter(
        wanted, service_id__in=services, completed_at__lt=until, of_form__isnull=True
    ).order_by("completed_at", "id")
    for row in _rows(rows.values_list(*_COLUMNS).iterator(chunk_size=5000)):
        found.add(row)
    return found


def _rows(found: Iterable[tuple[Any, ...]]) -> Iterator[_Row]:
    return map(_Row._make, found)


def _visit(
    scores: _Scores,
    about: UUID,
    patient: UUID,
    person: UUID,
    service: int,
    at: datetime,
    context: Mapping[str, Any],
) -> PastVisit:
    own = scores.by_sitting.get(about, {})
    on = timezone.localdate(at)
    history = scores.history(patient, service, at) if scores.looks_back_on else {}
    known = context_from_json(context, on=on, history=history)
    if scores.taken is not None and known.taken_before is None:
        known = replace(known, taken_before=_taken(scores.taken.get((patient, service), ()), at))
    return PastVisit(about, person, service, at, on, own, known, len(own))


def _decisions_at(services: list[int], until: datetime) -> Decisions:
    """What was decided about each suggested step, by person and service, in order."""
    rows = StepTaken.objects.filter(entry__service_id__in=services, at__lt=until).order_by("id")
    found: Decisions = {}
    for patient, service, at, step, decision in rows.values_list(
        "entry__patient_id", "entry__service_id", "at", "step", "decision"
    ).iterator(chunk_size=5000):
        found.setdefault((patient, service), []).append((at, step, decision))
    return found


def _taken(rows: Iterable[tuple[datetime, str, str]], before: datetime) -> Set[tuple[str, str]]:
    """The last decision on each step before a moment, as follow() would have found it."""
    return frozenset({step: decision for at, step, decision in rows if at < before}.items())


def _past(row: _Row) -> PastScore:
    return PastScore(timezone.localdate(row.completed_at), _seen(row))


def _seen(row: _Row) -> ScoreSeen:
    """What follow() saw: the band to act on of an estimate is worked out anew, as it was then."""
    direction, reliable_change, of_estimate = _facts(row.content)
    to_act_on = number_to_act_on(row.status, row.score, row.lower, row.upper, direction)
    band = row.band or None
    return ScoreSeen(
        row.instrument, row.status, row.score, row.lower, row.upper, band,
        of_estimate(to_act_on, band) if row.status == PRORATED else band,
        tuple(row.flags) if row.flags else _NOTHING, direction, reliable_change, to_act_on,
    )  # fmt: skip


BandOfEstimate = Callable[[Decimal | None, str | None], str | None]


@lru_cache(maxsize=512)
def _facts(content_id: int) -> tuple[str, int | None, BandOfEstimate]:
    """Of a version that was asked: direction, reliable change, and the band of an estimate."""
    instrument: Instrument = library.instrument_of(content_id)

    def of_estimate(number: Decimal | None, otherwise: str | None) -> str | None:
        found = band_for(number, instrument.bands)
        return found.code if found else None if instrument.bands else otherwise

    return instrument.direction, instrument.reliable_change, of_estimate
