"""How a destination is used, and what its mapping does, is set by trust IT with a reason (H5)."""

import pytest
from django.urls import reverse

from imparts.outbox.models import DestinationSettings
from tests.apps.workspace.given import signed_in, typed_by_trust_it
from tests.builders import a_service

pytestmark = pytest.mark.django_db


def test_a_destination_is_held_back_with_a_reason_and_the_history_stays(client) -> None:
    service = a_service(with_content=False)
    typed = {"name": "Our record", "is_paused": "on", "connections": "1", "mapping": "",
             "grown_from_messages": "100", "grown_from_minutes": "15"}  # fmt: skip
    refused = typed_by_trust_it(client, service, "destination", "record", **typed)
    assert refused.status_code == 422
    assert "Say why, in a few words" in refused.content.decode()
    done = typed_by_trust_it(
        client, service, "destination", "record", **typed, why="an upgrade of the record"
    )
    assert "It is used so from now on." in done.content.decode()
    page = signed_in(client, "integrator", service).get(reverse("workspace:connections"))
    assert "Held back by trust IT" in page.content.decode()


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("{", "This is not JSON: line 1, character 2."),
        ('{"colour": 1}', "colour"),
        ('{"preliminary": "loud"}', "preliminary"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_its_place(client, mapping, said) -> None:
    service = a_service(with_content=False)
    answer = typed_by_trust_it(
        client, service, "destination", "record", name="R", connections="1", mapping=mapping,
        grown_from_messages="100", grown_from_minutes="15", why="try",
    )  # fmt: skip
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_mapping_is_tried_on_a_message_of_nobody_and_not_kept(client) -> None:
    service = a_service(with_content=False)
    mapping = '{"sender": {"application": "NEWNAME", "facility": "RXX"}}'
    answer = typed_by_trust_it(
        client, service, "destination", "record", name="R", connections="1", mapping=mapping,
        grown_from_messages="100", grown_from_minutes="15", why="", **{"try": "1"},
    )  # fmt: skip
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "NEWNAME" in text.split("With it")[1]
    assert DestinationSettings.objects.count() == 0
