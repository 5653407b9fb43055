"""What the hospital record refused stands on a list that trust IT can see, without people (H5)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from imparts.outbox import actions as outbox
from tests.apps.workspace.given import signed_in
from tests.builders import NOON, a_service

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
