"""Results go back into the record that opened us, as its user, when it was agreed and granted."""

from typing import Any

import pytest

from imparts.audit.models import AuditEntry
from imparts.gateway.smart.actions.trusting import SCOPES
from tests.builders import a_sent_sitting, put_content_in_force
from tests.gateway.smart.here import Here
from tests.gateway.smart.issuer import Issuer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
GRANTED = f"{SCOPES} patient/QuestionnaireResponse.cu patient/Observation.c"


def opened(issuer: Issuer, settings: Any, **changed: Any) -> str:
    """Somebody who has answered is opened by the record; what their page says first."""
    settings.IMPARTS_RECORD_MLLP = "127.0.0.1:1"  # results are owed somewhere, so facts are kept
    here = Here(issuer, **({"may_write_back": True, "scopes": GRANTED} | changed))
    put_content_in_force(here.service)
    a_sent_sitting(here.service, here.patient, phq9={"q9": 1})
    here.opened()
    answer = here.back()
    assert answer.status_code == 302, answer.content.decode()
    return here.browser.get(answer["Location"]).content.decode()


def test_each_response_of_the_visit_is_one_transaction_of_what_was_granted(
    issuer: Issuer, settings: Any
) -> None:
    page = opened(issuer, settings)
    assert "The results of this visit stand in the record." in page
    assert len(issuer.bundles) >= 3
    for bundle in issuer.bundles:
        kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
        assert kinds == {"QuestionnaireResponse", "Observation"}
        assert all(entry["request"].get("ifNoneExist") for entry in bundle["entry"])
    posted = [told for path, told in issuer.asked if path == "/fhir"]
    assert {told["authorization"] for told in posted} == {"Bearer a-token"}
    assert "stand in the record" in AuditEntry.objects.get(did="wrote results back").why


def test_without_the_grant_nothing_is_sent_and_it_is_said(issuer: Issuer, settings: Any) -> None:
    page = opened(issuer, settings, scopes=SCOPES)
    assert "lets this user write no results" in page and issuer.bundles == []


def test_without_the_agreement_of_trust_it_nothing_is_sent(issuer: Issuer, settings: Any) -> None:
    opened(issuer, settings, may_write_back=False)
    assert issuer.bundles == [] and not AuditEntry.objects.filter(did="wrote results back")


def test_a_record_that_refuses_them_opens_us_all_the_same(issuer: Issuer, settings: Any) -> None:
    issuer.refuses_writes = True
    page = opened(issuer, settings)
    assert "did not take the results just now" in page
