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
    step = models.CharField(max_length=80, blank=True, default="", db_default="")
    """The step of the pathway that was accepted."""
    option = models.CharField(max_length=60)
    to = models.CharField(max_length=200)
    """Who it goes to, in the words of the step."""
    within = models.CharField(max_length=60, blank=True, default="", db_default="")
    """How soon the step asks for it: "2 weeks"."""
    measures = models.JSONField(default=list, blank=True, db_default=[])
    """The instruments that the referral rests on; its letter holds no others."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"]), models.Index(fields=["service", "-at"])]

    def __str__(self) -> str:
        return f"referral {self.pk}"


class ReferralEvent(models.Model):
    """What happened to a referral. The text of the last draft is what is sent.

    "Sent" is what a person said about paper or another system: imparts itself delivers nothing yet.
    """

    class Name(models.TextChoices):
        DRAFTED = "drafted", "Draft"
        SENT = "sent", "Sent"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class How(models.TextChoices):
        POST = "post", "by post"
        SECURE_MAIL = "secure_mail", "by secure e-mail"
        BY_HAND = "by_hand", "by hand"
        OTHER_SYSTEM = "other_system", "in the other team's own system"

    append_only = True

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="events")
    name = models.CharField(max_length=10, choices=Name)
    to = models.CharField(max_length=200, blank=True, default="", db_default="")
    """Who it goes to, as this draft has it."""
    reason = models.TextField(blank=True)
    """The letter's own words: why, and what is asked; of a withdrawal, why."""
    is_agreed = models.BooleanField(null=True)
    """Whether the patient agreed to the referral; null where nobody has said."""
    although = models.TextField(blank=True, default="", db_default="")
    """Why it is sent although the patient did not agree."""
    how = models.CharField(max_length=12, choices=How, blank=True, default="", db_default="")
    """How somebody says that it went out."""
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
