"""Loading patients of the past in bulk: a site's old records, or the demonstration's people."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from imparts.audit import actions as audit
from imparts.people.actions.versions import keep_versions
from imparts.people.models import CareRelationship, ContactPoint, Identifier, Patient
from imparts.postgres.copying import copy_rows


class PastPatient(NamedTuple):
    """One row of patients."""

    id: UUID
    family_name: str
    given_name: str
    born_on: date
    known_as: str = ""
    sex: str = "not_known"
    gender: str = ""
    pronouns: str = ""
    language: str = "en"
    needs_interpreter: bool = False
    information_needs: dict[str, Any] = {}
    contact_preferences: dict[str, Any] = {}
    ethnicity: str = ""
    postcode: str = ""
    deprivation_fifth: int | None = None
    practice_id: int | None = None
    died_on: date | None = None
    is_sensitive: bool = False


class PastIdentifier(NamedTuple):
    """One row of identifiers."""

    patient_id: UUID
    scheme: str
    value: str
    issued_by_id: int | None
    verified_at: datetime | None


class PastContactPoint(NamedTuple):
    """One row of contact points."""

    patient_id: UUID
    kind: str
    value: str
    may_be_used_for_invitations: bool


class PastRelationship(NamedTuple):
    """One row of care relationships."""

    patient_id: UUID
    service_id: int
    because: str
    from_on: date
    until_on: date | None


def load_history(
    *,
    patients: Iterable[PastPatient],
    identifiers: Iterable[PastIdentifier],
    contact_points: Iterable[PastContactPoint],
    relationships: Iterable[PastRelationship],
    by: str,
    at: datetime,
) -> None:
    """Copy patients with their numbers, ways to reach them and who cares for them.

    National numbers are not checked here: whoever calls has read them from a checked source.
    """
    came: list[UUID] = []
    with transaction.atomic(), connection.cursor() as cursor:
        loaded = 0
        for model, row, rows in (
            (Patient, PastPatient, _noting(patients, came)),
            (Identifier, PastIdentifier, identifiers),
            (ContactPoint, PastContactPoint, contact_points),
            (CareRelationship, PastRelationship, relationships),
        ):
            loaded += copy_rows(cursor, model._meta.db_table, row._fields, rows)
        keep_versions(came, by=by, at=at)
        audit.record(who=by, did="loaded history", about=f"people, {loaded} rows", at=at)


def _noting(patients: Iterable[PastPatient], came: list[UUID]) -> Iterator[PastPatient]:
    for patient in patients:
        came.append(patient.id)
        yield patient
