"""A service, a nurse and a patient whom a hospital record in tests knows too."""

from typing import Any
from urllib.parse import quote

from django.test import Client

from imparts.gateway.smart.actions.trusting import Trusted, trust
from imparts.people.models import Identifier
from tests.builders import NOON, TODAY, a_service, an_appointment, staff_with
from tests.gateway.smart.issuer import NUMBERS, Issuer


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
