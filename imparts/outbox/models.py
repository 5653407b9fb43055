"""Messages and their story: owed, tried, sent or refused; and where messages go."""

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
    # The sitting that it belongs to, so that all of one can be traced.
    sitting = models.UUIDField(null=True)
    facts = models.JSONField()
    rendered = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    # How often the destination answered "not this time"; silence is no answer.
    put_off = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["destination", "next_attempt_at", "id"],
                name="outbox_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["patient", "destination", "id"],
                name="outbox_waiting_patient",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["destination", "patient", "id"],
                name="outbox_refused",
                condition=models.Q(state="refused"),
            ),
            models.Index(
                fields=["destination", "sent_at"],
                name="outbox_sent",
                condition=models.Q(state="sent"),
            ),
            models.Index(
                fields=["sitting"],
                name="outbox_sitting",
                condition=models.Q(sitting__isnull=False),
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


class Attempt(models.Model):
    """One thing that was done about a message: a try and its answer, or what a person decided."""

    append_only = True

    class Outcome(models.TextChoices):
        TAKEN = "taken"
        REFUSED = "refused"
        NOT_THIS_TIME = "not_this_time"
        NO_ANSWER = "no_answer"
        UNWRITABLE = "unwritable"  # by us: its facts cannot be put into words for this destination
        SENT_AGAIN = "sent_again"  # a person said so
        GIVEN_UP = "given_up"  # a person said so
        KNOWN_SENT = "known_sent"  # the journal says that it was sent before a restore

    message = models.BigIntegerField(db_index=True)
    destination = models.CharField(max_length=40)
    control_id = models.CharField(max_length=36, db_index=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=13, choices=Outcome)
    words = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [models.Index(fields=["destination", "began_at"], name="outbox_attempt_when")]

    def __str__(self) -> str:
        return f"{self.control_id} {self.outcome}"


class DestinationSettings(models.Model):
    """How one destination is used from a moment on; the last row of a code counts."""

    append_only = True

    class Way(models.TextChoices):
        MLLP = "mllp"
        FHIR = "fhir"

    class Sends(models.TextChoices):
        ORU = "oru"
        MDM = "mdm"
        FHIR = "fhir"

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    way = models.CharField(max_length=4, choices=Way)
    sends = models.CharField(max_length=4, choices=Sends)
    address = models.CharField(max_length=200, blank=True)
    services = models.JSONField(default=list)  # ids; none means all
    mapping = models.JSONField(default=dict)
    connections = models.PositiveSmallIntegerField(default=1)
    is_paused = models.BooleanField(default=False)
    refusal_blocks_patient = models.BooleanField(default=False)
    # Local choices, from general knowledge: when trust IT is told that a queue has grown.
    grown_from_messages = models.PositiveIntegerField(default=100)
    grown_from_minutes = models.PositiveIntegerField(default=15)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["code", "id"], name="outbox_destination_last")]

    def __str__(self) -> str:
        return f"{self.code} from {self.at}"


class QueueSaid(models.Model):
    """That trust IT was told of a queue: it grew, or it is empty again; the last row counts."""

    append_only = True

    class Name(models.TextChoices):
        GREW = "grew"
        DRAINED = "drained"

    destination = models.CharField(max_length=40)
    name = models.CharField(max_length=7, choices=Name)
    at = models.DateTimeField()
    waiting = models.PositiveIntegerField()
    oldest_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["destination", "id"], name="outbox_queue_said_last")]

    def __str__(self) -> str:
        return f"{self.destination} {self.name}"


class NotHere(models.Model):
    """A message that a destination has and we have not: the journal knows it, the tables do not."""

    append_only = True

    control_id = models.CharField(max_length=36, unique=True)
    destination = models.CharField(max_length=40)
    about = models.UUIDField(db_index=True)
    sent_at = models.DateTimeField()
    found_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.destination} {self.control_id}"
