"""Stepping out: a person leaves the pathway after one visit, with the reason; and coming back."""

from datetime import datetime

from django.db import transaction

from imparts.audit import actions as audit
from imparts.pathways.actions.not_done import NotDone
from imparts.pathways.models import PathwayEntry, SteppedOut

LONGEST_REASON = 300


def step_out(*, entry: PathwayEntry, why: str, by: str, at: datetime) -> None:
    """Nothing more is suggested after this visit. An open alert stays open, whatever is said."""
    reason = why.strip()
    if not reason:
        raise NotDone("Choose why the pathway ends here.")
    if len(reason) > LONGEST_REASON:
        raise NotDone(f"The reason is longer than {LONGEST_REASON} characters. Shorten it.")
    with transaction.atomic():
        SteppedOut.objects.create(entry=entry, why=reason, by=by, at=at)
        audit.record(
            who=by, did="stepped out of pathway", patient=entry.patient_id,
            about=f"pathway entry {entry.pk}", why=reason, at=at,
        )  # fmt: skip


def come_back(*, entry: PathwayEntry, by: str, at: datetime) -> None:
    """Take stepping out back: the suggested steps are open again."""
    with transaction.atomic():
        SteppedOut.objects.create(entry=entry, is_back=True, why="taken back", by=by, at=at)
        audit.record(
            who=by, did="came back to pathway", patient=entry.patient_id,
            about=f"pathway entry {entry.pk}", at=at,
        )  # fmt: skip
