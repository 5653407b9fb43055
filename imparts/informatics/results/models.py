"""Scores, measures, diagnoses, agreed baselines: never edited; a correction is a new row."""

from django.db import models

from imparts.library.models import ContentVersion
from imparts.organisations.models import Organisation, Service
from imparts.people.models import Patient


class ResponseScore(models.Model):
    """What one response to one instrument came to, by the version it was asked with.

    Every number is null where there is none; nothing is ever zero because it is missing.
    """

    append_only = True

    response = models.UUIDField(db_index=True)
    sitting = models.UUIDField(db_index=True)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="scores")
    service = models.ForeignKey(Service, models.PROTECT, related_name="scores")
    instrument = models.CharField(max_length=60)
    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="scores")
    completed_at = models.DateTimeField()
    status = models.CharField(max_length=10)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    out_of = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    lower = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    upper = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    band = models.CharField(max_length=40, blank=True)
    band_label = models.CharField(max_length=80, blank=True)
    flags = models.JSONField(default=list)
    subscales = models.JSONField(default=list)
    """Results of parts: each with name, label and score."""
    profile = models.TextField(blank=True, default="", db_default="")
    """The answers in a row where no sum is meant, such as 11223."""
    answered = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    of_form = models.JSONField(null=True)
    """Null for our own instruments. For a form that someone else wrote, what it could not work out
    and what was missing, in sentences; its numbers stand in `subscales`."""
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_withdrawn = models.BooleanField(default=False, db_default=False)
    """A row that only says that the one it corrects was another person's."""

    class Meta:
        indexes = [models.Index(fields=["patient", "instrument", "-completed_at"])]
        constraints = [
            models.CheckConstraint(
                name="score_status_is_known",
                condition=models.Q(status__in=["complete", "prorated", "incomplete"]),
            ),
            models.CheckConstraint(
                name="incomplete_has_no_score",
                condition=~models.Q(status="incomplete") | models.Q(score__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} score {self.pk}"


class ScorePart(models.Model):
    """One part of a score, as a row: a view over `subscales`, to be searched and counted."""

    score = models.ForeignKey(ResponseScore, models.DO_NOTHING, related_name="part_rows")
    place = models.IntegerField()
    """Where it stands among the parts of its score, counted from 1."""
    name = models.CharField(max_length=600)
    slug = models.CharField(max_length=600)
    """The name in letters that an id of FHIR may hold."""

    class Meta:
        managed = False
        db_table = "results_scorepart"

    def __str__(self) -> str:
        return f"{self.name} of {self.score_id}"


class PhysicalMeasure(models.Model):
    """A measure of the body or the disease, typed by staff or sent by another system.

    Shown beside the mood measures on an axis of its own, never on theirs. What each code means, its
    unit and its range stand in content/physical_measures.
    """

    class Source(models.TextChoices):
        TYPED = "typed", "Typed by staff"
        RECORD = "record", "From the hospital record"

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="physical_measures")
    service = models.ForeignKey(Service, models.PROTECT, related_name="physical_measures")
    code = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=9, decimal_places=3)
    second_value = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    """The lower number of a pair, such as diastolic blood pressure."""
    measured_on = models.DateField()
    source = models.CharField(max_length=10, choices=Source)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_withdrawn = models.BooleanField(default=False)
    """A row that only says that the one it corrects was entered in error."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "code", "-measured_on"])]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class Diagnosis(models.Model):
    """A diagnosis that someone typed, or that the hospital's record sent; shown, never judged.

    A code stands only beside its system; without either there are only the words. What a person
    has, and since when, is what the sender says: nothing is worked out from it.
    """

    class Source(models.TextChoices):
        TYPED = "typed", "Typed by staff"
        RECORD = "record", "From the hospital record"

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="diagnoses")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="diagnoses")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="diagnoses")
    """Where it was typed; null when the record sent it."""
    system = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=250)
    diagnosed_on = models.DateField(null=True)
    source = models.CharField(max_length=10, choices=Source)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_withdrawn = models.BooleanField(default=False)
    """A row that only says that the one it corrects was entered in error."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "-id"])]
        constraints = [
            models.CheckConstraint(name="diagnosis_has_words", condition=~models.Q(words="")),
            models.CheckConstraint(
                name="diagnosis_code_has_a_system",
                condition=models.Q(code="") | ~models.Q(system=""),
            ),
        ]

    def __str__(self) -> str:
        return f"diagnosis {self.pk}"


class AgreedBaseline(models.Model):
    """From which score on changes are counted, agreed with the patient; the last row counts."""

    append_only = True

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="baselines")
    service = models.ForeignKey(Service, models.PROTECT, related_name="baselines")
    instrument = models.CharField(max_length=60)
    score = models.ForeignKey(ResponseScore, models.PROTECT, null=True, related_name="baselines")
    """Null takes an earlier agreement back."""
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["patient", "instrument", "-id"])]

    def __str__(self) -> str:
        return f"baseline of {self.instrument}"
