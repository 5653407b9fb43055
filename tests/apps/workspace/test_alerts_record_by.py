"""Taken is not acted: the list and the page say by when it is recorded, and who is called else."""

from datetime import timedelta

import pytest

from imparts.pathways import actions as pathways
from tests.apps.workspace.alerting import DONE, EARLIER, address, an_alert, escalate, holder
from tests.apps.workspace.given import signed_in_as, text_of
from tests.builders import a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]


@pytest.fixture
def taken():
    """By its owner, two minutes after it was raised at 09:20."""
    alert = an_alert(a_service())
    owner = holder(alert.service, "owner")
    at = EARLIER + timedelta(minutes=2)
    pathways.acknowledge_alert(alert=alert, by=owner.username, at=at)
    return alert


def test_the_list_says_by_when_it_is_recorded(client, taken) -> None:
    page = text_of(signed_in_as(client, holder(taken.service, "owner")).get("/alerts/"))
    assert "Record by <strong>10:22</strong>" in page


def test_the_page_says_who_is_called_otherwise(client, taken) -> None:
    browser = signed_in_as(client, holder(taken.service, "owner"))
    page = text_of(browser.get(address("alert", taken)))
    assert "Record what was done by 10:22, or the deputy is called" in page


def test_once_others_were_called_the_page_says_so(client, taken) -> None:
    assert escalate(minutes=62) == 2
    browser = signed_in_as(client, holder(taken.service, "owner"))
    page = text_of(browser.get(address("alert", taken)))
    assert "at 09:22, nothing recorded after 60 minutes." in page


def test_after_closing_nothing_is_to_be_recorded(client, taken) -> None:
    owner = holder(taken.service, "owner")
    at = EARLIER + timedelta(minutes=5)
    pathways.record_what_was_done(alert=taken, details=DONE, closes=True, by=owner.username, at=at)
    assert "Record" not in text_of(signed_in_as(client, owner).get("/alerts/")).split("<main")[1]
