"""Registering a hospital record that may open us, and ending that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from imparts.audit import actions as audit
from imparts.gateway.smart.fetching import is_safe
from imparts.gateway.smart.locked import lock
from imparts.gateway.smart.models import TrustedRecord
from imparts.organisations.models import Organisation

SCOPES = "launch openid fhirUser profile patient/Patient.r"


class NotTrusted(Exception):
    """The record was not registered; the message says why and what mends it."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """What trust IT says of a hospital record."""

    name: str
    issuer: str
    organisation: Organisation
    client_id: str
    patient_system: str
    secret: str = ""
    """Empty: we sign with our own key."""
    is_public: bool = False
    """It knows us as an app without secret or key; PKCE alone protects the code."""
    scopes: str = SCOPES
    staff_claim: str = "preferred_username"
    staff_system: str = ""
    """When given, a Practitioner's identifier of this system is our user name, and no claim."""
    origins: Sequence[str] = ()
    may_write_back: bool = False


def trust(asked: Trusted, *, by: str, at: datetime) -> TrustedRecord:
    """From now on this record may open us for its users and patients."""
    issuer = asked.issuer.rstrip("/")
    _check(asked, issuer)
    by_number = bool(asked.staff_system)
    with transaction.atomic():
        made, is_new = TrustedRecord.objects.update_or_create(
            issuer=issuer,
            defaults={
                "name": asked.name, "organisation": asked.organisation,
                "patient_system": asked.patient_system, "client_id": asked.client_id,
                "locked_secret": lock(asked.secret) if asked.secret else "",
                "is_public": asked.is_public, "scopes": asked.scopes,
                "origins": [one.rstrip("/") for one in asked.origins],
                "staff_by": TrustedRecord.StaffBy.PRACTITIONER if by_number
                else TrustedRecord.StaffBy.CLAIM,
                "staff_claim": asked.staff_claim, "staff_system": asked.staff_system,
                "may_write_back": asked.may_write_back, "registered_by": by, "registered_at": at,
                "ended_by": "", "ended_at": None,
            },
        )  # fmt: skip
        did = "trusted a record" if is_new else "changed a trusted record"
        audit.record(who=by, did=did, about=f"trusted record {made.pk}", at=at)
    return made


def end_trust(record: TrustedRecord, *, by: str, at: datetime) -> None:
    """From now on this record opens us no more; who is inside a frame of it is shut out."""
    if record.ended_at is not None:
        return
    with transaction.atomic():
        record.ended_at, record.ended_by = at, by
        record.save(update_fields=["ended_at", "ended_by"])
        audit.record(
            who=by, did="ended trust in a record", about=f"trusted record {record.pk}", at=at
        )


def _check(asked: Trusted, issuer: str) -> None:
    if not is_safe(issuer) or urlsplit(issuer).query:
        raise NotTrusted(
            "The issuer is the base address of the record's FHIR server, with https://, as the "
            "record writes it in iss=... when it opens an app."
        )
    if asked.secret and asked.is_public:
        raise NotTrusted("A public app has no secret: give one or the other.")
    if not asked.client_id or not asked.patient_system or not asked.name.strip():
        raise NotTrusted("A name, a client id and the system of hospital numbers are needed.")
    for one in asked.origins:
        parts = urlsplit(one)
        if not is_safe(one) or parts.path.strip("/") or parts.query or any(c in one for c in " ;,"):
            raise NotTrusted("An origin is written like https://record.example, without a path.")
    words = asked.scopes.split()
    if "openid" not in words or "launch" not in words:
        raise NotTrusted("The scopes hold launch and openid at least: else nobody is known.")
