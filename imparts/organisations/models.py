"""Organisations with codes and dates, what became of them, and the services they run."""

from datetime import date

from django.db import models


class Nation(models.TextChoices):
    """The four nations; which words and numbers a patient is shown depends on it."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class Kind(models.TextChoices):
    """What an organisation is; which kinds exist in which nation is in the front door."""

    TRUST = "trust", "NHS trust"
    MENTAL_HEALTH_TRUST = "mental_health_trust", "Mental health trust"
    HEALTH_BOARD = "health_board", "Health board"
    LOCAL_HEALTH_BOARD = "local_health_board", "Local health board"
    HSC_TRUST = "hsc_trust", "Health and social care trust"
    INTEGRATED_CARE_BOARD = "integrated_care_board", "Integrated care board"
    INTEGRATION_AUTHORITY = "integration_authority", "Integration authority"
    REGIONAL_PARTNERSHIP_BOARD = "regional_partnership_board", "Regional partnership board"
    AREA_PARTNERSHIP_BOARD = "area_partnership_board", "Area integrated partnership board"
    PRACTICE = "practice", "General practice"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    SITE = "site", "Hospital site"
    OTHER = "other", "Other organisation"


class Organisation(models.Model):
    """A body that provides or pays for care, open between two days."""

    code = models.CharField(max_length=20)
    code_system = models.CharField(max_length=40, default="local")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind)
    nation = models.CharField(max_length=20, choices=Nation)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code_system", "code"], name="one_organisation_a_code"),
            models.CheckConstraint(
                name="organisation_closes_after_it_opens",
                condition=models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One organisation's work passed to another on a day: a merger, a split or a new name."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="became")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="came_from")
    on = models.DateField()
    because = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession"),
            models.CheckConstraint(
                name="no_organisation_succeeds_itself",
                condition=~models.Q(predecessor=models.F("successor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} became {self.successor}"


class PartOf(models.Model):
    """One organisation belongs to another between two days: a practice to its board."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation} is part of {self.parent}"


class Service(models.Model):
    """A clinical service that an organisation runs: rheumatology at one hospital."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    site = models.CharField(max_length=120, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="one_service_a_code_and_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.site or self.organisation.name}"

    def is_closed(self, *, on: date) -> bool:
        """Whether it has closed by a day; the day that it closes on is no day of it any more."""
        return self.closed_on is not None and self.closed_on <= on
