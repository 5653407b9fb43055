"""Alerts and what happened to each: rows that are added and never changed."""

from django.db import models

from imparts.organisations.models import Service
from imparts.people.models import Patient


class Alert(models.Model):
    """An answer that a person must look at. It never changes; what happens to it are its events.

    One open alert an item and sitting: `about` is the sitting (the invitation's id), so answering
    the same item again joins the alert that is there. Once a person has closed it, what they could
    not know of is an alert of its own (`again`), or nobody would hear of it.
    """

    class Tier(models.TextChoices):
        """How an alert is told, as the file of its instrument says (USERS 4.4)."""

        A = "A", "A person must act now"
        B = "B", "In the worklist of the session, nobody is called"
        C = "C", "For information"

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
    tier = models.CharField(max_length=1, choices=Tier, default=Tier.A, db_default=Tier.A)
    again = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How many alerts of the same item and sitting had been closed before."""

    class Meta:
        indexes = [models.Index(fields=["service", "-raised_at"]), models.Index(fields=["patient"])]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "instrument", "item", "again"],
                name="one_alert_an_item_and_sitting",
            )
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class AlertEvent(models.Model):
    """One thing that happened to an alert: who, when, what. The last state counts.

    `escalated` says on which rung of the ladder somebody was called (`rung`) and who (`for_whom`);
    the database allows one row a rung, so two workers never call twice. `handed_on` names the new
    owner in `for_whom`. `raised` and `answered_again` carry the answer (value null = not answered,
    or answered in words), with `at_home` in `details` when given on another day than that of the
    visit, and the `tier` of an answer graver than its alert; `acted` carries what was done in
    `details`. When a form raises an alert, `details` holds its question and what staff are to do,
    in the words of its review.
    """

    class Name(models.TextChoices):
        RAISED = "raised", "Raised"
        ANSWERED_AGAIN = "answered_again", "Answered again"
        DELIVERED = "delivered", "Delivered"
        TOLD = "told", "Told"
        SEEN = "seen", "Seen"
        ACKNOWLEDGED = "acknowledged", "Taken"
        HANDED_ON = "handed_on", "Handed on"
        ESCALATED = "escalated", "Called"
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
    rung = models.CharField(max_length=40, blank=True, default="", db_default="")
    for_whom = models.CharField(max_length=150, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["alert", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "rung"],
                condition=models.Q(name="escalated"),
                name="a_rung_is_called_once",
            ),
            models.UniqueConstraint(
                fields=["alert"], condition=models.Q(name="closed"), name="an_alert_closes_once"
            ),
            models.CheckConstraint(name="alert_event_names_its_actor", condition=~models.Q(by="")),
        ]

    def __str__(self) -> str:
        return f"{self.alert} {self.name}"
