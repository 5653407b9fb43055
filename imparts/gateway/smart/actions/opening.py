"""Being opened by a hospital record: begun, and used up when its user comes back."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import WebApplicationClient

from imparts.access.models import Staff
from imparts.audit import actions as audit
from imparts.gateway.smart.locked import lock
from imparts.gateway.smart.models import Opening, TrustedRecord
from imparts.gateway.smart.queries.tokens import checksum
from imparts.gateway.smart.record_talk import Discovered
from imparts.people.models import Patient

LASTS = timedelta(minutes=5)
# How long somebody who was opened from a record stays signed in; a local choice.
SESSION_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True)
class Begun:
    """An opening that has begun: where its user goes, and what their browser keeps."""

    address: str
    browser: str


def begin(
    record: TrustedRecord, found: Discovered, *, launch: str, back: str, is_framed: bool,
    at: datetime,
) -> Begun:  # fmt: skip
    """Keep what will be checked when the user comes back, and make the address they go to."""
    state, browser, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(4))
    Opening.objects.filter(ends_at__lt=at - timedelta(days=1)).delete()
    Opening.objects.create(
        record=record, state_hash=checksum(state), browser_hash=checksum(browser),
        locked_verifier=lock(verifier), nonce_hash=checksum(nonce), is_framed=is_framed,
        token_address=found.token_address, keys_address=found.keys_address,
        id_issuer=found.issuer, began_at=at, ends_at=at + LASTS,
    )  # fmt: skip
    fields = {
        "response_type": "code", "client_id": record.client_id, "redirect_uri": back,
        "scope": record.scopes, "state": state, "aud": record.issuer, "launch": launch,
        "nonce": nonce, "code_challenge_method": "S256",
        "code_challenge": WebApplicationClient("").create_code_challenge(verifier, "S256"),
    }  # fmt: skip
    return Begun(add_params_to_uri(found.authorize_address, fields), browser)


def let_in(
    request: HttpRequest, *, opening: Opening, staff: Staff, patient: Patient, why: str,
    backend: str, at: datetime,
) -> None:  # fmt: skip
    """Sign the record's user in here, for a short time, and note who was opened."""
    with transaction.atomic():
        request.session.flush()  # nobody else's session goes on under this name
        login(request, staff, backend=backend)
        request.session.set_expiry(SESSION_SECONDS)
        request.session["opened_by_record"] = opening.record_id
        request.session["in_a_frame"] = opening.is_framed
        audit.record(
            who=staff.username, did="opened from a record", patient=patient.pk,
            about=f"trusted record {opening.record_id}", why=why, at=at,
        )  # fmt: skip


def note_refused(opening: Opening, *, why: str, who: str = "", at: datetime) -> None:
    """Somebody was not let in: the reason, without anybody's name."""
    audit.record(
        who=who or f"trusted record {opening.record_id}", did="was refused an opening",
        about=f"opening {opening.pk}", why=why, at=at,
    )  # fmt: skip


def note_written(
    opening: Opening, sitting: UUID, said: str, *, who: str, patient: Patient, at: datetime
) -> None:
    """What became of writing a visit's results back into the record."""
    audit.record(
        who=who, did="wrote results back", patient=patient.pk, about=f"invitation {sitting}",
        why=f"trusted record {opening.record_id}: {said}", at=at,
    )  # fmt: skip
