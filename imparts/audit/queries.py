"""Reading the audit: everything about one patient, everything by one member of staff."""

from uuid import UUID

from django.db.models import QuerySet

from imparts.audit.models import AuditEntry


def entries_about(patient: UUID) -> QuerySet[AuditEntry]:
    """Every look at and change to one patient, newest first."""
    return AuditEntry.objects.filter(patient=patient).order_by("-at", "-id")


def entries_by(who: str) -> QuerySet[AuditEntry]:
    """Everything that one member of staff or tablet did, newest first."""
    return AuditEntry.objects.filter(who=who).order_by("-at", "-id")
