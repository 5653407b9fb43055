"""ResponseScore: never edited; a correction is a new row that names the one it corrects."""

from django.db import models

from imparts.library.models import ContentVersion
from imparts.organisations.models import Service
from imparts.people.models import Patient


class ResponseScore(models.Model):
    """What one response to one instrument came to, by the version it was asked with.

    Every number is null where there is none; nothing is ever zero because it is missing.
    """

    append_only = True

    response = models.UUIDField(db_index=True)
    sitting = models.UUIDField(db_index=True)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="scores")
    service = models.ForeignKey(Service, models.PROTECT, related_name="scores")
    instrument = models.CharField(max_length=60)
    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="scores")
    completed_at = models.DateTimeField()
    status = models.CharField(max_length=10)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    out_of = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    lower = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    upper = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    band = models.CharField(max_length=40, blank=True)
    band_label = models.CharField(max_length=80, blank=True)
    flags = models.JSONField(default=list)
    subscales = models.JSONField(default=list)
    """Results of parts: each with name, label and score."""
    profile = models.TextField(blank=True, default="", db_default="")
    """The answers in a row where no sum is meant, such as 11223."""
    answered = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    of_form = models.JSONField(null=True)
    """Null for our own instruments. For a form that someone else wrote, what it could not work out
    and what was missing, in sentences; its numbers stand in `subscales`."""
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        indexes = [models.Index(fields=["patient", "instrument", "-completed_at"])]
        constraints = [
            models.CheckConstraint(
                name="score_status_is_known",
                condition=models.Q(status__in=["complete", "prorated", "incomplete"]),
            ),
            models.CheckConstraint(
                name="incomplete_has_no_score",
                condition=~models.Q(status="incomplete") | models.Q(score__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} score {self.pk}"
