"""The audit is written in the same transaction as what it tells of (hazard H8)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from imparts.audit import actions as audit
from imparts.audit.queries import entries_about, entries_by
from tests.builders import NOON

pytestmark = pytest.mark.django_db


def test_an_entry_is_found_by_patient_and_by_person() -> None:
    patient = uuid4()
    audit.record(who="nurse", did="saw result", patient=patient, why="appointment", at=NOON)
    audit.record(who="nurse", did="signed in", at=NOON)
    assert [entry.did for entry in entries_about(patient)] == ["saw result"]
    assert entries_by("nurse").count() == 2


@pytest.mark.parametrize(
    "statement", ["update {} set who = 'other'", "delete from {}", "truncate {}"]
)
def test_the_web_role_cannot_change_the_audit(statement: str) -> None:
    audit.record(who="nurse", did="saw result", at=NOON)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("audit_auditentry"))
    assert entries_by("nurse").count() == 1
