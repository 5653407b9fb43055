"""Loading past appointments in bulk, with the moves that each of them made."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from imparts.audit import actions as audit
from imparts.informatics.clinics.models import Appointment, AppointmentMove, ClinicSession
from imparts.postgres.copying import copy_rows, new_ids


class SessionKey(NamedTuple):
    """Which sitting of which clinic."""

    service_id: int
    held_on: date
    part: str


class PastAppointment(NamedTuple):
    """One appointment."""

    id: UUID
    session: SessionKey
    patient_id: UUID
    at: datetime
    record_number: str = ""


class PastMove(NamedTuple):
    """One row of moves; of one appointment they come in the order in which they happened."""

    appointment_id: UUID
    state: str
    at: datetime
    by: str
    place: str = ""
    why: str = ""


def load_history(
    *,
    appointments: Sequence[PastAppointment],
    moves: Iterable[PastMove],
    sessions: dict[SessionKey, int],
    by: str,
    at: datetime,
) -> None:
    """Copy appointments and moves.

    `sessions` remembers the sittings that earlier calls have opened; what is missing is opened and
    added to it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        missing = sorted({each.session for each in appointments} - sessions.keys())
        table = ClinicSession._meta.db_table
        ids = new_ids(cursor, table, len(missing))
        rows = [(number, *key, "") for number, key in zip(ids, missing, strict=True)]
        copy_rows(cursor, table, ("id", *SessionKey._fields, "place"), rows)
        sessions.update(zip(missing, ids, strict=True))
        copy_rows(
            cursor, Appointment._meta.db_table,
            ("id", "session_id", "patient_id", "at", "record_number"),
            ((each.id, sessions[each.session], *each[2:]) for each in appointments),
        )  # fmt: skip
        copy_rows(cursor, AppointmentMove._meta.db_table, PastMove._fields, moves)
        audit.record(
            who=by, did="loaded history", about=f"appointments, {len(appointments)} rows", at=at
        )
