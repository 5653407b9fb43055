"""No living worker means no calls: whoever sees alerts waiting is told so, and whom to call."""

import psycopg
import pytest

from imparts.live import presence
from tests.apps.workspace.alerting import address, an_alert, holder
from tests.apps.workspace.given import signed_in, text_of
from tests.builders import a_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo", "a_november_morning")]
SENTENCE = (
    "Nobody is being called automatically at this moment (the background program is not running). "
    "Call the deputy yourself: "
)
PAGES = ("/alerts/", "/alerts/waiting/", "/clinic/", "/patients/")


@pytest.fixture(autouse=True)
def nothing_was_seen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_last_look", None)


@pytest.mark.parametrize("page", PAGES)
def test_without_a_worker_pages_with_alerts_say_whom_to_call(client, page: str) -> None:
    alert = an_alert(a_service())
    browser = signed_in(client, "nurse", alert.service)
    deputy = holder(alert.service, "deputy")
    assert f"{SENTENCE}{deputy.name}." in text_of(browser.get(page, follow=True))


@pytest.mark.parametrize("page", PAGES)
def test_with_a_worker_they_say_nothing_of_it(client, page, database_of_this_process) -> None:
    alert = an_alert(a_service())
    browser = signed_in(client, "nurse", alert.service)
    with psycopg.connect(database_of_this_process.web_url, autocommit=True) as worker:
        presence.announce(presence.Process.WORKER, worker)
        assert "being called automatically" not in text_of(browser.get(page, follow=True))


def test_where_no_alert_waits_nothing_is_said(client) -> None:
    alert = an_alert(a_service())
    browser = signed_in(client, "nurse", alert.service)
    browser.post(address("take", alert))
    assert "being called automatically" not in text_of(browser.get("/alerts/"))


def test_the_look_is_kept_for_a_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []
    monkeypatch.setattr(presence, "seen", lambda: looks.append(1) or frozenset())
    assert presence.seen_lately() == presence.seen_lately() == frozenset()
    assert len(looks) == 1
    monkeypatch.setattr(presence, "_last_look", (-100.0, frozenset()))
    presence.seen_lately()
    assert len(looks) == 2
