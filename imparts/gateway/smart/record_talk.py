"""Talking to the hospital record that opens us: where it signs in, who its user is, whose notes.

Safety: hazards H2 (the wrong patient), H8. Only the registered issuer is asked where things are;
no redirect is followed; nothing of what it answers goes into a log or an exception.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jwt

from imparts.gateway.smart.fetching import get_json, is_safe, post_form
from imparts.gateway.smart.keys import ASSERTION_TYPE, FOR_ID_TOKENS, claims_signed, is_moment
from imparts.gateway.smart.queries.tokens import checksum

if TYPE_CHECKING:
    from imparts.gateway.smart.models import Opening, TrustedRecord

_LEEWAY = 60  # seconds by which clocks of two hospitals' servers may differ


class NotUnderstood(Exception):
    """The record answered, and its answer does not count; the message says why, without data."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """Where a record signs users in, gives tokens and shows its keys; and what it calls itself."""

    authorize_address: str
    token_address: str
    keys_address: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the record said for a code."""

    access_token: str
    id_token: str
    patient: str
    scopes: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Notes:
    """Whose notes are open there: the hospital numbers, and the birth date as it was written."""

    numbers: list[str]
    born: str


def discover(record: "TrustedRecord") -> Discovered:
    """What the registered issuer itself says; NotFetched or NotUnderstood when it does not."""
    told = get_json(f"{record.issuer}/.well-known/smart-configuration")
    if not told.get("jwks_uri") or not told.get("issuer"):
        told = get_json(f"{record.issuer}/.well-known/openid-configuration") | told
    named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    found = [told.get(name) for name in named]
    if not all(isinstance(one, str) and is_safe(one) and len(one) <= 500 for one in found):
        raise NotUnderstood("Its configuration does not say where to sign in, with https.")
    issuer = told.get("issuer")
    if not isinstance(issuer, str) or not issuer or len(issuer) > 500:
        raise NotUnderstood("Its configuration does not say who it is (issuer).")
    return Discovered(*found, issuer)


def change_code(
    opening: "Opening", *, code: str, verifier: str, back: str, secret: str, assertion: str
) -> Answered:
    """The tokens for a code."""
    record = opening.record
    fields = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back,
        "code_verifier": verifier,
    }  # fmt: skip
    login = (quote(record.client_id, safe=""), quote(secret, safe="")) if secret else None
    if assertion:
        fields |= {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    if login is None:
        fields["client_id"] = record.client_id
    told = post_form(opening.token_address, fields, login=login)
    texts = [told.get(name) for name in ("access_token", "id_token", "patient")]
    if not all(isinstance(one, str) and one for one in texts):
        raise NotUnderstood("It did not say who its user is, or whose notes are open.")
    seconds = told.get("expires_in", 0)
    return Answered(
        *texts, scopes=str(told.get("scope", "")),
        seconds=seconds if isinstance(seconds, int) else 0,
    )  # fmt: skip


def user_said(
    opening: "Opening", id_token: str, *, nonce_hash: str, at: datetime
) -> dict[str, Any]:
    """The claims of an id_token that the record signed for us, now, for this opening."""
    try:
        header = jwt.get_unverified_header(id_token)
    except jwt.PyJWTError:
        raise NotUnderstood("What says who its user is cannot be read.") from None
    if header.get("alg") not in FOR_ID_TOKENS or "crit" in header:
        raise NotUnderstood("What says who its user is, is not signed as it must be.")
    claims = claims_signed(id_token, get_json(opening.keys_address), header)
    if claims is None:
        raise NotUnderstood("What says who its user is was not signed by this record.")
    _check_claims(claims, opening, nonce_hash=nonce_hash, at=at)
    return claims


def _check_claims(
    claims: dict[str, Any], opening: "Opening", *, nonce_hash: str, at: datetime
) -> None:
    meant = claims.get("aud")
    meant = meant if isinstance(meant, list) else [meant]
    client = opening.record.client_id
    ends = claims.get("exp")
    if claims.get("iss") != opening.id_issuer:
        raise NotUnderstood("What says who its user is comes from another issuer.")
    if client not in meant or (len(meant) > 1 and claims.get("azp") != client):
        raise NotUnderstood("What says who its user is was made for another app.")
    if not is_moment(ends) or at.timestamp() > ends + _LEEWAY:
        raise NotUnderstood("What says who its user is has ended.")
    if not hmac.compare_digest(checksum(str(claims.get("nonce", ""))), nonce_hash):
        raise NotUnderstood("What says who its user is belongs to another opening.")


def username_of(record: "TrustedRecord", claims: dict[str, Any], *, token: str) -> str:
    """Our user name of the record's user; empty when it does not say."""
    if record.staff_by == record.StaffBy.CLAIM:
        said = claims.get(record.staff_claim)
        return said.strip() if isinstance(said, str) else ""
    named = str(claims.get("fhirUser", "")).removeprefix(f"{record.issuer}/")
    found = _resource(record, "Practitioner", named.removeprefix("Practitioner/"), token)
    values = _identifiers(found, record.staff_system)
    return values[0] if len(values) == 1 else ""


def notes_of(record: "TrustedRecord", patient: str, *, token: str) -> Notes:
    """Whose notes are open, by the record's own resource of that patient."""
    found = _resource(record, "Patient", patient.removeprefix("Patient/"), token)
    born = found.get("birthDate")
    return Notes(_identifiers(found, record.patient_system), born if isinstance(born, str) else "")


def _resource(record: "TrustedRecord", kind: str, named: str, token: str) -> dict[str, Any]:
    if not named or not all(c.isalnum() or c in "-." for c in named) or ".." in named:
        raise NotUnderstood(f"It names no {kind}.")
    found = get_json(f"{record.issuer}/{kind}/{named}", token=token)
    if found.get("resourceType") != kind or found.get("id") != named:
        raise NotUnderstood(f"It answered with something else than that {kind}.")
    return found


def _identifiers(resource: dict[str, Any], system: str) -> list[str]:
    listed = resource.get("identifier")
    found = [
        one["value"].strip() for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict) and one.get("system") == system
        and isinstance(one.get("value"), str) and one.get("use") != "old"
    ]  # fmt: skip
    return list(dict.fromkeys(value for value in found if value))
