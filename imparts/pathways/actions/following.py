"""Following a result: what the service's pathways suggest after one sitting, and why."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from imparts.library import queries as library
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.pathways.queries import in_treatment
from imparts.rules.pathways.context import NO_HISTORY, History, VisitContext
from imparts.rules.pathways.recommend import recommend
from imparts.rules.scoring.score import Score

HistoryOf = Callable[[frozenset[str]], History]


def follow(
    *,
    patient_id: UUID,
    service_id: int,
    about: UUID,
    scores: Mapping[str, Score],
    context: VisitContext,
    history_of: HistoryOf,
    at: datetime,
) -> PathwayEntry:
    """Ask the service's pathways what should happen after one sitting, and keep their answer.

    What the pathways were told of the person is kept with it. Earlier scores and steps are asked
    for only when a pathway in force looks back on them; else they are not known.
    """
    on = timezone.localdate(at)
    pathways = library.pathways_in_force(service_id, on=on)
    looked_back_on = frozenset[str]().union(*(one.looks_back_on for one in pathways))
    known = replace(
        context,
        on=on,
        in_treatment=in_treatment(patient_id, on),
        taken_before=_taken_before(patient_id, service_id)
        if any(one.looks_at_steps for one in pathways)
        else None,
        history=history_of(looked_back_on) if looked_back_on else NO_HISTORY,
    )
    names = {code: option.in_words for code, option in library.options().items()}
    steps = [
        step.as_json()
        for pathway in pathways
        for step in recommend(pathway, scores, known, names=names)
    ]
    steps.sort(key=lambda step: step["order"])
    return PathwayEntry.objects.create(
        patient_id=patient_id, service_id=service_id, about=about, at=at,
        pathways=[f"{p.id} {p.version}" for p in pathways], steps=steps, context=known.as_json(),
    )  # fmt: skip


def _taken_before(patient_id: UUID, service_id: int) -> frozenset[tuple[str, str]]:
    """The last decision on each step of the person's earlier visits here."""
    rows = StepTaken.objects.filter(entry__patient_id=patient_id, entry__service_id=service_id)
    return frozenset(dict(rows.order_by("id").values_list("step", "decision")).items())
