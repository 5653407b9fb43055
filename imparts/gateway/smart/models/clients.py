"""A program that trust IT has let in: who it is, what it may ask for, and of which services."""

from django.db import models
from oauth2_provider.models import AbstractApplication, ApplicationManager

from imparts.organisations.models import Service


class ApiClient(AbstractApplication):
    """One program. A machine acts for itself; an app acts for the member of staff who uses it."""

    # A machine sees the patients of these services. An app sees what its user sees.
    services = models.ManyToManyField(Service, related_name="api_clients", blank=True)
    allowed_scopes = models.TextField()
    # Public keys with which it signs assertions: written down, or fetched from this address.
    jwks = models.JSONField(null=True, blank=True)
    jwks_url = models.URLField(blank=True, default="")
    # Where "Open in an app" on a patient's page begins; empty when it is not offered there.
    launch_url = models.URLField(blank=True, default="")
    registered_by = models.CharField(max_length=150)
    registered_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=150, blank=True, default="")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationManager()

    class Meta:
        # Where staff look for it: by name.
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_machine(self) -> bool:
        """Whether it acts for itself, with nobody signed in."""
        return self.authorization_grant_type == self.GRANT_CLIENT_CREDENTIALS

    @property
    def has_keys(self) -> bool:
        """Whether it proves itself by signing, so that no secret of it can be copied."""
        return bool(self.jwks or self.jwks_url)

    def is_usable(self, request: object) -> bool:
        """A client that was revoked opens nothing, whatever it still holds."""
        return self.revoked_at is None
