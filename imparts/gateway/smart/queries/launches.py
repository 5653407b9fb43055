"""Apps that can be opened for a patient, and openings that still count."""

from datetime import datetime

from django.db.models import QuerySet

from imparts.access.models import Staff
from imparts.gateway.smart.models import ApiClient, Launch
from imparts.gateway.smart.queries.tokens import checksum


def apps_to_open() -> QuerySet[ApiClient]:
    """Apps that a patient's page offers, by name."""
    return ApiClient.objects.filter(revoked_at__isnull=True).exclude(launch_url="").order_by("name")


def launch_with(secret: str, *, client: ApiClient, staff: Staff, at: datetime) -> Launch | None:
    """What a launch was made for, when this app and this person may still use it."""
    return (
        Launch.objects.select_related("patient")
        .filter(
            secret_hash=checksum(secret), client=client, staff=staff, used_at__isnull=True,
            ends_at__gt=at,
        )
        .first()
    )  # fmt: skip
