"""Loading past treatments in bulk: each with the day that it ended on, if it did."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from imparts.audit import actions as audit
from imparts.pathways.models import TreatmentEnd, TreatmentStep
from imparts.postgres.copying import copy_rows, new_ids


class PastTreatment(NamedTuple):
    """One course or event; the last field is its end, None while it goes on."""

    patient_id: UUID
    service_id: int
    option: str
    what: str
    kind: str
    began_on: date
    at: datetime
    by: str
    ended_on: date | None = None


def load_treatments(*, treatments: Sequence[PastTreatment], by: str, at: datetime) -> None:
    """Copy treatments and their ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        table = TreatmentStep._meta.db_table
        ids = new_ids(cursor, table, len(treatments))
        numbered = list(zip(ids, treatments, strict=True))
        columns = ("id", *PastTreatment._fields[:-1])
        copy_rows(cursor, table, columns, ((n, *row[:-1]) for n, row in numbered))
        copy_rows(
            cursor, TreatmentEnd._meta.db_table,
            ("step_id", "state", "ended_on", "why", "at", "by"),
            (
                (n, TreatmentEnd.State.ENDED, row.ended_on, "", row.at, row.by)
                for n, row in numbered if row.ended_on is not None
            ),
        )  # fmt: skip
        told = f"{len(treatments)} treatments"
        audit.record(who=by, did="loaded history", about=told, at=at)
