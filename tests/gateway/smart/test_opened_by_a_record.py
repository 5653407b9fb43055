"""A hospital record opens us: for its user and the patient open there, or not at all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from imparts.access.actions import end_role, leave
from imparts.audit.models import AuditEntry
from imparts.gateway.smart.actions.trusting import NotTrusted, Trusted, end_trust, trust
from imparts.gateway.smart.models import Opening, TrustedRecord
from imparts.people.models import Identifier
from tests.builders import NOON, TODAY, a_patient, a_service, an_appointment, staff_with
from tests.gateway.smart.issuer import FOREIGN_KEY, NUMBERS, STAFF, Issuer

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    running = Issuer()
    yield running
    running.stop()


class Here:
    """A service, a nurse, a patient with a hospital number, and a record that knows them."""

    def __init__(self, running: Issuer, /, **changed: Any) -> None:
        issuer = self.issuer = running
        self.service = a_service(with_content=False)
        self.nurse = staff_with("nurse", self.service, username="n.ashcombe")
        self.patient = an_appointment(self.service, is_covered=False).patient
        self.patient.relationships.update(from_on=TODAY, until_on=None)
        self.number(self.patient, "FH123")
        issuer.claims = {"preferred_username": "n.ashcombe"}
        issuer.patient = {
            "resourceType": "Patient", "id": "p1", "birthDate": "1961-03-14",
            "identifier": [{"system": NUMBERS, "value": "FH123"}],
        }  # fmt: skip
        asked = {
            "name": "Fernhollow record", "issuer": issuer.base, "client_id": "imparts",
            "organisation": self.service.organisation, "patient_system": NUMBERS,
            "origins": ["https://record.fernhollow.example"], "secret": "a-secret",
        } | changed  # fmt: skip
        self.record = trust(Trusted(**asked), by="test", at=NOON)
        self.browser = Client()

    def number(self, patient: Any, value: str) -> None:
        Identifier.objects.create(
            patient=patient, scheme="hospital", value=value, issued_by=self.service.organisation
        )

    def opened(self, **headers: str) -> dict[str, str]:
        """The record opens us; what we ask of it."""
        answer = self.browser.get(
            f"/launch?iss={quote(self.issuer.base)}&launch=l-1", headers=headers
        )
        assert answer.status_code == 302, answer.content.decode()
        self.issuer.sign_in(answer["Location"])
        self.cookie = answer.cookies["imparts_opening"]
        return self.issuer.authorised

    def back(self, **changed: str) -> Any:
        """Its user comes back."""
        fields = {"code": "a-code", "state": self.issuer.authorised["state"]} | changed
        return self.browser.get("/launch/back", {k: v for k, v in fields.items() if v})

    @property
    def is_in(self) -> bool:
        return "_auth_user_id" in self.browser.session


def refused(here: Here, answer: Any, title: str) -> None:
    """Nobody was signed in, and the page names nobody."""
    text = answer.content.decode()
    assert answer.status_code == 403 and title in text, text
    assert not here.is_in
    assert "Thimblewick" not in text and "FH123" not in text and "ashcombe" not in text


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
    from tests.builders import a_sent_sitting, put_content_in_force

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
    import jwt

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
    for algorithm, key in (("RS256", FOREIGN_KEY), ("none", None), ("HS256", "x" * 64)):
        issuer.algorithm, issuer.sign_with = algorithm, key
        here = Here(issuer) if algorithm == "RS256" else here  # noqa: F821 # made in the first turn
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
