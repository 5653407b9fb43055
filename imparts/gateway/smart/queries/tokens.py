"""What an access token stands for while it counts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from oauth2_provider.models import get_access_token_model

from imparts.access.models import Staff
from imparts.gateway.smart.models import ApiClient


@dataclass(frozen=True, slots=True)
class Held:
    """What stands behind a token that counts."""

    client_id: str
    client_name: str
    services: tuple[int, ...]
    scope: str
    staff: Staff | None
    patient: UUID | None
    ends_at: datetime


def token_held(token: str, *, at: datetime) -> Held | None:
    """What a token stands for; None when it is unknown or has ended, or its holder is out.

    It ends by itself, with its client, and with the person for whom it was given.
    """
    found = (
        get_access_token_model()
        .objects.select_related("application", "user", "given_by__grant__patient")
        .filter(token_checksum=checksum(token), expires__gt=at)
        .first()
    )
    if found is None or found.application is None or found.application.revoked_at is not None:
        return None
    client, staff = found.application, found.user
    if client.is_machine != (staff is None) or (staff is not None and not staff.is_active):
        return None
    given_by = getattr(found, "given_by", None)
    patient = given_by.grant.patient if given_by else None
    return Held(
        client_id=client.client_id,
        client_name=client.name,
        services=tuple(client.services.values_list("pk", flat=True)) if staff is None else (),
        scope=found.scope,
        staff=staff,
        # A record that was joined with another since then leads to the one that remains.
        patient=(patient.merged_into_id or patient.pk) if patient else None,
        ends_at=found.expires,
    )


def introspected(token: str, client: ApiClient, *, at: datetime) -> dict[str, object]:
    """What RFC 7662 says of a token, to the program that holds it; of others only "not active"."""
    held = token_held(token, at=at) if token else None
    if held is None or held.client_id != client.client_id:
        return {"active": False}
    found: dict[str, object] = {
        "active": True, "client_id": held.client_id, "scope": held.scope,
        "exp": int(held.ends_at.timestamp()), "token_type": "Bearer",
    }  # fmt: skip
    if held.staff is not None:
        found |= {"sub": str(held.staff.pk), "fhirUser": f"Practitioner/{held.staff.pk}"}
    if held.patient is not None:
        found["patient"] = str(held.patient)
    return found


def checksum(token: str) -> str:
    """What is kept of a token, and of a code: never itself."""
    return hashlib.sha256(token.encode()).hexdigest()
