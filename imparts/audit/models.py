"""AuditEntry: no foreign keys, no update, no delete."""

from django.db import models


class AuditEntry(models.Model):
    """One thing that one person did, or tried to do."""

    append_only = True

    at = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=150)
    did = models.CharField(max_length=80)
    patient = models.UUIDField(null=True)
    about = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "at"]), models.Index(fields=["who", "at"])]

    def __str__(self) -> str:
        return f"{self.who} {self.did}"
