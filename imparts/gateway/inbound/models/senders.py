"""KnownSender: who may send us messages, for which organisation, and from where."""

from django.db import models

from imparts.organisations.models import Organisation


class KnownSender(models.Model):
    """One sending application at one facility (MSH-3 and MSH-4), agreed with the hospital."""

    class Processing(models.TextChoices):
        PRODUCTION = "P", "Production"
        TEST = "T", "Test"

    application = models.CharField(max_length=180)
    facility = models.CharField(max_length=180)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="senders")
    # Networks it sends from, as 10.1.2.0/24; empty: from anywhere that the listener lets in.
    addresses = models.JSONField(default=list, blank=True)
    # SHA-256 of its client certificate; empty: any that the listener's authority has signed.
    certificate = models.CharField(max_length=64, blank=True)
    kinds = models.JSONField(default=list, blank=True)  # such as "ADT^A08"; empty: all that we read
    processing = models.CharField(max_length=1, choices=Processing, default=Processing.PRODUCTION)
    # What its messages are written in where MSH-18 is empty; empty: UTF-8.
    charset = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)

    version = ""  # of the rows as they were read, where they were; see queries.senders

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "facility"], name="one_known_sender")
        ]

    def __str__(self) -> str:
        return f"sender {self.pk}"
