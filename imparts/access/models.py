"""Staff who sign in, the roles they hold at services, their one-time codes, and tablets."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from imparts.organisations.models import Service


class Staff(AbstractUser):
    """Someone who signs in. The job title is what patients and colleagues are shown."""

    job_title = models.CharField(max_length=120, blank=True)
    # The PIN unlocks a tablet that already carries its own credential; it opens nothing else.
    pin_hash = models.CharField(max_length=128, blank=True)
    # E.164, such as +447700900123. It and the e-mail address get notices without clinical content.
    mobile = models.CharField(max_length=16, blank=True, default="", db_default="")

    class Meta:
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return self.job_title or self.name

    @property
    def name(self) -> str:
        """The name, or the user name of someone without one."""
        return self.get_full_name() or self.username


class Membership(models.Model):
    """One role of one person at one service, between two days."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="memberships")
    service = models.ForeignKey(Service, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "service", "role", "from_on"], name="one_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} is {self.role} at {self.service}"


class SignInCode(models.Model):
    """A code with which someone sets a password once: when they join, or have forgotten theirs."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code for staff {self.staff_id}"


class Tablet(models.Model):
    """A clinic tablet with a credential of its own, which can only hand over and write."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="tablets")
    name = models.CharField(max_length=40)
    username = models.CharField(max_length=60, unique=True)
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True)
    one_tap = models.BooleanField(default=False)
    left_hand = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    failed_pins = models.PositiveSmallIntegerField(default=0)
    pin_locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
