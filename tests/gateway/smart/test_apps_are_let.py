"""An app asks, a member of staff lets it, and it gets tokens for that patient and no other."""

from typing import Any

import jwt
import pytest
from django.test import Client

from imparts.audit.models import AuditEntry
from tests.builders import a_patient
from tests.gateway.fhir_server.clients import an_app
from tests.gateway.smart.apps import (
    BASE,
    App,
    a_nurse_and_a_patient,
    asked_for,
    sent_back,
    signed_in,
    who,
)

pytestmark = pytest.mark.django_db
SCOPES = "launch launch/patient openid fhirUser profile online_access patient/*.rs user/*.rs"


@pytest.fixture
def seen() -> Any:
    """A nurse, a patient whom they may see today, and an app."""
    return *a_nurse_and_a_patient(), App(*an_app(scopes=SCOPES))


def test_the_page_says_in_words_what_the_app_may_see_and_chooses_nothing(seen: Any) -> None:
    nurse, _, app = seen
    page = signed_in(nurse).get(asked_for(app.client))
    text = page.content.decode()
    assert "See everything that imparts has of this patient" in text and "app.example" in text
    assert "checked" not in text and "For which patient?" in text
    assert "form-action 'self' https://app.example" in page["Content-Security-Policy"]


def test_signed_out_one_signs_in_first(seen: Any) -> None:
    answer = Client().get(asked_for(seen[2].client))
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/login/")


def test_an_app_gets_a_token_for_the_patient_who_was_picked(seen: Any) -> None:
    nurse, patient, app = seen
    back = app.begin(signed_in(nurse), patient=patient)
    assert back["state"] == "a-state" and back["iss"] == BASE
    given = app.tokens(back["code"]).json()
    assert given["patient"] == str(patient.pk) and given["need_patient_banner"] is True
    assert set(given["scope"].split()) == {"launch/patient", "openid", "fhirUser", "patient/*.rs"}
    assert "refresh_token" not in given and given["expires_in"] <= 3600
    found = who(given["access_token"])
    assert found.patient == patient.pk and found.asking.username == nurse.username


def test_the_id_token_says_who_uses_the_app_and_is_signed_with_our_key(seen: Any) -> None:
    nurse, patient, app = seen
    back = app.begin(signed_in(nurse), patient=patient, nonce="a-nonce")
    given = app.tokens(back["code"]).json()
    keys = jwt.PyJWKSet.from_dict(Client().get("/oauth/jwks/").json())
    said = jwt.decode(
        given["id_token"], keys.keys[0], algorithms=["RS256"], audience=app.client.client_id,
        issuer=BASE,
    )  # fmt: skip
    assert said["fhirUser"] == f"{BASE}/Practitioner/{nurse.pk}"
    assert said["nonce"] == "a-nonce" and "name" not in said


def test_the_search_finds_only_whom_one_may_see_and_names_nobody_in_the_address(seen: Any) -> None:
    nurse, patient, app = seen
    a_patient("Amara", "Thimbleseen")
    browser = signed_in(nurse)
    page = browser.post(asked_for(app.client), {"do": "find", "looked_for": "thimb"})
    text = page.content.decode()
    assert str(patient.pk) in text and "THIMBLESEEN" not in text
    assert "thimb" not in page.request["QUERY_STRING"].lower()
    assert AuditEntry.objects.filter(did="searched patients for an app", who=nurse.username)
    too_short = browser.post(asked_for(app.client), {"do": "find", "looked_for": "t"})
    assert too_short.status_code == 422 and b"at least two letters" in too_short.content


def test_without_a_patient_nothing_is_given(seen: Any) -> None:
    nurse, _, app = seen
    answer = signed_in(nurse).post(asked_for(app.client), {"do": "allow"})
    assert answer.status_code == 422


def test_a_patient_whom_one_may_not_see_cannot_be_picked(seen: Any) -> None:
    nurse, _, app = seen
    other = a_patient()
    answer = signed_in(nurse).post(asked_for(app.client), {"do": "allow", "patient": str(other.pk)})
    assert answer.status_code == 404 and answer.content == b""


def test_not_allowed_is_told_to_the_app_and_nothing_else(seen: Any) -> None:
    nurse, _, app = seen
    back = sent_back(signed_in(nurse).post(asked_for(app.client), {"do": "deny"}))
    assert back["error"] == "access_denied" and "code" not in back


def test_scopes_that_the_app_was_not_let_in_with_are_not_given(seen: Any) -> None:
    nurse, patient, app = seen
    back = app.begin(
        signed_in(nurse), patient=patient,
        scope="launch/patient patient/*.cruds user/Flag.u system/*.cruds offline_access",
    )  # fmt: skip
    given = app.tokens(back["code"]).json()
    assert given["scope"].split() == ["launch/patient", "patient/*.rs"]
    nothing = signed_in(nurse).get(asked_for(app.client, scope="system/*.cruds"))
    assert sent_back(nothing)["error"] == "invalid_scope"


def test_letting_an_app_and_searching_for_it_stand_in_the_audit(seen: Any) -> None:
    nurse, patient, app = seen
    app.begin(signed_in(nurse), patient=patient)
    entry = AuditEntry.objects.get(did="let an app see")
    assert entry.who == nurse.username and entry.patient == patient.pk


@pytest.mark.parametrize(
    "changed",
    [
        {"code_challenge": ""}, {"code_challenge_method": "plain"}, {"code_challenge_method": ""},
        {"aud": "https://elsewhere.example/fhir"}, {"aud": ""}, {"response_type": "token"},
        {"prompt": "none"}, {"launch": "made-up"}, {"scope": "launch patient/*.rs"},
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused_and_the_app_is_told(
    seen: Any, changed: dict[str, str]
) -> None:
    nurse, patient, app = seen
    answer = signed_in(nurse).post(
        asked_for(app.client, **changed), {"do": "allow", "patient": str(patient.pk)}
    )
    back = sent_back(answer)
    assert back["error"] and "code" not in back


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "https://evil.example/back"}, {"client_id": "nobody"},
        {"redirect_uri": "https://app.example/back/../x"}, {"redirect_uri": "//app.example/back"},
        {"redirect_uri": "https://app.example/back?more=1"},
        {"redirect_uri": "https://user@app.example/back"},
        {"redirect_uri": "https://app.example.evil.example/back"},
        {"redirect_uri": "javascript:alert(1)"}, {"redirect_uri": "http://app.example/back"},
    ],
)  # fmt: skip
def test_an_address_that_was_not_registered_is_never_followed(
    seen: Any, changed: dict[str, str]
) -> None:
    nurse, _, app = seen
    browser = signed_in(nurse)
    for answer in (
        browser.get(asked_for(app.client, **changed)),
        browser.post(asked_for(app.client, **changed), {"do": "allow"}),
        browser.post(asked_for(app.client, **changed), {"do": "deny"}),
    ):
        assert answer.status_code == 400 and "Location" not in answer
        assert b"not registered" in answer.content
