"""Signing in with a password: one answer for a wrong name and a wrong password."""

import pytest

from tests.builders import a_service, staff_with

pytestmark = pytest.mark.django_db
PAGE = "/sign-in/login/"
PASSWORD = "a long invented password"


@pytest.fixture
def nurse():
    staff = staff_with("nurse", a_service(with_content=False), username="nurse.one")
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def test_the_right_password_opens_the_workspace(client, nurse) -> None:
    answered = client.post(PAGE, {"login": nurse.username, "password": PASSWORD})
    assert answered["Location"] == "/"
    assert client.get("/clinic/").status_code == 200


@pytest.mark.parametrize("username", ["nurse.one", "nobody.here"])
def test_a_wrong_password_and_a_wrong_name_get_the_same_answer(client, nurse, username) -> None:
    answered = client.post(PAGE, {"login": username, "password": "wrong password"})
    page = answered.content.decode()
    assert "There is a problem" in page
    assert "username and/or password you specified are not correct" in page


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client, nurse) -> None:
    asked = client.get("/patients/")
    page = client.get(asked["Location"]).content.decode()
    assert 'name="next" value="/patients/"' in page
    answered = client.post(
        PAGE, {"login": nurse.username, "password": PASSWORD, "next": "/patients/"}
    )
    assert answered["Location"] == "/patients/"


def test_signing_in_never_leads_to_another_site(client, nurse) -> None:
    answered = client.post(
        PAGE, {"login": nurse.username, "password": PASSWORD, "next": "https://example.org/"}
    )
    assert answered["Location"] == "/"


def test_signing_out_ends_the_session_with_one_press(client, nurse) -> None:
    client.post(PAGE, {"login": nurse.username, "password": PASSWORD})
    assert client.post("/sign-in/logout/")["Location"] == "/"
    assert client.get("/clinic/").status_code == 302


def test_the_page_for_signing_out_asks_first(client, nurse) -> None:
    client.post(PAGE, {"login": nurse.username, "password": PASSWORD})
    assert "Are you done here?" in client.get("/sign-in/logout/").content.decode()


def test_a_password_can_be_changed(client, nurse) -> None:
    client.post(PAGE, {"login": nurse.username, "password": PASSWORD})
    page = client.get("/sign-in/password/")
    assert "Change password" in page.content.decode()
    wrong = client.post(
        "/sign-in/password/", {"oldpassword": "x", "password1": "y", "password2": "z"}
    )
    assert "There is a problem" in wrong.content.decode()


def test_nobody_signs_up_by_themselves(client) -> None:
    assert client.get("/sign-in/signup/").status_code == 404


def test_someone_without_a_password_is_led_to_setting_the_first_one(client, settings) -> None:
    staff = staff_with("nurse", a_service(with_content=False))
    client.force_login(staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    page = client.get("/sign-in/password/", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == "/sign-in/password/first/"
