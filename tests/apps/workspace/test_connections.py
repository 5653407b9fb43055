"""What the hospital record refused stands on a list that trust IT can see, without people (H5)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from imparts.gateway.notices.delivery import Notices
from imparts.gateway.notices.servers import MailServer, Servers
from imparts.gateway.notices.ways import EMAIL
from imparts.outbox import actions as outbox
from imparts.outbox.models import NotHere
from imparts.people import actions as people
from tests.apps.workspace.given import signed_in, typed_by_trust_it
from tests.builders import NOON, a_patient, a_service, staff_with

pytestmark = pytest.mark.django_db


def _refuse(reason: str) -> str:
    message = outbox.new_message(
        destination="record", kind="result", patient=uuid4(), about=uuid4(),
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


def _owed(at=NOON, **given):
    message = outbox.new_message(
        destination="record", kind="result", patient=uuid4(), about=uuid4(), facts={}, at=at
    )
    outbox.post_all([message])
    return message


def test_a_refused_message_is_sent_again_under_a_new_id_with_the_reason(client) -> None:
    service = a_service(with_content=False)
    message = _owed()
    outbox.mark_refused(message, reason="PID-3: unknown patient")
    answer = typed_by_trust_it(
        client, service, "decide_message", message.pk, do="again", why="the number was merged"
    )
    assert "It waits to be sent again." in answer.content.decode()
    message.refresh_from_db()
    assert message.state == "waiting"


def test_giving_up_needs_a_reason_and_is_done_once(client) -> None:
    service = a_service(with_content=False)
    message = _owed()
    outbox.mark_refused(message, reason="PID-3: unknown patient")
    first = typed_by_trust_it(client, service, "decide_message", message.pk, do="give-up", why=" ")
    assert "Nothing was changed. Say why" in first.content.decode()
    typed_by_trust_it(
        client, service, "decide_message", message.pk, do="give-up", why="the clinic is closed"
    )
    message.refresh_from_db()
    assert message.state == "given_up"
    again = typed_by_trust_it(
        client, service, "decide_message", message.pk, do="again", why="after all"
    )
    assert "This message is given up already." in again.content.decode()


def test_one_result_is_traced_by_its_response_and_by_its_control_id(client) -> None:
    service = a_service(with_content=False)
    message = _owed()
    for looked_for in (str(message.about), message.control_id, message.control_id.lower()):
        text = typed_by_trust_it(client, service, "connections", id=looked_for).content.decode()
        assert f"Result {message.about}, message owed to Hospital record" in text
        assert "12:00 to now" in text


def test_an_unknown_id_is_said_and_nothing_breaks(client) -> None:
    service = a_service(with_content=False)
    for odd in ("nothing", "'; drop table", "\0", "9" * 200, ""):
        answer = typed_by_trust_it(client, service, "connections", id=odd)
        assert answer.status_code == 200
    assert (
        "Nothing is known by that id."
        in typed_by_trust_it(client, service, "connections", id="nothing").content.decode()
    )


def test_a_hospital_number_leads_to_ids_and_times_and_to_no_name(client) -> None:
    service = a_service(with_content=False)
    patient = a_patient()
    number = people.add_identifier(
        patient=patient, scheme="hospital", value="F104432", by="test", at=NOON,
        issued_by=service.organisation,
    )  # fmt: skip
    message = outbox.new_message(
        destination="record", kind="result", patient=patient.pk, about=uuid4(), facts={}, at=NOON
    )
    outbox.post_all([message])
    text = typed_by_trust_it(client, service, "connections", id=number.value).content.decode()
    assert str(message.about) in text
    assert "Thimblewick" not in text
    assert str(patient.pk) not in text


def test_a_message_is_shown_with_nobody_in_it(client) -> None:
    service = a_service(with_content=False)
    message = _owed()
    outbox.keep_rendered(
        message, text="MSH|^~\\&|IMPARTS|X|R|X|20261117||ORU^R01|1|P|2.5.1\rPID|||||Thimblewick^A\r"
    )
    it = signed_in(client, "integrator", service)
    text = it.get(reverse("workspace:sent_message", args=[message.control_id])).content.decode()
    assert "Thimblewick" not in text
    assert "PID|||||Xxxxxxxxxxx^X" in text


def test_what_the_record_has_and_we_lost_in_a_restore_is_listed(client) -> None:
    NotHere.objects.create(
        control_id="LOST0000000000000001", destination="record", about=uuid4(), sent_at=NOON,
        found_at=NOON,
    )  # fmt: skip
    page = _page(client, a_service(with_content=False))
    assert "They have it, we have not" in page
    assert "LOST0000000000000001" in page
