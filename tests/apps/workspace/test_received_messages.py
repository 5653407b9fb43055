"""Who may send, what came and which programs may ask, as trust IT sees it: nobody's facts (H8)."""

import pytest
from django.urls import reverse

from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.inbound import actions as inbound
from imparts.gateway.inbound.queries import received
from imparts.gateway.smart.actions.registering import Asked, register
from tests.apps.workspace.given import signed_in, typed_by_trust_it
from tests.builders import NOON, a_service

pytestmark = pytest.mark.django_db


def _a_sender(service):
    return inbound.know_sender(
        application="PAS", facility="RXX", organisation=service.organisation, by="test", at=NOON
    )


def test_a_clinics_code_is_named_and_a_wrong_one_refused_with_what_was_typed(client) -> None:
    service = a_service(with_content=False)
    _a_sender(service)
    refused = typed_by_trust_it(client, service, "senders", code="RHEU1", service="")
    assert refused.status_code == 422
    assert 'value="RHEU1"' in refused.content.decode()
    done = typed_by_trust_it(client, service, "senders", code="RHEU1", service=service.pk)
    assert "RHEU1 means Rheumatology from now on." in done.content.decode()


def test_a_sender_is_stopped_with_a_reason_only_and_not_another_organisations(client) -> None:
    service = a_service(with_content=False)
    sender, others = _a_sender(service), a_service("Dermatology", with_content=False)
    without = typed_by_trust_it(client, service, "switch_sender", sender.pk, why=" ")
    assert "Nothing was changed. Say why" in without.content.decode()
    assert (
        typed_by_trust_it(client, others, "switch_sender", sender.pk, why="not mine").status_code
        == 404
    )
    typed_by_trust_it(client, service, "switch_sender", sender.pk, why="it sends nonsense")
    sender.refresh_from_db()
    assert not sender.is_active


def test_received_messages_are_searched_shown_masked_and_applied_once_more(client) -> None:
    service = a_service(with_content=False)
    _a_sender(service)
    came = (
        b"MSH|^~\\&|PAS|RXX|IMPARTS|RXX|20261117120000+0000||ADT^A28|Q1|P|2.5.1\r"
        b"EVN|A28|20261117120000+0000\r"
        b"PID|1||F104432^^^RXX^MR||Thimblewick^Amara||19610314|F\r"
    )
    inbound.receive(came, peer=Peer("127.0.0.1"), at=NOON)
    it = signed_in(client, "integrator", service)
    listed = it.get(reverse("workspace:received_messages"), {"id": "Q1"}).content.decode()
    assert "ADT^A28" in listed
    assert (
        "No message fits"
        in it.get(reverse("workspace:received_messages"), {"id": "Q2"}).content.decode()
    )
    one = received(control_id="Q1")[0]
    page = it.get(reverse("workspace:received_message", args=[one.id])).content.decode()
    assert "Thimblewick" not in page
    assert "Xxxxxxxxxxx^Xxxxx" in page
    again = typed_by_trust_it(client, service, "apply_again", one.id).content.decode()
    assert "Applied again. AA" in again


def test_a_day_that_is_none_is_said(client) -> None:
    it = signed_in(client, "integrator", a_service(with_content=False))
    answer = it.get(reverse("workspace:received_messages"), {"on": "yesterday"})
    assert answer.status_code == 422
    assert "This is not a day." in answer.content.decode()


def test_programs_are_listed_with_what_they_may_see_and_put_out(client) -> None:
    service = a_service(with_content=False)
    asked = Asked(name="Ward board", scopes="system/Patient.rs", services=(service,))
    made, secret = register(asked, by="test", at=NOON)
    page = signed_in(client, "integrator", service).get(reverse("workspace:programs"))
    text = page.content.decode()
    assert "system/Patient.rs" in text
    assert secret not in text
    after = typed_by_trust_it(client, service, "put_out", made.pk).content.decode()
    assert "Ward board is put out." in after
    elsewhere = a_service("Dermatology", with_content=False)
    assert typed_by_trust_it(client, elsewhere, "put_out", made.pk).status_code == 404
