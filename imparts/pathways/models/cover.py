"""Cover: who answers for a service's alerts on a day, by which clocks, and who has said yes."""

from django.db import models

from imparts.access.models import Staff
from imparts.organisations.models import Service


class Duty(models.TextChoices):
    """The rungs of the ladder, in the order in which they are called."""

    OWNER = "owner", "Owner"
    DEPUTY = "deputy", "Deputy"
    LIAISON = "liaison", "Liaison psychiatry"
    MANAGER = "manager", "Service manager"


class AlertClocks(models.Model):
    """A service's clocks and hours; rows are added and the last one counts.

    The defaults of REFERENCE 3.2 (15 minutes to the deputy, 30 to liaison, while the clinic runs)
    hold where there is no row; a site confirms them by adding one.
    """

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="alert_clocks")
    deputy_after = models.PositiveSmallIntegerField()
    """Minutes."""
    liaison_after = models.PositiveSmallIntegerField()
    """Minutes."""
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    weekdays = models.CharField(max_length=7)
    """Days on which alerts are watched: "12345" is Monday to Friday."""
    unread_by = models.TimeField()
    """What came outside these hours and is unread by then goes to the manager (USERS 4.4)."""
    out_of_hours = models.CharField(max_length=300)
    """What staff are told to do outside these hours, in words."""
    act_within = models.PositiveSmallIntegerField(default=60, db_default=60)
    """Minutes after which an alert that was taken, with nothing recorded, calls again."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "-id"])]

    def __str__(self) -> str:
        return f"alert clocks of service {self.service_id}"


class StandingCover(models.Model):
    """Who holds a duty at a service from a day on, unless someone is named for one day."""

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="standing_cover")
    duty = models.CharField(max_length=10, choices=Duty)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="standing_cover")
    """Null: nobody from that day on."""
    from_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "duty", "-from_on"])]

    def __str__(self) -> str:
        return f"{self.duty} of service {self.service_id}"


class DayCover(models.Model):
    """Who holds a duty at a service on one day; the last row counts, before standing cover."""

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="day_cover")
    on = models.DateField()
    duty = models.CharField(max_length=10, choices=Duty)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="day_cover")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "on"])]

    def __str__(self) -> str:
        return f"{self.duty} on {self.on}"


class LeaveCover(models.Model):
    """Someone is away between two days, and who stands in for them wherever they hold a duty."""

    append_only = True

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="leave")
    covered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="covers_leave")
    """Null takes an earlier row for the same days back."""
    from_on = models.DateField()
    until_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["staff", "-id"])]

    def __str__(self) -> str:
        return f"leave {self.pk}"


class CoverAccepted(models.Model):
    """Someone has said that they hold a duty on a day: only then is item 9 asked that day."""

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="cover_accepted")
    on = models.DateField()
    duty = models.CharField(max_length=10, choices=Duty)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="cover_accepted")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "on", "duty", "staff"], name="cover_is_accepted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} accepted for {self.on}"
