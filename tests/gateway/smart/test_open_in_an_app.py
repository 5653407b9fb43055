"""Open in an app: a patient's page offers the registered apps, and one press opens one."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from imparts.audit.models import AuditEntry
from imparts.gateway.smart.actions.registering import revoke
from imparts.gateway.smart.models import Launch
from tests.builders import NOON, a_patient
from tests.gateway.fhir_server.clients import an_app
from tests.gateway.smart.apps import App, a_nurse_and_a_patient, asked_for, sent_back, signed_in

pytestmark = pytest.mark.django_db
WANTS = "launch openid fhirUser patient/*.rs"


@pytest.fixture
def seen() -> Any:
    """A nurse's browser, a patient whom they may see, and an app that opens for patients."""
    nurse, patient = a_nurse_and_a_patient()
    app = App(*an_app(scopes=WANTS, launch_url="https://app.example/launch"))
    return signed_in(nurse), patient, app


def test_the_patients_page_offers_it_only_while_there_is_an_app(seen: Any) -> None:
    browser, patient, app = seen
    link = f'href="/patients/{patient.pk}/apps/"'
    assert link in browser.get(f"/patients/{patient.pk}/").content.decode()
    revoke(app.client, by="test", at=NOON)
    assert link not in browser.get(f"/patients/{patient.pk}/").content.decode()
    assert b"registered no app" in browser.get(f"/patients/{patient.pk}/apps/").content


def test_pressing_it_opens_the_app_and_the_app_gets_that_patient(seen: Any) -> None:
    browser, patient, app = seen
    path = f"/patients/{patient.pk}/apps/"
    page = browser.get(path)
    assert b"Growth chart" in page.content and b"app.example" in page.content
    assert "form-action 'self' https://app.example" in page["Content-Security-Policy"]
    opened = browser.post(path, {"client": app.client.pk})
    told = dict(parse_qsl(urlsplit(opened["Location"]).query))
    assert opened["Location"].startswith("https://app.example/launch?")
    assert told["iss"] == "https://testserver/fhir" and str(patient.pk) not in opened["Location"]
    address = asked_for(app.client, scope="launch openid patient/*.rs", launch=told["launch"])
    back = sent_back(browser.post(address, {"do": "allow"}))
    assert app.tokens(back["code"]).json()["patient"] == str(patient.pk)
    assert AuditEntry.objects.filter(did="opened an app", patient=patient.pk).exists()


def test_an_app_that_is_not_offered_is_not_opened(seen: Any) -> None:
    browser, patient, _ = seen
    other, _ = an_app(name="Not for patients")
    path = f"/patients/{patient.pk}/apps/"
    assert browser.post(path, {"client": other.pk}).status_code == 404
    assert browser.post(path, {"client": "x"}).status_code == 422
    assert not Launch.objects.exists()


def test_for_a_patient_whom_one_may_not_see_nothing_is_opened(seen: Any) -> None:
    browser, _, app = seen
    path = f"/patients/{a_patient().pk}/apps/"
    assert browser.get(path).status_code == 404 and browser.get(path).content == b""
    assert browser.post(path, {"client": app.client.pk}).status_code == 404
