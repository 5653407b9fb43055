"""What is known here of each option: how long one waits for it, how many it can take."""

from django.db import models

from imparts.organisations.models import Service


class WaitingTime(models.Model):
    """How long patients of a service wait for an option, as of a day; the latest row counts.

    Older than seven days it is shown as stale (USERS, list of section 2, row 14).
    """

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="waiting_times")
    option = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    is_measured = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "option", "-as_of"])]

    def __str__(self) -> str:
        return f"wait for {self.option}"


class Capacity(models.Model):
    """How many people of a service an option says that it can take; the latest row counts."""

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="capacities")
    option = models.CharField(max_length=60)
    a_week = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    """Null says that there is no limit."""
    stated_by = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "option", "-id"])]

    def __str__(self) -> str:
        return f"capacity of {self.option}"
