"""Drafts of packs: the working copies that staff change until they are handed in for signing."""

from django.db import models

from imparts.library.models import ContentVersion
from imparts.organisations.models import Service


class PackDraft(models.Model):
    """A pack that somebody composes for a service; handed in, it is a version of the library."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="pack_drafts")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    illness_words = models.CharField(max_length=120, blank=True)
    asks_who_helps = models.BooleanField(default=True)
    sources = models.TextField(blank=True)
    """One reason or source a line."""
    next_review = models.DateField()
    parts = models.JSONField(default=list)
    authors = models.JSONField(default=list)
    """User names of everyone who has changed it: none of them may sign what it becomes."""
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    made = models.ForeignKey(
        ContentVersion, models.PROTECT, null=True, related_name="made_from_drafts"
    )
    """The version that it became when it was handed in."""
    thrown_away_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["service", "made"])]

    def __str__(self) -> str:
        return f"pack draft {self.pk}"
