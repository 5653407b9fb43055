"""How a program proves who it is at the token address: a signed assertion, or its secret.

Safety: hazard H8. An assertion counts once, for five minutes, at this address only. After ten wrong
secrets in five minutes no secret of that program is taken for the rest of them.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.db import IntegrityError, transaction

from imparts.gateway.smart.fetching import NotFetched, get_json
from imparts.gateway.smart.keys import ASSERTION_TYPE, FOR_ASSERTIONS, claims_signed, is_moment
from imparts.gateway.smart.models import ApiClient, UsedAssertion, WrongSecret
from imparts.gateway.smart.queries.clients import client_called
from imparts.gateway.smart.queries.tokens import checksum

LASTS = timedelta(minutes=5)
WRONG_SECRETS = 10
WRONG_WITHIN = timedelta(minutes=5)
_LONGEST = 8000


def by_assertion(kind: str, assertion: str, *, made_out_to: str, at: datetime) -> ApiClient | None:
    """Which program signed this; None when it does not count, for whatever reason."""
    if kind != ASSERTION_TYPE or len(assertion) > _LONGEST:
        return None
    try:
        header = jwt.get_unverified_header(assertion)
        said = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    client = _client_named(said)
    if client is None or header.get("alg") not in FOR_ASSERTIONS or "crit" in header:
        return None
    claims = _signed_by(client, assertion, header, made_out_to)
    if claims is None or not _is_in_time(claims, at) or not _first_use(client, claims, at):
        return None
    return client


def _client_named(said: dict[str, Any]) -> ApiClient | None:
    issuer = said.get("iss")
    if not isinstance(issuer, str) or issuer != said.get("sub") or "\x00" in issuer:
        return None
    client = client_called(issuer)
    return client if client is not None and client.has_keys else None


def _signed_by(
    client: ApiClient, assertion: str, header: dict[str, Any], made_out_to: str
) -> dict[str, Any] | None:
    found = claims_signed(assertion, _keys_of(client), header)
    return found if found and found.get("aud") in (made_out_to, [made_out_to]) else None


def _keys_of(client: ApiClient) -> dict[str, Any]:
    if not client.jwks_url:
        return client.jwks or {}
    try:
        return get_json(client.jwks_url)
    except NotFetched:
        return {}


def _is_in_time(claims: dict[str, Any], at: datetime) -> bool:
    """It ends within five minutes from now, and has begun; by our clock, not by its own."""
    now = at.timestamp()
    ends, begins = claims.get("exp"), claims.get("nbf", now)
    if not is_moment(ends) or not is_moment(begins):
        return False
    return bool(now < ends <= now + LASTS.total_seconds() and begins <= now + 5)


def _first_use(client: ApiClient, claims: dict[str, Any], at: datetime) -> bool:
    """Whether this assertion was never taken before. What has ended is forgotten."""
    jti = claims.get("jti")
    if not isinstance(jti, str) or not jti:
        return False
    UsedAssertion.objects.filter(client=client, ends_at__lt=at).delete()
    ends = datetime.fromtimestamp(claims["exp"], tz=UTC)
    try:
        with transaction.atomic():
            UsedAssertion.objects.create(client=client, jti_hash=checksum(jti), ends_at=ends)
    except IntegrityError:
        return False
    return True


def too_many_wrong(client_id: str, *, at: datetime) -> bool:
    """Whether no secret is taken for this program just now."""
    wrong = WrongSecret.objects.filter(client_hash=checksum(client_id), at__gt=at - WRONG_WITHIN)
    return wrong.count() >= WRONG_SECRETS


def count_wrong(client_id: str, *, at: datetime) -> None:
    """One more wrong secret for a program that exists."""
    if client_called(client_id) is None:
        return
    WrongSecret.objects.filter(at__lt=at - WRONG_WITHIN).delete()
    WrongSecret.objects.create(client_hash=checksum(client_id), at=at)
