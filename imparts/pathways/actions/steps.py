"""Deciding about each step that was suggested."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from imparts.audit import actions as audit
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import PathwayEntry, StepTaken


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
