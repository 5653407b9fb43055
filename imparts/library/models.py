"""Versions of authored content, who signed them here, and what is in force where."""

from django.db import models

from imparts.organisations.models import Service


class ContentVersion(models.Model):
    """One text of one file, kept for ever."""

    class Kind(models.TextChoices):
        INSTRUMENT = "instrument"
        PACK = "pack"
        PATHWAY = "pathway"
        PATIENT_TEXT = "patient_text"

    append_only = True

    kind = models.CharField(max_length=15, choices=Kind)
    key = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    is_shipped = models.BooleanField(default=True)
    loaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.version}"


class Signature(models.Model):
    """A named person of this site has checked one version and stands for it."""

    append_only = True

    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="signatures")
    signed_by = models.CharField(max_length=150)
    as_role = models.CharField(max_length=60)
    statement = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.content} signed by {self.signed_by}"


class InForce(models.Model):
    """From a day on, this service asks this pack or follows this pathway; the latest row counts."""

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="content_in_force")
    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="in_force")
    kind = models.CharField(max_length=15, choices=ContentVersion.Kind)
    from_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "kind", "-from_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.content} at {self.service_id} from {self.from_on}"
