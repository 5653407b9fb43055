"""The only way to add to the audit: record(who, did, ...), called in plain sight."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from imparts.audit.models import AuditEntry


def record(
    *, who: str, did: str, at: datetime, patient: UUID | None = None, about: str = "", why: str = ""
) -> None:
    """Add one entry, in the caller's transaction: if it cannot be written, nothing happens at all.

    `about` names a thing by kind and id ("alert 12"), never a person. `why` is the care
    relationship or the reason given.
    """
    AuditEntry.objects.create(
        at=at, who=who, did=did, patient=patient, about=about[:200], why=why[:200]
    )


def record_each(
    *,
    who: str,
    did: str,
    at: datetime,
    patients: Sequence[UUID | None],
    about: str = "",
    why: str = "",
) -> None:
    """Add one entry for each of some people that one answer showed, in one statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(at=at, who=who, did=did, patient=patient, about=about[:200], why=why[:200])
        for patient in patients
    )
