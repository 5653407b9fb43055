"""Drafts of packs and pathways, and what was said and signed before a pathway goes live."""

from django.db import models

from imparts.library.models import ContentVersion
from imparts.organisations.models import Service


class PackDraft(models.Model):
    """A pack that somebody composes for a service; handed in, it is a version of the library."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="pack_drafts")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    illness_words = models.CharField(max_length=120, blank=True)
    asks_who_helps = models.BooleanField(default=True)
    sources = models.TextField(blank=True)
    """One reason or source a line."""
    next_review = models.DateField()
    parts = models.JSONField(default=list)
    authors = models.JSONField(default=list)
    """User names of everyone who has changed it: none of them may sign what it becomes."""
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    made = models.ForeignKey(
        ContentVersion, models.PROTECT, null=True, related_name="made_from_drafts"
    )
    """The version that it became when it was handed in."""
    thrown_away_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["service", "made"])]

    def __str__(self) -> str:
        return f"pack draft {self.pk}"


class PathwayDraft(models.Model):
    """A change of one pathway of a service; handed in, its text is a version of the library.

    Every save makes a new revision, and a save that was begun on an older one is refused. One that
    was sent back can be changed again; what was signed before then counts no more.
    """

    service = models.ForeignKey(Service, models.PROTECT, related_name="pathway_drafts")
    key = models.SlugField(max_length=60)
    based_on = models.ForeignKey(ContentVersion, models.PROTECT, related_name="changed_by_drafts")
    """What was in force at the service when the draft was begun."""
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    authors = models.JSONField(default=list)
    """User names of everyone who has changed it: none of them may be the second clinician."""
    changed_by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    made = models.ForeignKey(
        ContentVersion, models.PROTECT, null=True, related_name="made_from_pathway_drafts"
    )
    """The version that it is while it waits for signatures, and once it is live."""
    live_from = models.DateField(null=True)
    thrown_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "key"],
                condition=models.Q(live_from__isnull=True, thrown_away_at__isnull=True),
                name="one_open_draft_of_a_pathway",
            )
        ]

    def __str__(self) -> str:
        return f"pathway draft {self.pk}"


class PathwayRevision(models.Model):
    """The text of a draft as one save left it; a save begun on an older one is held against it."""

    append_only = True

    draft = models.ForeignKey(PathwayDraft, models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    text = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "revision"], name="one_text_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.draft} revision {self.revision}"


class PathwayRun(models.Model):
    """What one draft would have done over the last months, kept so that it is worked out once."""

    append_only = True

    draft = models.ForeignKey(PathwayDraft, models.PROTECT, related_name="runs")
    mark = models.CharField(max_length=64, unique=True)
    """The hash of everything that it was worked out from: the texts, the day, the capacities."""
    result = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"run of {self.draft}"


class PathwayComment(models.Model):
    """What somebody says of a draft: a colleague, a partner or a patient representative."""

    append_only = True

    draft = models.ForeignKey(PathwayDraft, models.PROTECT, related_name="comments")
    revision = models.PositiveIntegerField()
    text = models.CharField(max_length=1000)
    by = models.CharField(max_length=150)
    as_role = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"comment on {self.draft}"


class PathwaySignature(models.Model):
    """Someone stands for one version of a pathway, or sends it back, as whom and why."""

    class Decision(models.TextChoices):
        SIGNED = "signed", "Signed"
        SENT_BACK = "sent_back", "Sent back"

    append_only = True

    draft = models.ForeignKey(PathwayDraft, models.PROTECT, null=True, related_name="signatures")
    """Null when a service goes back to a version that was signed before."""
    content = models.ForeignKey(ContentVersion, models.PROTECT, related_name="pathway_signatures")
    service = models.ForeignKey(Service, models.PROTECT, related_name="pathway_signatures")
    part = models.CharField(max_length=80)
    """Which signature this is: lead, safety, second, back, or partner: and the partner's role."""
    decision = models.CharField(max_length=10, choices=Decision)
    as_role = models.CharField(max_length=60)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "content", "part"],
                condition=models.Q(decision="signed"),
                name="a_part_is_signed_once",
            ),
            models.UniqueConstraint(
                fields=["draft", "content", "by"],
                condition=models.Q(decision="signed"),
                name="nobody_signs_a_draft_twice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.content_id}"
