"""Where each role begins, what the frame says, and what a page says when something is wrong."""

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import reverse

from tests.apps.workspace.given import A_MORNING, page_for, signed_in, text_of
from tests.builders import a_service, an_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_november_morning")]


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        ("receptionist", "/clinic/"),
        ("nurse", "/clinic/"),
        ("consultant", "/clinic/"),
        ("manager", "/clinic/"),
        ("liaison", "/alerts/"),
        ("psychologist", "/alerts/"),
    ],
)
def test_each_role_begins_where_its_work_is(client, role: str, begins: str) -> None:
    assert signed_in(client, role, a_service(with_content=False)).get("/")["Location"] == begins


def test_a_role_without_pages_is_told_what_it_may_do_and_what_is_missing(client) -> None:
    page = page_for(client, "commissioner", a_service(with_content=False), "/")
    assert "Will see counts and rates with small numbers hidden" in page
    assert "There is no page for this role yet." in page


def test_signed_out_the_first_page_leads_to_signing_in(client) -> None:
    assert client.get("/")["Location"].startswith("/sign-in/login/")


def test_in_the_demonstration_a_stranger_picks_a_person_first(client, settings) -> None:
    settings.IMPARTS_DEMO = True
    assert client.get("/")["Location"] == "/demo/"
    assert "Pick a person of the demonstration" in text_of(client.get("/sign-in/login/"))


def test_the_frame_names_the_place_the_person_and_the_page(client) -> None:
    page = page_for(client, "nurse", a_service(with_content=False), "/clinic/")
    assert "Rheumatology, Fernhollow Hospital" in page
    assert "<span>Robin Example</span>" in page
    assert '<a href="/clinic/" aria-current="page">Clinic list' in page
    assert '<html lang="en-GB">' in page
    assert 'href="#main">Skip to main content' in page


def test_the_demonstration_strip_stands_only_in_the_demonstration(client, settings) -> None:
    said = "Every person, number and message here is invented"
    reader = signed_in(client, "nurse", a_service(with_content=False))
    assert said not in text_of(reader.get("/clinic/"))
    settings.IMPARTS_DEMO = True
    assert said in text_of(reader.get("/clinic/"))


def test_an_unknown_address_gets_a_calm_page(client) -> None:
    answered = client.get("/no/such/page/")
    assert answered.status_code == 404
    assert "There is no page at this address." in text_of(answered)


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do() -> None:
    service = a_service(with_content=False)
    appointment = an_appointment(service, at=A_MORNING)
    strict = signed_in(Client(enforce_csrf_checks=True), "receptionist", service)
    answered = strict.post(reverse("workspace:arrived", args=[appointment.pk]))
    assert answered.status_code == 403
    assert "reload the page and try again" in text_of(answered)
    assert appointment.moves.count() == 1


def test_100_kb_of_text_is_refused_in_a_sentence(client) -> None:
    reader = signed_in(client, "nurse", a_service(with_content=False))
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=50_000):
        answered = reader.post("/patients/", {"looked_for": "x" * 100_000})
    assert answered.status_code == 400
    assert "What was sent is too large." in text_of(answered)


def test_our_own_mistake_gives_a_reference_and_no_detail(client, monkeypatch) -> None:
    reader = signed_in(client, "nurse", a_service(with_content=False))
    reader.raise_request_exception = False

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("Amara Thimblewick")

    monkeypatch.setattr("imparts.workspace.views.clinic_list.clinics_today", fail)
    answered = reader.get("/clinic/")
    assert answered.status_code == 500
    assert "Tell the help desk this reference" in text_of(answered)
    assert "Thimblewick" not in text_of(answered)


def test_without_the_database_the_page_asks_to_wait(client, monkeypatch) -> None:
    reader = signed_in(client, "nurse", a_service(with_content=False))
    reader.raise_request_exception = False

    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError("could not connect to server")

    monkeypatch.setattr("imparts.workspace.views.clinic_list.clinics_today", fail)
    answered = reader.get("/clinic/")
    assert (answered.status_code, answered["Retry-After"]) == (503, "5")
    assert "The database does not answer just now." in text_of(answered)


def test_a_get_never_changes_anything_at_the_desk(client) -> None:
    service = a_service(with_content=False)
    appointment = an_appointment(service, at=A_MORNING)
    answered = signed_in(client, "receptionist", service).get(
        reverse("workspace:arrived", args=[appointment.pk])
    )
    assert answered.status_code == 405
    assert appointment.moves.count() == 1
