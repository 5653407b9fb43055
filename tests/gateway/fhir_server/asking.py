"""Asking the FHIR server in tests: a client with a token, and what it was answered."""

import json
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client

from imparts.organisations.models import Service
from imparts.people import actions as people
from imparts.people.models import CareRelationship, Patient
from tests.builders import NOON, a_patient

Json = dict[str, Any]


class Asked:
    """A program with a token that asks."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.browser = Client()

    def __call__(
        self, path: str, *, verb: str = "GET", body: Any = None, **headers: str
    ) -> HttpResponse:
        """Ask for a path below /fhir/; header names have underscores here."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = json.dumps(body) if isinstance(body, dict | list) else body or ""
        kind = said.pop("Content-Type", "application/fhir+json")
        return self.browser.generic(
            verb, f"/fhir/{path}", sent, content_type=kind,
            headers={"Authorization": f"Bearer {self.token}", **said},
        )  # fmt: skip

    def json(self, path: str, **kwargs: Any) -> Json:
        """What was answered with 200."""
        answer = self(path, **kwargs)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)

    def ids(self, path: str, **kwargs: Any) -> list[str]:
        """The ids of the matches of a search, in order."""
        return [each["id"] for each in matches(self.json(path, **kwargs))]


def matches(bundle: Json, mode: str = "match") -> list[Json]:
    """The resources of a Bundle that were found, or that go with them."""
    return [each["resource"] for each in bundle.get("entry", ()) if each["search"]["mode"] == mode]


def words_of(answer: HttpResponse) -> str:
    """What an OperationOutcome says."""
    issues = json.loads(answer.content)["issue"]
    return " ".join(each["diagnostics"] for each in issues)


def known_at(service: Service, *names: str, **details: Any) -> Patient:
    """Somebody whom a service may see."""
    patient = a_patient(*names, **details)
    people.relate(
        patient=patient, service=service, because=CareRelationship.Because.TEAM,
        from_on=date(2020, 1, 1), until_on=None, by="test", at=NOON,
    )  # fmt: skip
    return patient
