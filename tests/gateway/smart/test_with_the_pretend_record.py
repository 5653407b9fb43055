"""Over real HTTP on both sides: the pretend record opens imparts, and imparts opens for it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone

from imparts.gateway.pretend_record.cast import hospital_system
from imparts.gateway.pretend_record.run import Where
from imparts.gateway.smart.actions.trusting import Trusted, trust
from imparts.people.models import Identifier
from tests.builders import NOON, TODAY, a_patient, a_service, an_appointment, staff_with
from tests.gateway.conftest import RunningRecord

pytestmark = pytest.mark.django_db(transaction=True)
PICKED = {"patient": "demo-fern-fh204417", "user": "consultant.rheum", "where": "tab"}


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """Where imparts is; without TLS on this machine, as the demonstration is."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    return str(live_server.url)


@pytest.fixture
def opener(tmp_path: Path, site: str) -> Iterator[RunningRecord]:
    running = RunningRecord(tmp_path / "record", Where(app=site))
    running.now = timezone.now()  # both sides check when a token ends, and sockets need time
    yield running
    running.stop()


def known_here(record: RunningRecord, **changed: Any) -> Any:
    """A consultant and a patient whom both know, and the record registered as it says."""
    service = a_service(with_content=False)
    staff_with("consultant", service, username="consultant.rheum")
    patient = an_appointment(service, a_patient(), is_covered=False).patient
    patient.relationships.update(from_on=TODAY, until_on=None)
    Identifier.objects.create(
        patient=patient, scheme="hospital", value="FH204417", issued_by=service.organisation
    )
    asked = {
        "name": "Pretend record", "issuer": f"{record.page}/fhir", "client_id": "imparts",
        "organisation": service.organisation, "is_public": True,
        "patient_system": hospital_system("DEMO-FERN"),
    } | changed  # fmt: skip
    trust(Trusted(**asked), by="test", at=NOON)
    return patient


def pressed(browser: httpx.Client, record: RunningRecord) -> httpx.Response:
    """The launcher's page, its button, and every redirect after it, as a browser does."""
    page = browser.post(f"{record.page}/launcher", data=PICKED)
    if page.is_redirect:
        return browser.get(page.headers["Location"], follow_redirects=True)
    found = re.search(r'(?:iframe src|button" href)="([^"]+)"', page.text)
    assert found is not None, page.text
    return browser.get(unescape(found.group(1)), follow_redirects=True)


def test_the_pretend_record_opens_its_patient_here_with_no_second_sign_in(
    opener: RunningRecord, site: str
) -> None:
    patient = known_here(opener)
    with httpx.Client(timeout=30) as browser:
        page = pressed(browser, opener)
    assert page.status_code == 200, page.text
    assert str(page.url) == f"{site}/patients/{patient.pk}/" and "THIMBLEWICK" in page.text


def test_a_patient_whom_nobody_knows_here_is_a_page_that_says_so(opener: RunningRecord) -> None:
    known_here(opener)
    Identifier.objects.all().delete()
    with httpx.Client(timeout=30) as browser:
        page = pressed(browser, opener)
    assert page.status_code == 403 and "not known here" in page.text
    assert "Thimblewick" not in page.text and "FH204417" not in page.text
