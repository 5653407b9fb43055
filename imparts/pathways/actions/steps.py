"""Following a result, and deciding about each suggested step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from imparts.audit import actions as audit
from imparts.library import queries as library
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.rules.pathways.recommend import recommend
from imparts.rules.scoring.score import Score


def follow(
    *,
    patient_id: UUID,
    service_id: int,
    about: UUID,
    scores: Mapping[str, Score],
    context: Mapping[str, Any],
    at: datetime,
) -> PathwayEntry:
    """Ask the service's pathways what should happen after one sitting, and keep their answer."""
    pathways = library.pathways_in_force(service_id, on=timezone.localdate(at))
    steps = [step.as_json() for pathway in pathways for step in recommend(pathway, scores, context)]
    steps.sort(key=lambda step: step["order"])
    return PathwayEntry.objects.create(
        patient_id=patient_id, service_id=service_id, about=about, at=at,
        pathways=[f"{p.id} {p.version}" for p in pathways], steps=steps,
    )  # fmt: skip


def decide_step(
    *,
    entry: PathwayEntry,
    step: str,
    decision: str,
    why: str,
    by: str,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Done, or not now with a reason; a later decision on the same step is added after it.

    `details` names what was done by id: {"referral": "..."}.
    """
    if step not in {each["step_id"] for each in entry.steps}:
        raise NotDone("This step was not suggested for this visit.")
    if decision == StepTaken.Decision.NOT_NOW and not why.strip():
        raise NotDone("Choose why not now.")
    with transaction.atomic():
        StepTaken.objects.create(
            entry=entry, step=step, decision=decision, why=why, by=by, at=at,
            details=dict(details or {}),
        )  # fmt: skip
        audit.record(
            who=by, did=f"step {decision}", patient=entry.patient_id,
            about=f"pathway entry {entry.pk}", why=why, at=at,
        )  # fmt: skip
