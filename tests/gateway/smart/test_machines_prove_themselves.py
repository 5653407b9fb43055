"""Machines get a token for a signed assertion or a secret; nothing that is copied serves twice."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from imparts.gateway.smart.actions.registering import Asked, NotRegistered, register, revoke
from imparts.gateway.smart.keys import ASSERTION_TYPE
from imparts.gateway.smart.models import ApiClient, UsedAssertion
from tests.builders import NOON, a_service
from tests.gateway.fhir_server.clients import a_machine, asking_with

pytestmark = pytest.mark.django_db
TOKEN = "https://testserver/oauth/token/"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP384R1())
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_set() -> str:
    """The public halves, as a program would send them to trust IT."""
    mine = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(RSA_KEY.public_key()))
    curve = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(EC_KEY.public_key()))
    return json.dumps({"keys": [mine | {"kid": "rsa"}, curve | {"kid": "ec", "alg": "ES384"}]})


def a_signer() -> ApiClient:
    """A machine that signs."""
    asked = Asked("Signer", "system/*.rs", [a_service(with_content=False)], key_set=key_set())
    return register(asked, by="test", at=NOON)[0]


def claims_of(client: ApiClient, **changed: Any) -> dict[str, Any]:
    said = {
        "iss": client.client_id, "sub": client.client_id, "aud": TOKEN, "jti": uuid4().hex,
        "exp": int(timezone.now().timestamp()) + 240,
    } | changed  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def signed(claims: dict[str, Any], key: Any = RSA_KEY, alg: str = "RS384", kid: str = "rsa") -> str:
    return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid})


def sent(assertion: str, **more: str) -> Any:
    fields = {
        "grant_type": "client_credentials", "scope": "system/Observation.rs",
        "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion,
    } | more  # fmt: skip
    return Client().post("/oauth/token/", fields)


def test_a_signed_assertion_gets_a_token_for_what_was_asked_and_no_more() -> None:
    given = sent(signed(claims_of(a_signer())), scope="system/Observation.cruds system/Flag.r")
    assert given.status_code == 200, given.content
    assert given.json()["scope"].split() == ["system/Observation.rs", "system/Flag.r"]
    assert given.json()["token_type"] == "Bearer" and "refresh_token" not in given.json()
    assert given.headers["Cache-Control"].startswith("no-store")


def test_an_elliptic_key_counts_too() -> None:
    assert sent(signed(claims_of(a_signer()), EC_KEY, "ES384", "ec")).status_code == 200


def test_an_assertion_counts_once() -> None:
    client = a_signer()
    assertion = signed(claims_of(client))
    assert sent(assertion).status_code == 200
    again = sent(assertion)
    assert again.status_code == 401 and again.json()["error"] == "invalid_client"


def test_used_assertions_are_forgotten_once_they_have_ended() -> None:
    with freeze_time(NOON) as clock:
        client = a_signer()
        sent(signed(claims_of(client)))
        clock.tick(timedelta(minutes=6))
        sent(signed(claims_of(client)))
        assert UsedAssertion.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://testserver/oauth/token"}, {"aud": "https://elsewhere.example/token"},
        {"aud": [TOKEN, "https://elsewhere.example/"]}, {"aud": None}, {"iss": "nobody"},
        {"sub": "somebody-else"}, {"sub": None}, {"jti": None}, {"jti": ""}, {"jti": 7},
        {"exp": None}, {"exp": "soon"}, {"exp": True},
    ],
)  # fmt: skip
def test_an_assertion_with_a_wrong_claim_is_refused(changed: dict[str, Any]) -> None:
    assert sent(signed_anyhow(claims_of(a_signer(), **changed))).status_code == 401


def signed_anyhow(claims: dict[str, Any]) -> str:
    """Also claims that the library would not sign."""
    return jwt.PyJWS().encode(
        json.dumps(claims).encode(), RSA_KEY, algorithm="RS384", headers={"kid": "rsa"}
    )


@pytest.mark.parametrize("seconds", [-1, 0, 301, 3600, 10**12])
def test_an_assertion_ends_within_five_minutes(seconds: int) -> None:
    with freeze_time(NOON):
        claims = claims_of(a_signer(), exp=int(NOON.timestamp()) + seconds)
        assert sent(signed(claims)).status_code == 401


def test_an_assertion_signed_by_another_key_or_not_at_all_is_refused() -> None:
    client = a_signer()
    assert sent(signed(claims_of(client), OTHER_KEY)).status_code == 401
    assert sent(jwt.encode(claims_of(client), None, algorithm="none")).status_code == 401
    # The public key taken for a shared secret.
    header = base64.urlsafe_b64encode(b'{"alg":"HS384","kid":"rsa"}').decode().rstrip("=")
    body = base64.urlsafe_b64encode(json.dumps(claims_of(client)).encode()).decode().rstrip("=")
    assert sent(f"{header}.{body}.AAAA").status_code == 401
    assert sent(signed(claims_of(client), RSA_KEY, "RS256")).status_code == 401


@pytest.mark.parametrize(
    "rubbish", ["", ".", "a.b.c", "é.é.é", "x" * 9000, "eyJhbGciOiJSUzM4NCJ9..", "\x00"]
)
def test_what_is_no_assertion_is_refused_and_breaks_nothing(rubbish: str) -> None:
    assert sent(rubbish).status_code in (400, 401)


def test_a_machine_that_signs_cannot_use_a_secret() -> None:
    client = a_signer()
    fields = {"grant_type": "client_credentials", "client_id": client.client_id}
    for secret in ("", "x", client.client_secret):
        assert Client().post("/oauth/token/", fields | {"client_secret": secret}).status_code == 401


def test_an_assertion_and_a_secret_together_are_refused() -> None:
    client = a_signer()
    assert sent(signed(claims_of(client)), client_secret="x").status_code == 401


def test_a_machine_that_was_put_out_gets_nothing() -> None:
    client = a_signer()
    revoke(client, by="test", at=NOON)
    assert sent(signed(claims_of(client))).status_code == 401


# --- with a secret ---


def test_a_secret_counts_in_the_form_and_as_basic() -> None:
    client, secret = a_machine(services=[a_service(with_content=False)])
    fields = {"grant_type": "client_credentials", "scope": "system/*.rs"}
    posted = fields | {"client_id": client.client_id, "client_secret": secret}
    assert Client().post("/oauth/token/", posted).status_code == 200
    given = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
    basic = Client(headers={"authorization": f"Basic {given}"})
    answer = basic.post("/oauth/token/", fields)
    assert answer.status_code == 200
    token = answer.json()["access_token"]
    asking_with(token)


def test_after_ten_wrong_secrets_none_is_taken_for_five_minutes() -> None:
    with freeze_time(NOON) as clock:
        client, secret = a_machine(services=[a_service(with_content=False)])
        fields = {"grant_type": "client_credentials", "client_id": client.client_id}
        for _ in range(10):
            wrong = Client().post("/oauth/token/", fields | {"client_secret": "guess"})
            assert wrong.status_code == 401
        right = fields | {"client_secret": secret}
        refused = Client().post("/oauth/token/", right)
        assert refused.status_code == 429
        given = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
        basic = Client(headers={"authorization": f"Basic {given}"})
        grant = {"grant_type": "client_credentials"}
        assert basic.post("/oauth/token/", grant).status_code == 429
        clock.tick(timedelta(minutes=5, seconds=1))
        assert Client().post("/oauth/token/", right).status_code == 200


# --- how programs are let in ---


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("X", "system/Observation.q", [1]), "no scopes"),
        (Asked("X", "user/*.rs", [1]), "system/ scopes only"),
        (Asked("X", "system/*.rs"), "at least one service"),
        (Asked("X", "system/*.rs", redirect_uris=["https://a.example/"]), "acts for its user"),
        (Asked("X", "user/*.rs", [1], ["https://a.example/"]), "given no services"),
        (Asked("X", "user/*.rs", redirect_uris=["javascript:alert(1)"]), "scheme"),
        (Asked("X", "system/*.rs", [1], key_set="{"), "no JSON"),
        (Asked("X", "system/*.rs", [1], key_set='{"keys": []}'), "No key"),
        (Asked("X", "system/*.rs", [1], key_set='{"keys": [{"kty": "RSA", "d": "x"}]}'), "private"),
        (Asked("X", "system/*.rs", [1], is_public=True), "Only an app"),
    ],
)  # fmt: skip
def test_what_cannot_be_let_in_is_refused_with_a_sentence(asked: Asked, said: str) -> None:
    with pytest.raises(NotRegistered, match=said):
        register(asked, by="test", at=NOON)
    assert not ApiClient.objects.exists()


def test_of_a_secret_only_its_hash_is_kept() -> None:
    client, secret = a_machine(services=[a_service(with_content=False)])
    client.refresh_from_db()
    assert secret and secret not in str(vars(client))
