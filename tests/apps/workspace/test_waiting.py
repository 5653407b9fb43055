"""The line on top of every page: for whose alert it is, without a name, until it is taken."""

import pytest
from django.test import Client

from tests.apps.workspace.alerting import address, an_alert, escalate, holder
from tests.apps.workspace.given import page_for, signed_in, signed_in_as, text_of
from tests.builders import a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
LINE = "1 alert waits for you"
PAGE = "/patients/"


def _page(staff) -> str:
    return text_of(signed_in_as(Client(), staff).get(PAGE))


def test_the_owner_is_told_on_every_page_with_the_time_of_the_deputy() -> None:
    alert = an_alert(a_service())
    page = _page(holder(alert.service, "owner"))
    assert f"<strong>{LINE}</strong>: deputy is called at 09:35." in page
    assert address("alert", alert) in page


def test_no_name_and_no_answer_stands_in_the_line() -> None:
    alert = an_alert(a_service(), family_name="Inkwell")
    browser = signed_in_as(Client(), holder(alert.service, "owner"))
    line = text_of(browser.get("/alerts/waiting/"))
    assert LINE in line
    for secret in ("Inkwell", "INKWELL", "Amara", "several days", "Item 9"):
        assert secret not in line


def test_the_deputy_is_told_once_called_and_not_before() -> None:
    alert = an_alert(a_service())
    deputy = holder(alert.service, "deputy")
    assert LINE not in _page(deputy)
    assert escalate(minutes=16)
    assert LINE in _page(deputy)


def test_the_clock_counts_also_while_the_worker_is_away(a_later_hour) -> None:
    alert = an_alert(a_service())
    deputy = holder(alert.service, "deputy")
    a_later_hour()
    assert LINE in _page(deputy), "nobody has called them, but their time has come"


def test_once_taken_it_waits_for_nobody(client) -> None:
    alert = an_alert(a_service())
    signed_in(client, "nurse", alert.service).post(address("take", alert))
    assert LINE not in _page(holder(alert.service, "owner"))


def test_whoever_it_was_handed_to_is_told_until_they_take_it(client) -> None:
    alert = an_alert(a_service())
    owner, deputy = holder(alert.service, "owner"), holder(alert.service, "deputy")
    browser = signed_in_as(client, owner)
    browser.post(address("take", alert))
    browser.post(address("hand_on", alert), {"to": str(deputy.pk), "why": "my clinic ends"})
    assert LINE in _page(deputy)
    signed_in_as(Client(), deputy).post(address("take", alert))
    assert LINE not in _page(deputy)


def test_somebody_without_a_duty_is_left_in_peace(client) -> None:
    alert = an_alert(a_service())
    assert LINE not in page_for(client, "nurse", alert.service, PAGE)


def test_two_alerts_are_one_line_that_leads_to_the_list() -> None:
    service = a_service()
    an_alert(service)
    an_alert(service, family_name="Inkwell")
    page = _page(holder(service, "owner"))
    assert "<strong>2 alerts wait for you</strong>" in page
    assert 'href="/alerts/">Open' in page


@pytest.mark.parametrize("where", ["/alerts/", "/clinic/"])
def test_pages_that_show_the_alert_itself_do_not_say_it_twice(where: str) -> None:
    alert = an_alert(a_service())
    page = text_of(signed_in_as(Client(), holder(alert.service, "owner")).get(where))
    assert LINE not in page
    assert 'id="waits"' in page, "the line has its place, for when another alert comes"


def test_reception_has_no_line_and_nothing_that_asks_for_one(client) -> None:
    alert = an_alert(a_service())
    page = page_for(client, "receptionist", alert.service, "/clinic/")
    assert "waits" not in page
    assert (
        signed_in(client, "receptionist", alert.service).get("/alerts/waiting/").status_code == 403
    )
