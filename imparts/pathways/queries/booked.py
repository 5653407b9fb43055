"""Booked: what is to be asked again and when, and who has stepped out of the pathway."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from imparts.design.dates import local
from imparts.pathways.models import PathwayEntry, RepeatBooked, SteppedOut


@dataclass(frozen=True, slots=True)
class Repeat:
    """One instrument that is to be asked again from a day on."""

    patient: UUID
    service_id: int
    entry_id: int | None
    instrument: str
    due_on: date
    by: str
    at: datetime

    def is_open(self, answered_on: date | None) -> bool:
        """Whether it has not been answered since: from its day on, or after it was booked."""
        return answered_on is None or answered_on < self.due_on or answered_on <= self.at.date()


@dataclass(frozen=True, slots=True)
class StepsOut:
    """That someone left the pathway after a visit, and why."""

    why: str
    by: str
    at: datetime


def repeats_of(patients: Iterable[UUID], *, services: Collection[int]) -> list[Repeat]:
    """What is booked for a person's records at some services, soonest first.

    Of each instrument and service the last row counts; one that takes back leaves nothing.
    """
    rows = (
        RepeatBooked.objects.filter(patient_id__in=list(patients), service_id__in=list(services))
        .order_by("service_id", "instrument", "-id")
        .distinct("service_id", "instrument")
    )
    found = [
        Repeat(r.patient_id, r.service_id, r.entry_id, r.instrument, r.due_on, r.by, local(r.at))
        for r in rows
        if r.due_on is not None
    ]
    return sorted(found, key=lambda one: (one.due_on, one.instrument))


def due_repeats(patients: Iterable[UUID], *, service_id: int, on: date) -> dict[str, date]:
    """Instruments that were booked for this day or before, each with the day from which it is."""
    booked = repeats_of(patients, services=[service_id])
    return {one.instrument: one.due_on for one in booked if one.due_on <= on}


def steps_out_of(entries: Iterable[PathwayEntry]) -> dict[int, StepsOut]:
    """Who has stepped out after which entries; a later row takes an earlier one back."""
    pks = [entry.pk for entry in entries]
    rows = (
        SteppedOut.objects.filter(entry_id__in=pks).order_by("entry_id", "-id").distinct("entry_id")
    )
    return {
        row.entry_id: StepsOut(row.why, row.by, local(row.at)) for row in rows if not row.is_back
    }
