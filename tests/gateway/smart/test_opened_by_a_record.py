"""A hospital record opens us for its user and the patient open there, and no other record does."""

import jwt
import pytest
from django.test import Client

from imparts.audit.models import AuditEntry
from imparts.gateway.smart.actions.trusting import end_trust
from imparts.gateway.smart.models import Opening, TrustedRecord
from tests.builders import NOON, a_sent_sitting, put_content_in_force, staff_with
from tests.gateway.smart.here import Here, refused
from tests.gateway.smart.issuer import STAFF, Issuer

pytestmark = pytest.mark.django_db


# --- it works ---


def test_a_registered_record_opens_its_patient_with_no_second_sign_in(issuer: Issuer) -> None:
    here = Here(issuer)
    asked = here.opened()
    assert asked["aud"] == issuer.base and asked["launch"] == "l-1"
    assert asked["code_challenge_method"] == "S256" and asked["state"] and asked["nonce"]
    answer = here.back()
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"/patients/{here.patient.pk}/"
    assert here.is_in and here.browser.get(answer["Location"]).status_code == 200
    entry = AuditEntry.objects.get(did="opened from a record")
    assert entry.who == "n.ashcombe" and entry.patient == here.patient.pk and entry.why


def test_it_opens_the_newest_visit_that_was_answered(issuer: Issuer, in_the_demo: None) -> None:
    here = Here(issuer)
    put_content_in_force(here.service)
    sitting = a_sent_sitting(here.service, here.patient)
    here.opened()
    assert here.back()["Location"] == f"/patients/{here.patient.pk}/visits/{sitting.pk}/"


def test_a_secret_goes_in_the_header_and_the_code_with_its_verifier(issuer: Issuer) -> None:
    here = Here(issuer)
    here.opened()
    here.back()
    sent = dict(issuer.asked)["/token"]
    assert sent["authorization"].startswith("Basic ") and "client_secret" not in sent
    assert sent["code_verifier"] and sent["redirect_uri"] == "https://testserver/launch/back"
    assert TrustedRecord.objects.get().locked_secret != "a-secret"


def test_without_a_secret_we_sign(issuer: Issuer) -> None:
    here = Here(issuer, secret="")
    here.opened()
    here.back()
    sent = dict(issuer.asked)["/token"]
    keys = jwt.PyJWKSet.from_dict(Client().get("/oauth/jwks/").json())
    said = jwt.decode(
        sent["client_assertion"],
        keys.keys[0].key,
        algorithms=["RS384"],
        audience=f"{issuer.root}/token",
    )
    assert said["iss"] == said["sub"] == "imparts" and said["jti"]


def test_staff_are_found_by_an_identifier_of_their_practitioner(issuer: Issuer) -> None:
    here = Here(issuer, staff_system=STAFF)
    issuer.claims = {}
    issuer.practitioner = {
        "resourceType": "Practitioner", "id": "dr1",
        "identifier": [{"system": STAFF, "value": "N.Ashcombe"}, {"system": "x", "value": "y"}],
    }  # fmt: skip
    here.opened()
    assert here.back().status_code == 302 and here.is_in


def test_the_session_is_short(issuer: Issuer) -> None:
    here = Here(issuer)
    here.opened()
    here.back()
    assert here.browser.session.get_expiry_age() <= 60 * 60


def test_whoever_was_signed_in_before_is_signed_out(issuer: Issuer) -> None:
    here = Here(issuer)
    here.browser.force_login(staff_with("consultant", here.service))
    here.opened()
    here.back()
    assert here.browser.session["_auth_user_id"] == str(here.nurse.pk)


# --- frames ---


def test_only_the_registered_origins_may_frame_us_and_only_when_opened_there(
    issuer: Issuer,
) -> None:
    here = Here(issuer)
    here.opened(sec_fetch_dest="iframe")
    assert here.cookie["samesite"] == "None" and here.cookie["secure"]
    answer = here.back()
    session = answer.cookies["sessionid"]
    assert "SameSite=None" in session.OutputString() and "Partitioned" in session.OutputString()
    page = here.browser.get(answer["Location"])
    assert "frame-ancestors https://record.fernhollow.example" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    end_trust(here.record, by="test", at=NOON)
    page = here.browser.get(answer["Location"])
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_opened_in_a_tab_nobody_may_frame_us_and_cookies_are_as_ever(issuer: Issuer) -> None:
    here = Here(issuer)
    here.opened()
    answer = here.back()
    assert "Partitioned" not in answer.cookies["sessionid"].OutputString()
    page = here.browser.get(answer["Location"])
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


# --- who may open us ---


@pytest.mark.parametrize(
    "asked",
    [
        "", "?launch=x", "?iss=https://evil.example/fhir&launch=x", "?iss=&launch=x",
        "?iss=javascript:alert(1)&launch=x", "?iss=%00&launch=x", "?iss=" + "x" * 3000,
        "?iss=http://169.254.169.254/&launch=x",
    ],
)  # fmt: skip
def test_an_issuer_that_is_not_registered_is_asked_nothing(issuer: Issuer, asked: str) -> None:
    answer = Client().get(f"/launch{asked}")
    assert answer.status_code == 403 and b"not registered" in answer.content
    assert "Location" not in answer and not Opening.objects.exists() and issuer.asked == []


def test_a_record_that_was_ended_opens_nothing_even_halfway(issuer: Issuer) -> None:
    here = Here(issuer)
    here.opened()
    end_trust(here.record, by="test", at=NOON)
    refused(here, here.back(), "This opening has ended")
    assert Client().get(f"/launch?iss={issuer.base}&launch=l").status_code == 403


def test_something_like_the_issuer_is_not_the_issuer(issuer: Issuer) -> None:
    Here(issuer)
    for like in (issuer.base + "/x", issuer.base.upper(), issuer.base + "?a=b", issuer.root):
        assert Client().get("/launch", {"iss": like, "launch": "l"}).status_code == 403
