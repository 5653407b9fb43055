"""Hospital records that may open us, and openings that are under way."""

from django.db import models

from imparts.organisations.models import Organisation


class TrustedRecord(models.Model):
    """A hospital record that trust IT has registered: from it, and from no other, we are opened."""

    class StaffBy(models.TextChoices):
        CLAIM = "claim", "a claim of the id_token is our user name"
        PRACTITIONER = "practitioner", "an identifier of its Practitioner is our user name"

    name = models.CharField(max_length=120)
    issuer = models.URLField(unique=True)  # the base of its FHIR server, without a slash at the end
    # Whose hospital numbers its patients have: a patient is found by these alone.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="records")
    patient_system = models.CharField(max_length=200)
    staff_by = models.CharField(max_length=15, choices=StaffBy, default=StaffBy.CLAIM)
    staff_claim = models.CharField(max_length=60, default="preferred_username")
    staff_system = models.CharField(max_length=200, blank=True, default="")
    client_id = models.CharField(max_length=200)
    # How we prove ourselves there: with a secret (kept locked), or by signing with our key.
    locked_secret = models.TextField(blank=True, default="")
    is_public = models.BooleanField(default=False)  # we prove nothing there but PKCE
    scopes = models.TextField()
    origins = models.JSONField(default=list, blank=True)  # that may show us in a frame
    may_write_back = models.BooleanField(default=False)
    registered_by = models.CharField(max_length=150)
    registered_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """One opening of us by a record, from its first request until its user has come back."""

    record = models.ForeignKey(TrustedRecord, models.PROTECT, related_name="openings")
    state_hash = models.CharField(max_length=64, unique=True)
    browser_hash = models.CharField(max_length=64)
    locked_verifier = models.TextField()
    nonce_hash = models.CharField(max_length=64)
    token_address = models.URLField(max_length=500)
    keys_address = models.URLField(max_length=500)
    id_issuer = models.CharField(max_length=500)
    is_framed = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"opening {self.pk}"
