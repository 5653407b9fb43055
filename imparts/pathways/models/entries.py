"""What the pathways suggested after a sitting, and what people decided and booked."""

from django.db import models

from imparts.organisations.models import Service
from imparts.people.models import Patient


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
    context = models.JSONField(default=dict, blank=True, db_default={})
    """What the pathways were told of the person besides the scores (rules/pathways/context.py)."""

    def __str__(self) -> str:
        return f"pathway entry {self.pk}"


class SuggestedStep(models.Model):
    """One suggested step of an entry, as a row: a view over `steps`, to be searched and counted."""

    entry = models.ForeignKey(PathwayEntry, models.DO_NOTHING, related_name="suggested")
    place = models.IntegerField()
    """Where it stands among the steps of its entry, counted from 1."""
    step = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "pathways_suggestedstep"

    def __str__(self) -> str:
        return f"{self.step} of {self.entry_id}"


class StepTaken(models.Model):
    """What a person decided about one suggested step; the last row counts.

    Done, or not now and why; "taken back" leaves the step as if nobody had decided.
    """

    class Decision(models.TextChoices):
        DONE = "done", "Done"
        NOT_NOW = "not_now", "Not now"
        TAKEN_BACK = "taken_back", "Taken back"

    append_only = True

    entry = models.ForeignKey(PathwayEntry, models.PROTECT, related_name="taken")
    step = models.CharField(max_length=80)
    decision = models.CharField(max_length=10, choices=Decision)
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    details = models.JSONField(default=dict, blank=True, db_default={})
    """What was done, by id: {"referral": "...", "repeat": 4, "self_help": "..."}."""

    def __str__(self) -> str:
        return f"{self.step} {self.decision}"


class SteppedOut(models.Model):
    """A person leaves the pathway after one sitting, with the reason; the last row counts."""

    append_only = True

    entry = models.ForeignKey(PathwayEntry, models.PROTECT, related_name="stepped_out")
    is_back = models.BooleanField(default=False, db_default=False)
    """True takes an earlier row back: the person is on the pathway again."""
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"stepped out of {self.entry_id}"


class RepeatBooked(models.Model):
    """A measure is to be asked again from a day on; a later row of the same person replaces it."""

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="repeats")
    service = models.ForeignKey(Service, models.PROTECT, related_name="repeats")
    entry = models.ForeignKey(PathwayEntry, models.PROTECT, null=True, related_name="repeats")
    instrument = models.CharField(max_length=60)
    due_on = models.DateField(null=True)
    """Null takes an earlier booking back."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "-id"])]

    def __str__(self) -> str:
        return f"{self.instrument} again from {self.due_on}"
