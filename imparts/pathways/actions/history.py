"""Loading past alerts with their stories, and past suggestions with what was decided about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from imparts.audit import actions as audit
from imparts.pathways.models import Alert, AlertEvent, PathwayEntry, StepTaken
from imparts.postgres.copying import copy_rows, new_ids


class PastEvent(NamedTuple):
    """One thing that happened to an alert."""

    name: str
    at: datetime
    by: str
    what: str = ""
    kind: str = ""
    value: int | None = None
    details: dict[str, Any] = {}


class PastAlert(NamedTuple):
    """One alert with its story, first thing first."""

    patient_id: UUID
    service_id: int
    about: UUID
    appointment: UUID | None
    instrument: str
    item: str
    raised_at: datetime
    events: tuple[PastEvent, ...]


class PastDecision(NamedTuple):
    """What was decided about one suggested step."""

    step: str
    decision: str
    why: str
    at: datetime
    by: str


class PastEntry(NamedTuple):
    """What was suggested after one sitting, and what was decided."""

    patient_id: UUID
    service_id: int
    about: UUID
    at: datetime
    pathways: list[str]
    steps: list[dict[str, Any]]
    context: dict[str, Any]
    taken: tuple[PastDecision, ...] = ()


def load_history(
    *, alerts: Sequence[PastAlert], entries: Sequence[PastEntry], by: str, at: datetime
) -> None:
    """Copy alerts with their events, and entries with the steps taken."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model, rows, row, many, each in (
            (Alert, alerts, PastAlert, AlertEvent, PastEvent),
            (PathwayEntry, entries, PastEntry, StepTaken, PastDecision),
        ):
            table = model._meta.db_table
            ids = new_ids(cursor, table, len(rows))
            numbered = list(zip(ids, rows, strict=True))
            # The last field of either holds the rows that hang on it.
            copy_rows(cursor, table, ("id", *row._fields[:-1]), ((n, *r[:-1]) for n, r in numbered))
            owner = "alert_id" if many is AlertEvent else "entry_id"
            copy_rows(
                cursor, many._meta.db_table, (owner, *each._fields),
                ((n, *hanging) for n, r in numbered for hanging in r[-1]),
            )  # fmt: skip
        told = f"{len(alerts)} alerts, {len(entries)} entries"
        audit.record(who=by, did="loaded history", about=told, at=at)
