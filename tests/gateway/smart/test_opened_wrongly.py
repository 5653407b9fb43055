"""A hospital record that lies, is misused, or names nobody who is known, opens nobody."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from imparts.access.actions import end_role, leave
from imparts.audit.models import AuditEntry
from imparts.gateway.smart.actions.trusting import NotTrusted
from imparts.people.models import Identifier
from tests.builders import (
    NOON,
    TODAY,
    a_patient,
    a_service,
)
from tests.gateway.smart.here import Here, refused
from tests.gateway.smart.issuer import FOREIGN_KEY, NUMBERS, Issuer

pytestmark = pytest.mark.django_db


# --- the record lies, or somebody in between ---


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example/fhir"}, {"aud": "another-app"}, {"nonce": "another"},
        {"nonce": None}, {"exp": 1}, {"exp": None}, {"exp": "later"},
        {"aud": ["imparts", "another-app"]},
    ],
)  # fmt: skip
def test_an_id_token_with_a_wrong_claim_lets_nobody_in(issuer: Issuer, lie: Any) -> None:
    here = Here(issuer)
    here.opened()
    issuer.claims |= lie
    refused(here, here.back(), "The record cannot be asked")


def test_an_id_token_that_is_not_signed_by_the_record_lets_nobody_in(issuer: Issuer) -> None:
    here = Here(issuer)
    for algorithm, key in (("RS256", FOREIGN_KEY), ("none", None), ("HS256", "x" * 64)):
        issuer.algorithm, issuer.sign_with = algorithm, key
        here.opened()
        refused(here, here.back(), "The record cannot be asked")


def test_a_code_of_another_issuer_is_not_changed_for_anything(issuer: Issuer) -> None:
    here = Here(issuer)
    here.opened()
    issuer.asked.clear()
    refused(here, here.back(iss="https://evil.example/fhir"), "This opening has ended")
    assert "/token" not in dict(issuer.asked)


def test_a_state_counts_once_in_the_browser_that_began_and_for_five_minutes(
    issuer: Issuer,
) -> None:
    with freeze_time(NOON) as clock:
        here = Here(issuer)
        here.opened()
        mine, here.browser = here.browser, Client()  # somebody else's browser, led to our address
        refused(here, here.back(), "This opening has ended")
        here.browser = mine
        refused(here, here.back(state="another"), "This opening has ended")
        refused(here, here.back(state=""), "This opening has ended")
        clock.tick(timedelta(minutes=5, seconds=1))
        refused(here, here.back(), "This opening has ended")


def test_coming_back_twice_opens_nothing_the_second_time(issuer: Issuer) -> None:
    here = Here(issuer)
    here.opened()
    assert here.back().status_code == 302
    here.browser.logout()
    refused(here, here.back(), "This opening has ended")


def test_an_error_of_the_record_is_said_and_its_words_are_not_repeated(issuer: Issuer) -> None:
    here = Here(issuer)
    here.opened()
    answer = here.back(code="", error="access_denied", error_description="<b>Thimblewick</b>")
    refused(here, answer, "The record did not let you in")


def test_no_redirect_of_the_record_is_followed(issuer: Issuer) -> None:
    here = Here(issuer)
    other = Issuer()
    issuer.redirect_to = other.root
    answer = here.browser.get(f"/launch?iss={quote(issuer.base)}&launch=l-1")
    other.stop()
    refused(here, answer, "The record cannot be asked")
    assert other.asked == []


@pytest.mark.parametrize(
    "told",
    [
        {"authorization_endpoint": "http://evil.example/authorize"}, {"token_endpoint": ""},
        {"token_endpoint": "ftp://127.0.0.1/token"}, {"authorization_endpoint": ["x"]},
        {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": "http://evil.example/"},
        {"authorization_endpoint": "https://user@record.example/"}, {"issuer": 7},
    ],
)  # fmt: skip
def test_addresses_without_tls_are_not_gone_to(issuer: Issuer, told: Any) -> None:
    here = Here(issuer)
    issuer.configuration = told
    answer = here.browser.get(f"/launch?iss={quote(issuer.base)}&launch=l-1")
    refused(here, answer, "The record cannot be asked")


@pytest.mark.parametrize("raw", [b"", b"[]", b"<html>", b"{" + b" " * 300_000, b"\xff\xfe"])
def test_an_answer_that_is_no_json_object_lets_nobody_in(issuer: Issuer, raw: bytes) -> None:
    here = Here(issuer)
    issuer.raw = raw or b"null"
    answer = here.browser.get(f"/launch?iss={quote(issuer.base)}&launch=l-1")
    refused(here, answer, "The record cannot be asked")


def test_a_record_that_is_not_there_is_said(issuer: Issuer) -> None:
    here = Here(issuer)
    issuer.stop()
    answer = here.browser.get(f"/launch?iss={quote(issuer.base)}&launch=l-1")
    refused(here, answer, "The record cannot be asked")


# --- who, and whose notes ---


def test_a_user_who_is_not_staff_here_is_not_let_in(issuer: Issuer) -> None:
    here = Here(issuer)
    for name in ("somebody", "", None, "n.ashcombe\x00", ["n.ashcombe"]):
        issuer.claims["preferred_username"] = name
        here.opened()
        refused(here, here.back(), "You are not known here")


def test_whoever_has_left_or_has_no_role_is_not_let_in(issuer: Issuer) -> None:
    here = Here(issuer)
    over = timezone.localdate() - timedelta(days=1)
    end_role(membership=here.nurse.memberships.get(), on=over, by="test", at=NOON)
    here.opened()
    refused(here, here.back(), "You have no role here")
    leave(staff=here.nurse, on=TODAY, by="test", at=NOON)
    here.opened()
    refused(here, here.back(), "You are not known here")


@pytest.mark.parametrize(
    "identifiers",
    [
        [], [{"system": NUMBERS, "value": "FH999"}], [{"system": "other", "value": "FH123"}],
        [{"value": "FH123"}], "FH123", [{"system": NUMBERS, "value": 123}],
        [{"system": NUMBERS, "value": "FH123", "use": "old"}],
    ],
)  # fmt: skip
def test_a_patient_is_found_by_the_hospital_number_of_that_hospital_alone(
    issuer: Issuer, identifiers: Any
) -> None:
    here = Here(issuer)
    issuer.patient["identifier"] = identifiers
    here.opened()
    refused(here, here.back(), "This patient is not known here")


def test_the_same_number_of_another_hospital_is_another_person(issuer: Issuer) -> None:
    here = Here(issuer)
    Identifier.objects.filter(value="FH123").update(
        issued_by=a_service(with_content=False).organisation
    )
    here.opened()
    refused(here, here.back(), "This patient is not known here")


def test_two_numbers_of_two_people_open_neither(issuer: Issuer) -> None:
    here = Here(issuer)
    here.number(a_patient("Other", "Person"), "FH124")
    issuer.patient["identifier"].append({"system": NUMBERS, "value": "FH124"})
    here.opened()
    refused(here, here.back(), "This patient is not known here")


def test_another_birth_date_opens_nobody(issuer: Issuer) -> None:
    here = Here(issuer)
    issuer.patient["birthDate"] = "1961-03-15"
    here.opened()
    refused(here, here.back(), "This may be another person")


def test_without_a_care_relationship_nobody_is_opened_and_it_is_noted(issuer: Issuer) -> None:
    here = Here(issuer)
    here.patient.relationships.all().delete()
    here.opened()
    refused(here, here.back(), "You may not see this patient here")
    entry = AuditEntry.objects.get(did="was refused an opening")
    assert entry.who == "n.ashcombe" and entry.why == "no care relationship"


@pytest.mark.parametrize(
    "told", [{"patient": "p1/../../secret"}, {"patient": "p2"}, {"patient": ""}, {"id_token": ""}]
)
def test_an_answer_that_names_nobody_lets_nobody_in(issuer: Issuer, told: Any) -> None:
    here = Here(issuer)
    issuer.token_says = told
    here.opened()
    refused(here, here.back(), "The record cannot be asked")


# --- registering ---


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issuer": "http://record.example/fhir"}, "https"), ({"issuer": "record"}, "https"),
        ({"client_id": ""}, "client id"), ({"origins": ["https://a.example/path"]}, "origin"),
        ({"origins": ["https://*.example; script-src *"]}, "origin"), ({"scopes": "x"}, "openid"),
        ({"is_public": True}, "one or the other"),
    ],
)  # fmt: skip
def test_what_cannot_be_registered_is_refused_with_a_sentence(
    issuer: Issuer, changed: Any, said: str
) -> None:
    with pytest.raises(NotTrusted, match=said):
        Here(issuer, **changed)


def test_a_tablet_is_not_opened_by_a_record() -> None:
    browser = Client()
    browser.cookies["imparts_tablet"] = "any"
    assert browser.get("/launch?iss=x&launch=y").status_code == 404
