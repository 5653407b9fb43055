"""Referrals with what happened to each, and letters as they were made; nothing is edited."""

import uuid

from django.db import models

from imparts.organisations.models import Service
from imparts.people.models import Patient


class Referral(models.Model):
    """One referral of a patient to an option of the pathway. Its state is its last event."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    """The service that refers."""
    sitting = models.UUIDField(null=True)
    """The visit that it came from."""
    option = models.CharField(max_length=60)
    to = models.CharField(max_length=200)
    """Who it goes to, in words."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"]), models.Index(fields=["service", "-at"])]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class ReferralEvent(models.Model):
    """What happened to a referral. The text of the last draft is what is sent."""

    class Name(models.TextChoices):
        DRAFTED = "drafted", "Draft"
        SENT = "sent", "Sent"
        WITHDRAWN = "withdrawn", "Withdrawn"

    append_only = True

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="events")
    name = models.CharField(max_length=10, choices=Name)
    reason = models.TextField(blank=True)
    """The letter's own words: why, and what is asked."""
    is_agreed = models.BooleanField(null=True)
    """Whether the patient agreed to the referral; null where nobody has said."""
    letter = models.ForeignKey("Letter", models.PROTECT, null=True, related_name="sent_with")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(name__in=["sent", "withdrawn"]),
                name="a_referral_ends_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.name}"


class Letter(models.Model):
    """One letter exactly as it was made: its facts, so that HTML and PDF are drawn from the same.

    A letter that was made is never changed; another one is made beside it.
    """

    class Kind(models.TextChoices):
        GP = "gp", "Letter to the GP"
        REFERRAL = "referral", "Referral letter"

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="letters")
    service = models.ForeignKey(Service, models.PROTECT, related_name="letters")
    sitting = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    to = models.CharField(max_length=200)
    facts = models.JSONField()
    """rules/letters/definition.py"""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"])]

    def __str__(self) -> str:
        return f"letter {self.pk}"
