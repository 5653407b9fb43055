"""Versions of patients: what was known from one moment on, kept whenever anything changes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from imparts.people.models import Identifier, Patient, PatientVersion

# The rows are locked first, in one order, so that two changes at once get two numbers.
_LOCK = f"select id from {Patient._meta.db_table} where id = any(%s) order by id for update"
_KEEP = f"""
    insert into {PatientVersion._meta.db_table} (patient_id, number, at, by, facts)
    select patient.id,
        1 + coalesce((select max(number) from {PatientVersion._meta.db_table} earlier
                      where earlier.patient_id = patient.id), 0),
        %s, %s,
        to_jsonb(patient) || jsonb_build_object('identifiers', coalesce(
            (select jsonb_agg(to_jsonb(known) - 'patient_id' order by known.id)
             from {Identifier._meta.db_table} known where known.patient_id = patient.id),
            '[]'::jsonb))
    from {Patient._meta.db_table} patient where patient.id = any(%s)
    order by patient.id
"""


def keep_versions(
    patients: Iterable[UUID], *, by: str, at: datetime, are_written: bool = False
) -> None:
    """Keep what is known now of some patients; called within the change that made it so.

    Where their own rows were written in that change (`are_written`), they are locked by it.
    """
    ids = list(patients)
    with connection.cursor() as cursor:
        if not are_written:
            cursor.execute(_LOCK, [ids])
        cursor.execute(_KEEP, [at, by, ids])
