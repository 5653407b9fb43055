"""What programs were given: launches, grants by staff, and what stands in the way of misuse."""

from django.db import models

from imparts.access.models import Staff
from imparts.gateway.smart.models.clients import ApiClient
from imparts.people.models import Patient


class SigningKey(models.Model):
    """The key with which we sign; the private half is locked with the site's secret key."""

    append_only = True

    kid = models.CharField(max_length=64, unique=True)
    locked_pem = models.TextField()
    public_jwk = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"signing key {self.kid}"


class Launch(models.Model):
    """An app opened from a patient's page: the app brings the secret back when it asks."""

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="launches")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="app_launches")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="app_launches")
    encounter = models.CharField(max_length=64, blank=True, default="")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"launch {self.pk}"


class AppGrant(models.Model):
    """A member of staff let an app see something, of one patient or of all that they may see."""

    append_only = True

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="grants")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="app_grants")
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="app_grants")
    encounter = models.CharField(max_length=64, blank=True, default="")
    scope = models.TextField()
    code_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"grant {self.pk}"


class TokenGrant(models.Model):
    """By which grant an access token was given; it goes with its token."""

    token = models.OneToOneField(
        "oauth2_provider.AccessToken", models.CASCADE, related_name="given_by"
    )
    grant = models.ForeignKey(AppGrant, models.PROTECT, related_name="tokens")

    def __str__(self) -> str:
        return f"token of grant {self.grant_id}"


class UsedAssertion(models.Model):
    """A signed assertion that was taken once; until it has ended it is taken no second time."""

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="used_assertions")
    jti_hash = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "jti_hash"], name="one_use_of_an_assertion")
        ]

    def __str__(self) -> str:
        return f"assertion of client {self.client_id}"


class WrongSecret(models.Model):
    """Somebody gave a wrong secret for a program; too many, and none is taken for a while."""

    client_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client_hash", "at"])]

    def __str__(self) -> str:
        return f"wrong secret {self.pk}"
