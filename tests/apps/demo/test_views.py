"""Picking a person: only in the demonstration, and only those who are there."""

import pytest

from imparts.access import actions as access
from imparts.access.tablets import COOKIE
from tests.builders import NOON, a_service, staff_with

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.demo.addresses")]
PEOPLE = "/demo/"


@pytest.fixture
def demo(settings) -> None:
    settings.IMPARTS_DEMO = True


@pytest.fixture
def trust(demo):
    service = a_service(with_content=False)
    staff_with("receptionist", service, username="reception.rheum")
    staff_with("consultant", service, username="consultant.rheum")
    access.add_tablet(service=service, name="Tablet 1", username="tablet.rheum", by="test", at=NOON)
    return service


def test_everyone_who_is_there_stands_with_what_they_can_do(client, trust) -> None:
    page = client.get(PEOPLE).content.decode()
    assert "Reception, rheumatology" in page
    assert "Sees no answers, scores or alerts." in page
    assert "A clinic tablet" in page
    assert "Commissioner" not in page


def test_the_pretend_record_is_linked_where_there_is_one(client, trust, settings) -> None:
    settings.IMPARTS_RECORD_FHIR = "http://127.0.0.1:8081/fhir"
    page = client.get(PEOPLE).content.decode()
    for path in ("/", "/play", "/launcher"):
        assert f'href="http://127.0.0.1:8081{path}"' in page
    settings.IMPARTS_RECORD_FHIR = ""
    assert "pretend hospital record" not in client.get(PEOPLE).content.decode()


def test_picking_someone_signs_in_as_them(client, trust) -> None:
    assert client.post(PEOPLE, {"person": "reception.rheum"})["Location"] == "/"
    page = client.get("/clinic/").content.decode()
    assert "<span>Receptionist</span>" in page


def test_picking_the_tablet_makes_this_browser_one_and_ends_the_staff_session(
    client, trust
) -> None:
    client.post(PEOPLE, {"person": "consultant.rheum"})
    answered = client.post(PEOPLE, {"person": "tablet.rheum"})
    assert answered["Location"] == "/tablet/"
    assert client.cookies[COOKIE].value
    assert "_auth_user_id" not in client.session
    assert client.get("/clinic/").status_code == 404


def test_picking_someone_afterwards_makes_it_a_browser_again(client, trust) -> None:
    client.post(PEOPLE, {"person": "tablet.rheum"})
    client.post(PEOPLE, {"person": "reception.rheum"})
    assert client.cookies[COOKIE]["max-age"] == 0
    del client.cookies[COOKIE]  # as a browser does
    assert client.get("/clinic/").status_code == 200


def test_an_unknown_person_is_a_sentence(client, trust) -> None:
    answered = client.post(PEOPLE, {"person": "root"})
    assert answered.status_code == 422
    assert "There is no such person here." in answered.content.decode()


def test_a_member_of_staff_who_is_not_on_the_list_cannot_be_picked(client, trust) -> None:
    staff_with("consultant", trust, username="dr.real")
    assert client.post(PEOPLE, {"person": "dr.real"}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_outside_the_demonstration_nobody_can_be_picked(client, trust, settings) -> None:
    settings.IMPARTS_DEMO = False
    answered = client.post(PEOPLE, {"person": "consultant.rheum"})
    assert (answered.status_code, answered.content) == (404, b"")
    assert "_auth_user_id" not in client.session


def test_an_empty_trust_says_how_to_fill_it(client, demo) -> None:
    assert "make demo" in client.get(PEOPLE).content.decode()
