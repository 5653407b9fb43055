"""Versions of authored content, who signed them here, and what is in force where."""

from django.db import models

from imparts.organisations.models import Service


class ContentVersion(models.Model):
    """One text of one file, kept for ever."""

    class Kind(models.TextChoices):
        INSTRUMENT = "instrument"
        PACK = "pack"
        PATHWAY = "pathway"
        PATIENT_TEXT = "patient_text"
        WORDING = "wording"
        """An instrument's words in some languages, with the licence that they came under."""
        FORM = "form"
        """A questionnaire that someone else wrote, as FHIR."""
        PAGE_WORDS = "page_words"
        """The words of the tablet's own pages in another language."""

    append_only = True

    kind = models.CharField(max_length=15, choices=Kind)
    key = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    is_shipped = models.BooleanField(default=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150, blank=True)
    """Who of this site loaded or composed it; empty when it is shipped with the program."""

    class Meta:
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.version}"


class Signature(models.Model):
    """A named person of this site has checked one version and stands for it."""

    append_only = True

    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="signatures")
    signed_by = models.CharField(max_length=150)
    as_role = models.CharField(max_length=60)
    statement = models.CharField(max_length=1000)
    accepts = models.JSONField(default=list)
    """Each rule that stands there from general knowledge, as it was accepted with this name."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.content} signed by {self.signed_by}"


class HarmReview(models.Model):
    """A named person has said which questions ask about harm, and which answers raise an alert.

    The last review of a version counts. `items` holds one object for each question that was looked
    at: {"item", "asks_about_harm", "positive", "short_words", "words"}.
    """

    append_only = True

    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="harm_reviews")
    items = models.JSONField()
    by = models.CharField(max_length=150)
    as_role = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.content} confirmed by {self.by}"


class Withdrawal(models.Model):
    """From a moment on, nobody is asked this version any more; what was answered stays."""

    append_only = True

    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="withdrawals")
    why = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.content} withdrawn by {self.by}"


class InForce(models.Model):
    """From a day on, this service asks this pack or follows this pathway; the latest row counts."""

    append_only = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="content_in_force")
    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="in_force")
    kind = models.CharField(max_length=15, choices=ContentVersion.Kind)
    from_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["service", "kind", "-from_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.content} at {self.service_id} from {self.from_on}"
