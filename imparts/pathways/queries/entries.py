"""Entries: what the pathways suggested after a sitting, with the decisions taken."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import Http404

from imparts.access.queries import Asking
from imparts.access.roles import May
from imparts.pathways.models import PathwayEntry, StepTaken
from imparts.people.queries import patients_visible_to


def entry_about(about: UUID) -> PathwayEntry | None:
    """What was suggested after one sitting, with the decisions taken."""
    return PathwayEntry.objects.filter(about=about).prefetch_related("taken").first()


def entries_about(abouts: Iterable[UUID]) -> dict[UUID, PathwayEntry]:
    """What was suggested after several sittings, by sitting."""
    found = PathwayEntry.objects.filter(about__in=list(abouts)).prefetch_related("taken")
    return {entry.about: entry for entry in found}


def decisions_on(entry: PathwayEntry) -> dict[str, StepTaken]:
    """The last decision on each step, in the order taken; one that was taken back leaves none."""
    last = {row.step: row for row in sorted(entry.taken.all(), key=lambda row: row.pk)}
    return {
        row.step: row
        for row in sorted(last.values(), key=lambda row: row.pk)
        if row.decision != StepTaken.Decision.TAKEN_BACK
    }


def entry_for(asking: Asking, entry_id: int, *, on: date) -> PathwayEntry:
    """One entry of a patient whom someone may see; 404 otherwise."""
    entry = (
        PathwayEntry.objects.filter(
            pk=entry_id, service_id__in=asking.services_where(May.DECIDE_STEPS)
        )
        .select_related("patient")
        .first()
    )
    visible = patients_visible_to(asking, on=on, may=May.DECIDE_STEPS)
    if (
        entry is None
        or not visible.filter(pk=entry.patient.merged_into_id or entry.patient_id).exists()
    ):
        raise Http404
    return entry
