"""Past visits as the pathways saw them: scores of the sitting, what was known, what came before.

A simulation reads a year of a service: 100,000 scores. So a visit is one row, its scores are one
text in it, and the same text is the same score for ever (past_scores.py reads it once).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from imparts.informatics.questionnaires.models import Invitation
from imparts.informatics.questionnaires.queries.past_scores import (
    AS_TEXT,
    PastScores,
    score_in,
    scores_of_people,
)
from imparts.informatics.results.models import ResponseScore
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.people.models import Patient
from imparts.rules.pathways.context import NO_HISTORY, ScoreSeen, context_from_json
from imparts.rules.pathways.simulation import PastVisit

Decisions = dict[tuple[UUID, int], list[tuple[datetime, str, str]]]
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
# Moments come as whole microseconds, and days as the clinic's, which is faster than to read them.
_VISITS = f"""
with scored as (
    select s.sitting, string_agg({AS_TEXT}, E'\\n') as said
    from {ResponseScore._meta.db_table} s
    where s.service_id = any(%(services)s) and s.of_form is null and s.corrects_id is null
        and s.completed_at >= %(since)s and s.completed_at < %(until)s
    group by s.sitting
)
select e.about, e.patient_id, coalesce(p.merged_into_id, e.patient_id), e.service_id,
    (extract(epoch from e.at) * 1000000)::bigint, (e.at at time zone %(zone)s)::date,
    e.context::text, coalesce(scored.said, '')
from {PathwayEntry._meta.db_table} e
join {Patient._meta.db_table} p on p.id = e.patient_id
left join scored on scored.sitting = e.about
where e.service_id = any(%(services)s) and e.at >= %(since)s and e.at < %(until)s
    and not p.is_test
    and not exists (
        select 1 from {Invitation._meta.db_table} i where i.id = e.about
            and i.withdrawn_at is not null)
order by e.at, e.id
"""


def visits_of(
    service_ids: Iterable[int],
    since: datetime,
    until: datetime,
    *,
    looks_back_on: Collection[str] = (),
    looks_at_steps: bool = False,
) -> list[PastVisit]:
    """Every sitting that was sent from one moment up to before another, oldest first.

    One question. Earlier scores are a second one, of the instruments that some pathway looks back
    on (Pathway.looks_back_on) and also from before `since`; what was done before is a third, only
    for pathways that look at it (Pathway.looks_at_steps). Test patients are nobody,
    and answers that were filed to the wrong person are nobody's here.
    """
    services = list(service_ids)
    past = scores_of_people(services, until, looks_back_on) if looks_back_on else None
    taken = _decisions_at(services, until) if looks_at_steps else None
    asked = {
        "services": services, "since": since, "until": until,
        "zone": timezone.get_current_timezone_name(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_VISITS, asked)
        return [_visit(row, past, taken) for row in cursor.fetchall()]


def _visit(row: tuple[Any, ...], past: PastScores | None, taken: Decisions | None) -> PastVisit:
    about, patient, person, service, microseconds, on, context, said = row
    at = _BEGINNING + timedelta(microseconds=microseconds)
    own = _own_scores(said)
    history = past.before(patient, service, at) if past else NO_HISTORY
    known = context_from_json(_stored(context), on=on, history=history)
    if taken is not None and known.taken_before is None:
        known = replace(known, taken_before=_taken(taken.get((patient, service), ()), at))
    return PastVisit(about, person, service, at, on, own, known, len(own))


def _own_scores(said: str) -> dict[str, ScoreSeen]:
    found = map(score_in, said.split("\n")) if said else ()
    return {score.instrument: score for score in found}


@lru_cache(maxsize=4096)
def _stored(context: str) -> Mapping[str, Any]:
    """What was kept of what was known; many visits have the same, and nobody changes it."""
    found: Mapping[str, Any] = json.loads(context)
    return found


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
