"""Exports that were asked for, and the files that hold them."""

import uuid

from django.db import models

from imparts.access.models import Staff


class ExportJob(models.Model):
    """One bulk export: who asked for what, and how far it has come."""

    class Level(models.TextChoices):
        SYSTEM = "system"
        PATIENT = "patient"
        GROUP = "group"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Who asked, as the token said it; what they may see is worked out anew when it is written.
    client_id = models.CharField(max_length=255)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="export_jobs")
    scope = models.TextField()
    level = models.CharField(max_length=7, choices=Level)
    service_id = models.BigIntegerField(null=True)  # of a Group: the patients of one service
    types = models.JSONField(default=list)
    since = models.DateTimeField(null=True)
    address = models.TextField()  # what was asked for, which the manifest repeats
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)  # when the worker last said that it goes on
    done_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)  # its files are gone
    written = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["asked_at"])]

    def __str__(self) -> str:
        return f"export {self.pk}"


class ExportFile(models.Model):
    """One file of an export: resources of one type, one a line."""

    job = models.ForeignKey(ExportJob, models.CASCADE, related_name="files")
    type = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    count = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
