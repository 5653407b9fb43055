"""Treatments: steps of a pathway that are going on, such as a course of therapy, and their end."""

from django.db import models

from imparts.organisations.models import Service
from imparts.people.models import Patient


class TreatmentStep(models.Model):
    """A step that has begun: a course (until it ends) or an event (one day, such as "started X").

    "In treatment" is a course without an end. Higher apps write it through pathways.actions.
    """

    class Kind(models.TextChoices):
        COURSE = "course", "Course"
        EVENT = "event", "Event"

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="treatments")
    service = models.ForeignKey(Service, models.PROTECT, related_name="treatments")
    entry = models.ForeignKey(
        "pathways.PathwayEntry", models.PROTECT, null=True, related_name="treatments"
    )
    option = models.CharField(max_length=60, blank=True)
    """A code of content/pathways/options.toml, or empty for a treatment that is none of them."""
    what = models.CharField(max_length=120)
    """As it is written over the plot: "Talking Therapies, 8 sessions"."""
    kind = models.CharField(max_length=10, choices=Kind)
    began_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "began_on"])]

    def __str__(self) -> str:
        return f"treatment {self.pk}"


class TreatmentEnd(models.Model):
    """How a step stands now: ended, going on after all, or entered in error; the last row counts.

    A step with no row goes on.
    """

    class State(models.TextChoices):
        ENDED = "ended", "Ended"
        GOES_ON = "goes_on", "Goes on"
        IN_ERROR = "in_error", "Entered in error"

    append_only = True

    step = models.ForeignKey(TreatmentStep, models.PROTECT, related_name="ends")
    state = models.CharField(max_length=10, choices=State, default=State.ENDED)
    ended_on = models.DateField(null=True)
    """The day of an end; null with the other states."""
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["step", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="only_an_end_has_a_day",
                condition=models.Q(state="ended", ended_on__isnull=False)
                | models.Q(~models.Q(state="ended"), ended_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} of treatment {self.step_id}"
