"""Message: one thing owed to one destination; waiting, sent, refused or given up."""

from django.db import models


class Message(models.Model):
    """One message, kept from the moment it is owed until long after it was sent."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        REFUSED = "refused"
        GIVEN_UP = "given_up"

    control_id = models.CharField(max_length=36, unique=True)
    destination = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    patient = models.UUIDField()
    about = models.UUIDField(db_index=True)
    facts = models.JSONField()
    rendered = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["destination", "next_attempt_at"],
                name="outbox_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["patient", "id"],
                name="outbox_waiting_patient",
                condition=models.Q(state="waiting"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_sent_has_a_moment",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.control_id} {self.state}"
