"""An app in tests: it begins, is let, and gets its tokens, as real ones do."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client, RequestFactory

from imparts.access.models import Staff
from imparts.gateway.smart.models import ApiClient
from imparts.gateway.smart.principal import Principal, principal_of
from imparts.people.models import Patient
from tests.builders import TODAY, a_service, an_appointment, staff_with
from tests.gateway.smart.issuer import challenge

BASE = "https://testserver/fhir"
BACK = "https://app.example/back"
VERIFIER = "a-verifier-that-is-at-least-forty-three-letters-long"


def a_nurse_and_a_patient() -> tuple[Staff, Patient]:
    """Somebody at a service, and a patient of it whom they may see today."""
    service = a_service(with_content=False)
    patient = an_appointment(service, is_covered=False).patient
    patient.relationships.update(from_on=TODAY, until_on=None)
    return staff_with("nurse", service), patient


def who(token: str) -> Principal:
    """Who asks the FHIR server with a token."""
    return principal_of(RequestFactory().get("/", headers={"authorization": f"Bearer {token}"}))


def asked_for(client: ApiClient, **changed: str) -> str:
    """The address with which an app begins; a field changed to "" is left out."""
    fields = {
        "response_type": "code", "client_id": client.client_id, "redirect_uri": BACK,
        "scope": "launch/patient openid fhirUser patient/*.rs", "state": "a-state", "aud": BASE,
        "code_challenge": challenge(VERIFIER), "code_challenge_method": "S256",
    } | changed  # fmt: skip
    kept = {name: value for name, value in fields.items() if value}
    return f"/oauth/authorize/?{urlencode(kept)}"


def sent_back(answer: Any) -> dict[str, str]:
    """What came back to the app in its address."""
    assert answer.status_code == 302, answer.content
    assert answer["Location"].startswith(BACK), answer["Location"]
    return dict(parse_qsl(urlsplit(answer["Location"]).query))


def signed_in(staff: Staff) -> Client:
    """A browser in which somebody is signed in."""
    browser = Client()
    browser.force_login(staff)
    return browser


@dataclass
class App:
    """One registered app with its secret."""

    client: ApiClient
    secret: str

    def begin(self, browser: Client, *, patient: Any = None, **changed: str) -> dict[str, str]:
        """Ask, be let, and come back."""
        chosen = {"patient": str(patient.pk)} if patient else {}
        return sent_back(browser.post(asked_for(self.client, **changed), {"do": "allow", **chosen}))

    def tokens(self, code: str, **changed: str) -> Any:
        """Change a code for tokens."""
        fields = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
            "code_verifier": VERIFIER, "client_id": self.client.client_id,
            "client_secret": self.secret,
        } | changed  # fmt: skip
        sent = {name: value for name, value in fields.items() if value}
        return Client().post("/oauth/token/", sent)

    def again(self, refresh_token: str, **more: str) -> Any:
        """Change a refresh token for new ones."""
        sent = {
            "grant_type": "refresh_token", "refresh_token": refresh_token,
            "client_id": self.client.client_id, "client_secret": self.secret,
        } | more  # fmt: skip
        return Client().post("/oauth/token/", sent)
