"""What the hospital record refused stands on a list that trust IT can see, without people (H5)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from imparts.gateway.notices.delivery import Notices
from imparts.gateway.notices.servers import MailServer, Servers
from imparts.gateway.notices.ways import EMAIL
from imparts.outbox import actions as outbox
from tests.apps.workspace.given import signed_in
from tests.builders import NOON, a_service, staff_with

pytestmark = pytest.mark.django_db


def _refuse(reason: str) -> str:
    message = outbox.new_message(
        destination="record", kind="ORU^R01", patient=uuid4(), about=uuid4(),
        facts={"family": "Thimblewick"}, at=NOON,
    )  # fmt: skip
    outbox.post_all([message])
    outbox.mark_refused(message, reason=reason)
    return message.control_id


def test_a_refused_message_is_listed_with_the_records_words_and_nobodys_name(client) -> None:
    control_id = _refuse("unknown patient class")
    page = signed_in(client, "integrator", a_service(with_content=False)).get(
        reverse("workspace:connections")
    )
    text = page.content.decode()
    assert control_id in text
    assert "unknown patient class" in text
    assert "Thimblewick" not in text


def test_a_nurse_may_not_see_it_and_whoever_is_signed_out_is_led_to_sign_in(client) -> None:
    address = reverse("workspace:connections")
    assert client.get(address)["Location"].startswith("/sign-in/login/")
    assert signed_in(client, "nurse", a_service(with_content=False)).get(address).status_code == 403


def test_trust_it_begins_there(client) -> None:
    it = signed_in(client, "integrator", a_service(with_content=False))
    assert it.get("/")["Location"] == reverse("workspace:connections")


def _notice(staff, service) -> None:
    outbox.post_all(
        [outbox.new_notice(kind="alert_called", staff=staff.pk, service=service.pk, at=NOON)]
    )


def _page(client, service) -> str:
    integrator = signed_in(client, "integrator", service)
    return " ".join(integrator.get(reverse("workspace:connections")).content.decode().split())


def test_ways_that_are_not_set_up_are_said_to_be_so(client, settings) -> None:
    settings.IMPARTS_SERVERS = Servers()
    page = _page(client, a_service(with_content=False))
    assert page.count("Not set up") == 2
    assert page.count("The settings are in the guide for trust IT.") == 2


def test_what_waits_for_a_mail_server_is_counted_with_what_it_said(client, settings) -> None:
    service = a_service(with_content=False)
    settings.IMPARTS_SERVERS = Servers(mail=MailServer.named("smtp://x", sender="a@b.example"))
    for number in range(3):
        message = outbox.new_message(
            destination=EMAIL, kind="alert_called", patient=uuid4(), about=uuid4(), facts={},
            at=NOON,
        )  # fmt: skip
        outbox.post_all([message])
        if number == 0:
            outbox.retry_later(
                message, next_attempt_at=NOON, reason="The mail server said 451: later"
            )
    page = _page(client, service)
    assert "E-mail to staff: 3 wait, the oldest" in page
    assert "The mail server said 451: later" in page


def test_why_notices_were_not_sent_is_counted_and_names_nobody(
    client, settings, monkeypatch
) -> None:
    service = a_service(with_content=False)
    staff = staff_with("nurse", service, username="kit.larkledale")
    for _ in range(2):
        _notice(staff, service)
    Notices({}).send_due(now=lambda: NOON)
    monkeypatch.setattr("imparts.workspace.views.connections.timezone.now", lambda: NOON)
    page = _page(client, service)
    why = "No way to reach them: this site has set up neither e-mail nor SMS."
    assert f'<td>{why}</td><td class="right">2</td>' in page
    assert "larkledale" not in page


def test_notices_that_no_worker_has_looked_at_are_said(client) -> None:
    service = a_service(with_content=False)
    _notice(staff_with("nurse", service), service)
    assert "Notices that no worker has looked at yet: 1, since 17 Nov 12:00." in _page(
        client, service
    )
