"""Opening an app for a patient: a secret that the app brings back, once, for this person."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from imparts.access.models import Staff
from imparts.audit import actions as audit
from imparts.gateway.smart.models import ApiClient, Launch
from imparts.gateway.smart.queries.tokens import checksum
from imparts.people.models import Patient

LASTS = timedelta(minutes=5)


def open_app(
    *,
    client: ApiClient,
    patient: Patient,
    staff: Staff,
    why: str,
    at: datetime,
    encounter: str = "",
) -> str:
    """Make a launch; what is given back goes into the address of the app and names nobody."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Launch.objects.create(
            client=client, staff=staff, patient=patient, encounter=encounter,
            secret_hash=checksum(secret), made_at=at, ends_at=at + LASTS,
        )  # fmt: skip
        audit.record(
            who=staff.username, did="opened an app", patient=patient.pk,
            about=f"client {client.client_id}", why=why, at=at,
        )  # fmt: skip
    return secret
