"""The pretend record opens an app as a careful record does, and gives tokens to whom it knows."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from imparts.gateway.pretend_record.fhir.moods import FhirMood
from imparts.gateway.pretend_record.run import Where
from imparts.gateway.pretend_record.smart.clients import Client
from tests.gateway.conftest import RunningRecord
from tests.gateway.pretend_record.talking import Answered, Json, asked, posted, sent_form

APP = "http://127.0.0.1:8999"
BACK = f"{APP}/launch/back"
VERIFIER = "a-verifier-that-is-long-enough-for-the-standard-43"
AMARA = "demo-fern-fh204417"
PICKED = {"patient": AMARA, "user": "consultant.rheum"}
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[RunningRecord]:
    """A pretend record that opens an app at APP."""
    running = RunningRecord(tmp_path / "record", Where(app=APP, machine_secret="a secret"))
    yield running
    running.stop()


def launched(record: RunningRecord, **changed: str) -> dict[str, list[str]]:
    """What the app is opened with, out of the frame on the page."""
    page = sent_form(f"{record.page}/launcher", {**PICKED, "where": "frame", **changed})
    found = re.search(r'(?:iframe src|button" href)="([^"]+)"', page.text)
    assert found is not None
    return parse_qs(urlsplit(unescape(found.group(1))).query)


def question(record: RunningRecord, **changed: str) -> dict[str, str]:
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    return {
        "response_type": "code", "client_id": "imparts", "redirect_uri": BACK, "state": "s1",
        "scope": "launch openid fhirUser patient/Patient.r", "aud": f"{record.page}/fhir",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256", "nonce": "n1", **changed,
    }  # fmt: skip


def sent_back(record: RunningRecord, **changed: str) -> dict[str, list[str]]:
    """What the app gets back from authorize."""
    launch = {"launch": launched(record)["launch"][0]}
    asks = {name: value for name, value in question(record, **(launch | changed)).items() if value}
    told = asked(f"{record.page}/authorize?{urlencode(asks)}")
    assert told.status == 303
    assert told.headers["Location"].startswith(BACK + "?")
    return parse_qs(urlsplit(told.headers["Location"]).query)


def token_for(record: RunningRecord, code: str, **changed: str) -> Answered:
    return sent_form(f"{record.page}/token", {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
        "client_id": "imparts", "code_verifier": VERIFIER, **changed,
    })  # fmt: skip


def claims_in(record: RunningRecord, id_token: str) -> Json:
    keys = jwt.PyJWKSet.from_dict(asked(f"{record.page}/jwks.json").json)
    key = keys[jwt.get_unverified_header(id_token)["kid"]]
    claims: Json = jwt.decode(
        id_token, key, algorithms=["RS256"], audience="imparts", issuer=f"{record.page}/fhir",
        options={"verify_exp": False, "verify_iat": False},
    )  # fmt: skip
    return claims


def test_a_launch_ends_in_a_token_that_says_who_and_about_whom(opener: RunningRecord) -> None:
    back = sent_back(opener)
    assert back["state"] == ["s1"]
    told = token_for(opener, back["code"][0]).json
    assert told["patient"] == AMARA
    assert told["encounter"] == f"visit-{AMARA}"
    assert told["fhirUser"] == f"{opener.page}/fhir/Practitioner/consultant.rheum"
    claims = claims_in(opener, told["id_token"])
    assert claims["fhirUser"] == told["fhirUser"]
    assert claims["preferred_username"] == claims["sub"] == "consultant.rheum"
    assert claims["nonce"] == "n1"
    read = asked(
        f"{opener.page}/fhir/Patient/{AMARA}", Authorization=f"Bearer {told['access_token']}"
    )
    assert read.json["name"][0]["family"] == "Thimblewick"


def test_a_token_allows_what_was_granted_and_no_more(opener: RunningRecord) -> None:
    token = token_for(opener, sent_back(opener)["code"][0]).json["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert asked(f"{opener.page}/fhir/Observation", **bearer).status == 403
    assert asked(f"{opener.page}/fhir/Patient?family=inkwell", **bearer).status == 403
    flag = {"resourceType": "Flag", "status": "active"}
    assert posted(f"{opener.page}/fhir/Flag", flag, **bearer).status == 403
    assert asked(f"{opener.page}/fhir/Patient/{AMARA}", Authorization="Bearer x").status == 401


def test_a_code_and_a_launch_count_once(opener: RunningRecord) -> None:
    launch = launched(opener)["launch"][0]
    code = sent_back(opener, launch=launch)["code"][0]
    assert sent_back(opener, launch=launch)["error"] == ["invalid_request"]
    assert token_for(opener, code).status == 200
    assert token_for(opener, code).json["error"] == "invalid_grant"


def test_a_code_ends_after_five_minutes(opener: RunningRecord) -> None:
    code = sent_back(opener)["code"][0]
    opener.now += timedelta(minutes=6)
    assert token_for(opener, code).json["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"aud": "http://elsewhere.example/fhir"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": ""}, "invalid_scope"),
        ({"launch": "made-up"}, "invalid_request"),
    ],
)
def test_a_wrong_question_goes_back_to_the_app_with_its_error(
    changed: dict[str, str], error: str, opener: RunningRecord
) -> None:
    back = sent_back(opener, **changed)
    assert back["error"] == [error]
    assert "code" not in back


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "http://elsewhere.example/back"},
        {"redirect_uri": f"{APP}.elsewhere.example/back"},
        {"client_id": "stranger"},
        {"client_id": "imparts-machine"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_the_apps(
    changed: dict[str, str], opener: RunningRecord
) -> None:
    told = asked(f"{opener.page}/authorize?{urlencode(question(opener, **changed))}")
    assert told.status == 400
    assert "Location" not in told.headers
    assert "not let in" in told.text


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "another-verifier-that-is-long-enough-for-it-43"},
        {"code_verifier": ""},
        {"redirect_uri": f"{APP}/elsewhere"},
        {"client_id": "imparts-machine", "client_secret": "a secret"},
    ],
)
def test_a_stolen_code_is_worth_nothing(changed: dict[str, str], opener: RunningRecord) -> None:
    told = token_for(opener, sent_back(opener)["code"][0], **changed)
    assert told.json["error"] == "invalid_grant"


def test_an_app_that_comes_by_itself_waits_for_somebody_to_pick(opener: RunningRecord) -> None:
    asks = question(opener)
    page = asked(f"{opener.page}/authorize?{urlencode(asks)}")
    assert page.status == 200
    assert "imparts wants to be let in" in page.text
    done = sent_form(f"{opener.page}/authorize", {**asks, **PICKED})
    code = parse_qs(urlsplit(done.headers["Location"]).query)["code"][0]
    assert token_for(opener, code).json["patient"] == AMARA


def test_the_page_shows_the_app_in_a_frame_of_its_address_and_no_other(
    opener: RunningRecord,
) -> None:
    page = sent_form(f"{opener.page}/launcher", {**PICKED, "where": "frame"})
    assert f"frame-src 'self' {APP};" in page.headers["Content-Security-Policy"] + ";"
    assert launched(opener)["iss"] == [f"{opener.page}/fhir"]
    assert launched(opener, where="tab")["iss"] == [f"{opener.page}/fhir"]
    wrong = sent_form(f"{opener.page}/launcher", {"patient": "nobody", "user": "nobody"})
    assert wrong.status == 422
    assert "Choose a patient and a user." in wrong.text


def test_a_machine_gets_a_token_for_its_secret(opener: RunningRecord) -> None:
    form = {"grant_type": "client_credentials", "scope": "system/Observation.crs"}
    basic = base64.b64encode(b"imparts-machine:a secret").decode()
    told = sent_form(f"{opener.page}/token", form, Authorization=f"Basic {basic}").json
    assert told["token_type"] == "Bearer"
    assert told["scope"] == "system/Observation.crs"
    bearer = {"Authorization": f"Bearer {told['access_token']}"}
    assert asked(f"{opener.page}/fhir/Observation", **bearer).status == 200
    assert asked(f"{opener.page}/fhir/Flag", **bearer).status == 403
    wrong = base64.b64encode(b"imparts-machine:another").decode()
    refused = sent_form(f"{opener.page}/token", form, Authorization=f"Basic {wrong}")
    assert (refused.status, refused.json["error"]) == (401, "invalid_client")


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def by_assertion(record: RunningRecord, key: RSAPrivateKey, **changed: object) -> Answered:
    at = int(record.now.timestamp())
    claims = {
        "iss": "signer", "sub": "signer", "aud": f"{record.page}/token", "jti": "j1",
        "iat": at, "exp": at + 60, **changed,
    }  # fmt: skip
    assertion = jwt.encode(claims, key, algorithm="RS384", headers={"kid": "k1"})
    return sent_form(f"{record.page}/token", {
        "grant_type": "client_credentials", "scope": "system/Flag.c",
        "client_assertion_type": ASSERTION, "client_assertion": assertion,
    })  # fmt: skip


def register(record: RunningRecord, key: RSAPrivateKey) -> None:
    public = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    jwks = {"keys": [{**public, "kid": "k1", "alg": "RS384"}]}
    record.parts.launcher.clients.add(
        Client("signer", "A machine that signs", "system/*.cruds", is_machine=True, jwks=jwks)
    )


def test_a_machine_gets_a_token_for_its_signature_once(
    opener: RunningRecord, key: RSAPrivateKey
) -> None:
    register(opener, key)
    assert by_assertion(opener, key).json["scope"] == "system/Flag.c"
    again = by_assertion(opener, key)
    assert (again.status, again.json["error"]) == (401, "invalid_client")
    assert by_assertion(opener, key, jti="j2").status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "http://elsewhere.example/token"},
        {"exp": 1},
        {"exp": 9_999_999_999},
        {"sub": "imparts-machine"},
        {"iss": "stranger", "sub": "stranger"},
        {"jti": None},
    ],
)
def test_an_assertion_that_proves_nothing_gets_nothing(
    changed: dict[str, object], opener: RunningRecord, key: RSAPrivateKey
) -> None:
    register(opener, key)
    refused = by_assertion(opener, key, **changed)
    assert (refused.status, refused.json["error"]) == (401, "invalid_client")


def test_another_key_proves_nothing(opener: RunningRecord, key: RSAPrivateKey) -> None:
    register(opener, generate_private_key(public_exponent=65537, key_size=2048))
    assert by_assertion(opener, key).status == 401


def test_everything_is_found_from_the_address_of_the_fhir_server(opener: RunningRecord) -> None:
    found = asked(f"{opener.page}/fhir/.well-known/smart-configuration").json
    assert found["issuer"] == f"{opener.page}/fhir"
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert asked(found["jwks_uri"]).json["keys"][0]["kty"] == "RSA"
    assert "launch-ehr" in found["capabilities"]


def test_it_can_want_a_token_from_everyone(opener: RunningRecord) -> None:
    opener.become_fhir(FhirMood.CLOSED_DOOR)
    assert asked(f"{opener.page}/fhir/Patient").status == 401
    assert asked(f"{opener.page}/fhir/metadata").status == 200


def test_the_key_and_the_clients_outlive_the_process(tmp_path: Path) -> None:
    first = RunningRecord(tmp_path)
    keys, secret = asked(f"{first.page}/jwks.json").text, (tmp_path / "clients.json").read_text()
    first.stop()
    again = RunningRecord(tmp_path)
    assert asked(f"{again.page}/jwks.json").text == keys
    assert (tmp_path / "clients.json").read_text() == secret
    assert (tmp_path / "clients.json").stat().st_mode & 0o077 == 0
    assert (tmp_path / "launcher-key.pem").stat().st_mode & 0o077 == 0
    again.stop()
