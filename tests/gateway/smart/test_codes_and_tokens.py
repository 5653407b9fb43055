"""Codes and tokens in wrong hands: stolen, used again, brought by another app, or too late."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time
from oauth2_provider.models import get_access_token_model

from imparts.access.actions import end_role, leave
from imparts.gateway.smart.actions.launching_apps import open_app
from imparts.gateway.smart.actions.registering import revoke
from imparts.gateway.smart.principal import NotLetIn
from tests.builders import NOON, TODAY, a_service, staff_with
from tests.gateway.fhir_server.clients import an_app
from tests.gateway.smart.apps import (
    App,
    a_nurse_and_a_patient,
    asked_for,
    sent_back,
    signed_in,
    who,
)

pytestmark = pytest.mark.django_db
WANTS = "launch launch/patient openid offline_access patient/*.rs"
REFRESHED = "launch/patient patient/*.rs offline_access"


def seen_by_nurse() -> Any:
    """A nurse, a patient whom they may see, and an app."""
    return *a_nurse_and_a_patient(), App(*an_app(scopes=WANTS))


@pytest.fixture
def seen() -> Any:
    return seen_by_nurse()


def code_of(seen: Any, **changed: str) -> str:
    nurse, patient, app = seen
    return app.begin(signed_in(nurse), patient=patient, **changed)["code"]


def test_a_code_counts_once_and_the_second_time_ends_what_followed_from_it(seen: Any) -> None:
    app, code = seen[2], code_of(seen)
    first = app.tokens(code).json()
    who(first["access_token"])
    again = app.tokens(code)
    assert again.status_code == 400 and again.json()["error"] == "invalid_grant"
    with pytest.raises(NotLetIn):
        who(first["access_token"])


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": ""}, {"code_verifier": "another-verifier-of-forty-three-letters-or-so"},
        {"redirect_uri": "https://app.example/other"}, {"redirect_uri": ""}, {"code": "made-up"},
        {"client_secret": "wrong"}, {"client_secret": ""}, {"client_id": "nobody"},
        {"grant_type": "password"}, {"grant_type": ""},
    ],
)  # fmt: skip
def test_a_stolen_code_is_of_no_use(seen: Any, changed: dict[str, str]) -> None:
    code = code_of(seen)
    answer = seen[2].tokens(**{"code": code} | changed)
    assert answer.status_code in (400, 401) and "access_token" not in answer.json()
    assert not get_access_token_model().objects.exists()


def test_an_empty_character_is_refused_and_breaks_nothing(seen: Any) -> None:
    for changed in ({"code": "x\x00y"}, {"client_id": "\x00"}, {"code_verifier": "\x00"}):
        assert seen[2].tokens(**{"code": "x"} | changed).status_code == 400
    assert signed_in(seen[0]).get(asked_for(seen[2].client, state="\x00")).status_code == 400


def test_a_code_of_one_app_is_of_no_use_to_another(seen: Any) -> None:
    thief = App(*an_app(scopes=WANTS, name="Another"))
    answer = thief.tokens(code_of(seen))
    assert answer.status_code == 400 and answer.json()["error"] == "invalid_grant"
    assert seen[2].tokens(code_of(seen)).status_code == 200  # and the theft ends nobody's code


def test_a_code_ends_after_a_minute() -> None:
    with freeze_time(NOON) as clock:
        seen = seen_by_nurse()
        code = code_of(seen)
        clock.tick(61)
        assert seen[2].tokens(code).status_code == 400


def test_secrets_and_codes_in_the_address_are_refused(seen: Any) -> None:
    code = code_of(seen)
    answer = Client().post(f"/oauth/token/?code={code}&client_secret={seen[2].secret}")
    assert answer.status_code == 400


def test_a_refresh_token_is_given_when_it_was_asked_for_and_leads_to_another(seen: Any) -> None:
    app = seen[2]
    first = app.tokens(code_of(seen, scope=REFRESHED)).json()
    second = app.again(first["refresh_token"]).json()
    assert second["patient"] == str(seen[1].pk)
    assert who(second["access_token"]).patient == seen[1].pk
    with pytest.raises(NotLetIn):
        who(first["access_token"])


def test_a_refresh_token_that_comes_twice_ends_the_whole_family(seen: Any) -> None:
    app = seen[2]
    first = app.tokens(code_of(seen, scope=REFRESHED)).json()
    second = app.again(first["refresh_token"]).json()
    assert app.again(first["refresh_token"]).status_code == 400
    assert app.again(second["refresh_token"]).status_code == 400
    with pytest.raises(NotLetIn):
        who(second["access_token"])


def test_a_refresh_token_never_widens_what_was_given(seen: Any) -> None:
    app = seen[2]
    first = app.tokens(code_of(seen, scope=REFRESHED)).json()
    answer = app.again(first["refresh_token"], scope="launch/patient patient/*.rs user/*.cruds")
    assert answer.status_code == 400 and answer.json()["error"] == "invalid_scope"


def test_a_refresh_token_ends_when_the_person_leaves(seen: Any) -> None:
    nurse, _, app = seen
    first = app.tokens(code_of(seen, scope=REFRESHED)).json()
    leave(staff=nurse, on=TODAY, by="test", at=NOON)
    assert app.again(first["refresh_token"]).status_code == 400


def test_a_refresh_token_ends_when_the_role_ends(seen: Any) -> None:
    nurse, _, app = seen
    first = app.tokens(code_of(seen, scope=REFRESHED)).json()
    over = timezone.localdate() - timedelta(days=1)
    end_role(membership=nurse.memberships.get(), on=over, by="test", at=NOON)
    assert app.again(first["refresh_token"]).status_code == 400


def test_online_access_ends_after_twelve_hours_and_offline_access_does_not() -> None:
    with freeze_time(NOON) as clock:
        nurse, patient, _ = seen_by_nurse()
        app = App(*an_app(scopes=WANTS + " online_access"))
        here = (nurse, patient, app)
        online = app.tokens(code_of(here, scope="launch/patient patient/*.rs online_access")).json()
        offline = app.tokens(code_of(here, scope=REFRESHED)).json()
        clock.tick(timedelta(hours=12, minutes=1))
        assert app.again(online["refresh_token"]).status_code == 400
        assert app.again(offline["refresh_token"]).status_code == 200


def test_a_program_that_was_put_out_gets_nothing_any_more(seen: Any) -> None:
    nurse, _, app = seen
    first = app.tokens(code_of(seen, scope=REFRESHED)).json()
    revoke(app.client, by="test", at=NOON)
    assert app.again(first["refresh_token"]).status_code == 401
    assert signed_in(nurse).get(asked_for(app.client)).status_code == 400


def test_a_token_taken_back_is_over_and_so_is_its_refresh_token(seen: Any) -> None:
    app = seen[2]
    first = app.tokens(code_of(seen, scope=REFRESHED)).json()
    proof = {"client_id": app.client.client_id, "client_secret": app.secret}
    other = App(*an_app(name="Another"))
    theirs = {"client_id": other.client.client_id, "client_secret": other.secret}
    asked = {"token": first["access_token"]}
    assert Client().post("/oauth/revoke/", asked | theirs).status_code == 200
    who(first["access_token"])  # another app cannot take it back
    assert Client().post("/oauth/revoke/", asked | proof).status_code == 200
    with pytest.raises(NotLetIn):
        who(first["access_token"])
    assert app.again(first["refresh_token"]).status_code == 400


def test_a_program_may_look_up_its_own_tokens_and_learns_nothing_of_others(seen: Any) -> None:
    nurse, patient, app = seen
    token = app.tokens(code_of(seen)).json()["access_token"]
    proof = {"client_id": app.client.client_id, "client_secret": app.secret}
    found = Client().post("/oauth/introspect/", {"token": token} | proof).json()
    assert found["active"] and found["patient"] == str(patient.pk)
    assert found["fhirUser"].endswith(f"/Practitioner/{nurse.pk}")
    other = App(*an_app(name="Another"))
    theirs = {"client_id": other.client.client_id, "client_secret": other.secret}
    looked = Client().post("/oauth/introspect/", {"token": token} | theirs)
    assert looked.json() == {"active": False}
    assert Client().post("/oauth/introspect/", {"token": token}).status_code == 401


def test_tokens_are_kept_as_hashes_only(seen: Any) -> None:
    token = seen[2].tokens(code_of(seen)).json()["access_token"]
    row = get_access_token_model().objects.get()
    assert row.token == "" and token not in str(vars(row))


# --- opened from a patient's page ---


def opened(seen: Any, at: Any = None) -> str:
    nurse, patient, app = seen
    return open_app(
        client=app.client, patient=patient, staff=nurse, why="test", at=at or timezone.now()
    )


def test_an_app_opened_from_a_patients_page_has_that_patient_in_context(seen: Any) -> None:
    nurse, patient, app = seen
    secret = opened(seen)
    address = asked_for(app.client, scope="launch patient/*.rs", launch=secret)
    browser = signed_in(nurse)
    page = browser.get(address)
    assert b"THIMBLEWICK" in page.content and b"For which patient?" not in page.content
    back = sent_back(browser.post(address, {"do": "allow"}))
    assert app.tokens(back["code"]).json()["patient"] == str(patient.pk)
    again = sent_back(browser.post(address, {"do": "allow"}))
    assert again["error"] == "invalid_request"


def test_a_launch_of_somebody_else_or_for_another_app_is_of_no_use(seen: Any) -> None:
    _, _, app = seen
    secret = opened(seen)
    address = asked_for(app.client, scope="launch patient/*.rs", launch=secret)
    other = staff_with("nurse", a_service(with_content=False))
    assert sent_back(signed_in(other).get(address))["error"] == "invalid_request"
    another, _ = an_app(scopes=WANTS, name="Another")
    theirs = asked_for(another, scope="launch patient/*.rs", launch=secret)
    assert sent_back(signed_in(seen[0]).get(theirs))["error"] == "invalid_request"


def test_a_launch_ends_after_five_minutes(seen: Any) -> None:
    nurse, _, app = seen
    secret = opened(seen, at=timezone.now() - timedelta(minutes=6))
    address = asked_for(app.client, scope="launch patient/*.rs", launch=secret)
    assert sent_back(signed_in(nurse).get(address))["error"] == "invalid_request"
