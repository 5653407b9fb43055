"""Alerts with their events, and pathway entries with the steps taken."""

from django.db import models

from imparts.organisations.models import Service
from imparts.people.models import Patient


class Alert(models.Model):
    """An answer that a person must look at. It never changes; what happens to it are its events.

    One alert an item and sitting: `about` is the sitting (the invitation's id), so answering the
    same item again joins the alert that is there.
    """

    class Kind(models.TextChoices):
        POSITIVE = "positive", "Needs a conversation before they leave"
        DECLINED = "declined", "Ask in person"
        NOT_REACHED = "not_reached", "Ask in person"

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="alerts")
    service = models.ForeignKey(Service, models.PROTECT, related_name="alerts")
    about = models.UUIDField()
    appointment = models.UUIDField(null=True)
    instrument = models.CharField(max_length=60)
    item = models.CharField(max_length=600)
    """An item of an instrument, or a path of a form (rules/forms/paths.py)."""
    raised_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["service", "-raised_at"]), models.Index(fields=["patient"])]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "instrument", "item"], name="one_alert_an_item_and_sitting"
            )
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class AlertEvent(models.Model):
    """One thing that happened to an alert: who, when, what. The last state counts.

    `raised` and `answered_again` carry the answer (value null = not answered, or answered in
    words); `acted` carries what was done in `details`. When a form raises an alert, `details` holds
    its question and what staff are to do, in the words of its review.
    """

    class Name(models.TextChoices):
        RAISED = "raised", "Raised"
        ANSWERED_AGAIN = "answered_again", "Answered again"
        DELIVERED = "delivered", "Delivered"
        TOLD = "told", "Told"
        SEEN = "seen", "Seen"
        ACKNOWLEDGED = "acknowledged", "Taken"
        NOTED = "noted", "Noted"
        ACTED = "acted", "Acted"
        CLOSED = "closed", "Closed"

    append_only = True

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="events")
    name = models.CharField(max_length=15, choices=Name)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    what = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12, choices=Alert.Kind, blank=True)
    value = models.SmallIntegerField(null=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["alert", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["alert"], condition=models.Q(name="closed"), name="an_alert_closes_once"
            ),
            models.CheckConstraint(name="alert_event_names_its_actor", condition=~models.Q(by="")),
        ]

    def __str__(self) -> str:
        return f"{self.alert} {self.name}"


class PathwayEntry(models.Model):
    """What the pathways in force suggested after one sitting, each step with its reason."""

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="pathway_entries")
    service = models.ForeignKey(Service, models.PROTECT, related_name="pathway_entries")
    about = models.UUIDField(unique=True)
    at = models.DateTimeField()
    pathways = models.JSONField(default=list)
    """The pathways asked, with versions: ["depression_in_outpatients 1", ...]."""
    steps = models.JSONField(default=list)
    """The suggested steps in order, as written on the page."""

    def __str__(self) -> str:
        return f"pathway entry {self.pk}"


class StepTaken(models.Model):
    """What a person decided about one suggested step: done, or not now and why."""

    class Decision(models.TextChoices):
        DONE = "done", "Done"
        NOT_NOW = "not_now", "Not now"

    append_only = True

    entry = models.ForeignKey(PathwayEntry, models.PROTECT, related_name="taken")
    step = models.CharField(max_length=80)
    decision = models.CharField(max_length=10, choices=Decision)
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.step} {self.decision}"
