"""A run of a pathway over 100,000 past responses, beside polars that merely counts thresholds."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import polars as pl
import psycopg
from django.utils import timezone

from imparts.benchmarks.timing import best
from imparts.informatics.questionnaires.queries.past import visits_of
from imparts.informatics.results.actions import history as results
from imparts.library import queries as library
from imparts.organisations.models import Service
from imparts.pathways.actions import history as pathways
from imparts.people.models import Patient
from imparts.rules.pathways.context import VisitContext
from imparts.rules.pathways.definition import Pathway
from imparts.rules.pathways.draft import with_threshold
from imparts.rules.pathways.recommend import recommend
from imparts.rules.pathways.simulation import PastVisit
from imparts.rules.scoring.score import Score, score
from imparts.workspace.queries.pathway_run import RunAsked, comparison_of

RESPONSES = 100_000
LIMIT_S = 5.0
CONSULTANT = "consultant.rheum"
MOOD = "depression_in_outpatients"
ASKED = ("phq9", "gad7", "smoking_core")
KINDS = 400  # different forms, each scored by the rules


@dataclass(frozen=True, slots=True)
class Simulation:
    """What was measured, in seconds."""

    responses: int
    visits: int
    whole_s: float  # reading, both runs, comparing, groups: what the page waits for
    processor_s: float  # of it, what this process worked; the rest is PostgreSQL, or waiting
    reading_s: float
    loop_s: float  # recommend() for each visit and pathway, nothing read
    polars_s: float  # the scores read, people counted from two thresholds


def measure(*, at: datetime | None = None) -> Simulation:
    """Add a year of visits to the demonstration, then run liaison from 15 over all of them."""
    service = Service.objects.get(memberships__staff__username=CONSULTANT)
    now = at or timezone.now()
    on = timezone.localdate(now) + timedelta(days=1)
    _add_visits(service, RESPONSES // len(ASKED) + 1, now)
    live = next(one for one in library.pathways_in_force(service.pk, on=on) if one.id == MOOD)
    draft = _from_15(live)
    asked = RunAsked(service.pk, live, draft, on)
    since, until = now - timedelta(days=364), now + timedelta(days=1)
    visits = visits_of([service.pk], since, until)
    began = time.process_time()
    responses = comparison_of(asked).responses
    processor_s = time.process_time() - began
    return Simulation(
        responses=responses,
        processor_s=processor_s,
        visits=len(visits),
        whole_s=best(lambda: comparison_of(asked)),
        reading_s=best(lambda: visits_of([service.pk], since, until)),
        loop_s=best(lambda: _recommend_all((live, draft), visits)),
        polars_s=best(lambda: _count(service.pk, since)),
    )


def _from_15(live: Pathway) -> Pathway:
    lower = with_threshold(live, "severe", 1, Decimal(15))
    return replace(with_threshold(lower, "severe", 2, Decimal(15)), version="bench")


def _add_visits(service: Service, number: int, now: datetime) -> None:
    """Past visits with scores by the product's own loading; only what a run reads of them."""
    chance = Random(7)
    versions = library.newest_versions("instrument")
    people = list(
        Patient.objects.filter(relationships__service=service).distinct().order_by("pk")
        .values_list("pk", flat=True)[:12_000]
    )  # fmt: skip
    kinds = {key: list(_forms(key, chance)) for key in ASKED}
    context = VisitContext(age=50, service=service.code, in_treatment=frozenset()).as_json()
    entries, scores = [], []
    for place in range(number):
        about, person = UUID(int=chance.getrandbits(128), version=4), chance.choice(people)
        when = now - timedelta(minutes=15 * place)
        entries.append(pathways.PastEntry(person, service.pk, about, when, [], [], context))
        scores += [
            results.past_score(
                response=UUID(int=chance.getrandbits(128), version=4), sitting=about,
                patient_id=person, service_id=service.pk, content_id=versions[key].pk,
                score=chance.choice(kinds[key]), at=when,
            )
            for key in ASKED
        ]  # fmt: skip
    pathways.load_history(alerts=(), entries=entries, by="bench", at=now)
    results.load_history(scores=scores, by="bench", at=now)


def _forms(key: str, chance: Random) -> Iterator[Score]:
    instrument = library.newest_instruments()[key]
    for _ in range(KINDS):
        leaning = chance.random()
        answers = {
            item.id: chance.choice([o.value for o in item.options if chance.random() < leaning]
                                   or [item.options[0].value])
            for item in instrument.items
        }  # fmt: skip
        yield score(instrument, answers, {})


def _recommend_all(both: tuple[Pathway, ...], visits: list[PastVisit]) -> int:
    return sum(
        len(recommend(pathway, visit.scores, visit.context)) for pathway in both for visit in visits
    )


def _count(service_id: int, since: datetime) -> tuple[int, int]:
    """People with low mood from 20, and from 15: no conditions, no groups, no words."""
    query = (
        "select patient_id::text as person, score::float8 as score from results_responsescore"
        f" where service_id = {service_id} and completed_at >= '{since.isoformat()}'"
        " and instrument = 'phq9'"
    )
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        rows = pl.read_database(query, connection)
    from_20, from_15 = (
        rows.filter(pl.col("score") >= least)["person"].n_unique() for least in (20, 15)
    )
    return from_20, from_15
