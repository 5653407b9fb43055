"""ReceivedMessage, its Content and what it Became: kept as it came, whatever became of it."""

from django.db import models

from imparts.gateway.inbound.models.senders import KnownSender


class ReceivedMessage(models.Model):
    """One message that arrived: its envelope, never what it says of a person."""

    append_only = True

    received_at = models.DateTimeField(db_index=True)
    sender = models.ForeignKey(KnownSender, models.PROTECT, null=True, related_name="+")
    application = models.CharField(max_length=180, blank=True)  # MSH-3, as it came
    facility = models.CharField(max_length=180, blank=True)  # MSH-4
    control_id = models.CharField(max_length=199, blank=True)  # MSH-10
    kind = models.CharField(max_length=12, blank=True)  # MSH-9: ADT^A08; empty when unreadable
    said_at = models.DateTimeField(null=True)  # MSH-7
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes, hexadecimal
    size = models.PositiveIntegerField()
    peer = models.CharField(max_length=45, blank=True)  # the address that it came from
    # A known sender's first message of a control id: the one that every later one is held against.
    is_first = models.BooleanField()
    # The same message came before; nothing of it was kept twice.
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats")

    class Meta:
        indexes = [
            models.Index(fields=["control_id"], name="inbound_by_control_id"),
            models.Index(fields=["kind", "id"], name="inbound_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "control_id"],
                condition=models.Q(is_first=True),
                name="one_first_message_a_control_id",
            )
        ]

    def __str__(self) -> str:
        return f"received message {self.pk}"


class Content(models.Model):
    """What a message says, byte for byte. Deleted when the time to keep it is over."""

    message = models.OneToOneField(
        ReceivedMessage, models.PROTECT, primary_key=True, related_name="content"
    )
    raw = models.BinaryField()
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"content of received message {self.pk}"


class Became(models.Model):
    """What became of a message, each time it was applied; the last row counts."""

    append_only = True

    class Code(models.TextChoices):
        DONE = "AA", "Taken"
        NOT_NOW = "AE", "Not this time"
        REFUSED = "AR", "Refused"

    message = models.ForeignKey(ReceivedMessage, models.PROTECT, related_name="became")
    at = models.DateTimeField()
    code = models.CharField(max_length=2, choices=Code)
    # Our own sentence; never a name, a number or anything else that the message says of a person.
    words = models.CharField(max_length=300, blank=True)
    where = models.CharField(max_length=40, blank=True)  # PID-3.1
    error = models.CharField(max_length=3, blank=True)  # HL7 table 0357
    patient = models.UUIDField(null=True)
    did = models.JSONField(default=list)  # ids and names of fields, without values
    by = models.CharField(max_length=150)  # "record", or who applied it once more

    class Meta:
        indexes = [
            models.Index(fields=["message", "id"], name="inbound_became_of"),
            models.Index(fields=["patient", "at"], name="inbound_became_patient"),
            models.Index(
                fields=["at"],
                name="inbound_became_not_taken",
                condition=~models.Q(code="AA"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} for received message {self.message_id}"
