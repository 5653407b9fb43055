"""What an access token stands for while it counts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from oauth2_provider.models import get_access_token_model

from imparts.access.models import Staff


@dataclass(frozen=True, slots=True)
class Held:
    """What stands behind a token that counts."""

    client_id: str
    client_name: str
    services: tuple[int, ...]
    scope: str
    staff: Staff | None
    patient: UUID | None


def token_held(token: str, *, at: datetime) -> Held | None:
    """What a token stands for; None when it is unknown or has ended, or its holder is out.

    It ends by itself, with its client, and with the person for whom it was given.
    """
    found = (
        get_access_token_model()
        .objects.select_related("application", "user")
        .filter(token_checksum=checksum(token), expires__gt=at)
        .first()
    )
    if found is None or found.application is None or found.application.revoked_at is not None:
        return None
    client, staff = found.application, found.user
    if client.is_machine != (staff is None) or (staff is not None and not staff.is_active):
        return None
    return Held(
        client_id=client.client_id,
        client_name=client.name,
        services=tuple(client.services.values_list("pk", flat=True)) if staff is None else (),
        scope=found.scope,
        staff=staff,
        patient=None,
    )


def checksum(token: str) -> str:
    """What is kept of a token, and of a code: never itself."""
    return hashlib.sha256(token.encode()).hexdigest()
