"""The one-time code: works once, for its owner, for three days, and is stored nowhere (H8)."""

from datetime import timedelta

import pytest
from django.test import Client
from freezegun import freeze_time

from imparts.access.actions import CODE_LASTS, give_code
from imparts.access.models import SignInCode, Staff
from tests.builders import NOON, a_service, staff_with

pytestmark = pytest.mark.django_db
FIRST = "/sign-in/first/"
GOOD = "three plain words"


@pytest.fixture
def newcomer() -> Staff:
    """Someone who has joined and never signed in."""
    return staff_with("receptionist", a_service(with_content=False), username="kit.larkledale")


def types(code: str, **other: str) -> dict[str, str]:
    """What they type."""
    return {"username": "kit.larkledale", "code": code, "password": GOOD, "again": GOOD} | other


def test_a_code_becomes_a_password_and_signs_in_once(client, newcomer) -> None:
    with freeze_time(NOON):
        code = give_code(staff=newcomer, by="admin", at=NOON)
        assert client.post(FIRST, types(code))["Location"] == "/"
        assert client.get("/clinic/").status_code == 200
        again = Client().post(FIRST, types(code))
        assert again.status_code == 422
        signed = Client().post("/sign-in/login/", {"login": "kit.larkledale", "password": GOOD})
        assert signed.status_code == 302


@pytest.mark.parametrize("typed", [str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_is_taken_however_it_is_typed(client, newcomer, typed) -> None:
    with freeze_time(NOON):
        code = give_code(staff=newcomer, by="admin", at=NOON)
        assert client.post(FIRST, types(typed(code), username="KIT.Larkledale")).status_code == 302


def test_a_code_ends_after_three_days(client, newcomer) -> None:
    code = give_code(staff=newcomer, by="admin", at=NOON)
    with freeze_time(NOON + CODE_LASTS + timedelta(seconds=1)):
        answered = client.post(FIRST, types(code))
    assert answered.status_code == 422
    assert "Ask your administrator for a new one." in answered.content.decode()


def test_a_new_code_ends_the_one_before_and_the_password(client, newcomer) -> None:
    with freeze_time(NOON):
        first = give_code(staff=newcomer, by="admin", at=NOON)
        client.post(FIRST, types(first))
        second = give_code(staff=newcomer, by="admin", at=NOON)
        assert client.get("/clinic/")["Location"].startswith("/sign-in/")
        third = give_code(staff=newcomer, by="admin", at=NOON)
        assert client.post(FIRST, types(second)).status_code == 422
        assert client.post(FIRST, types(third)).status_code == 302


def test_the_answer_tells_nobody_which_part_was_wrong(client, newcomer) -> None:
    with freeze_time(NOON):
        code = give_code(staff=newcomer, by="admin", at=NOON)
        said = {
            client.post(FIRST, typed).content.decode().split("</form>")[0].count("do not belong")
            for typed in (
                types("AAAA-BBBB-CCCC"),
                types(code, username="nobody.here"),
                types("x", username="admin"),
            )
        }
    assert said == {2}


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "at least 12 characters"),
        ("password123456", "password1234567", "The two passwords are not the same."),
        ("kit.larkledale", "kit.larkledale", "too similar to the username"),
        ("", "", "Choose a password of 12 characters or more."),
    ],
)
def test_a_password_that_is_refused_leaves_the_code(
    client, newcomer, password: str, again: str, said: str
) -> None:
    with freeze_time(NOON):
        code = give_code(staff=newcomer, by="admin", at=NOON)
        answered = client.post(FIRST, types(code, password=password, again=again))
        assert answered.status_code == 422
        assert said in answered.content.decode()
        assert client.post(FIRST, types(code)).status_code == 302


def test_someone_who_has_left_uses_no_code(client, newcomer) -> None:
    with freeze_time(NOON):
        code = give_code(staff=newcomer, by="admin", at=NOON)
        Staff.objects.filter(pk=newcomer.pk).update(is_active=False)
        assert client.post(FIRST, types(code)).status_code == 422


def test_the_code_is_stored_as_a_hash_that_needs_the_sites_key(newcomer, settings) -> None:
    code = give_code(staff=newcomer, by="admin", at=NOON)
    first = SignInCode.objects.get().code_hash
    assert code not in first
    settings.SECRET_KEY = "another-site"
    with freeze_time(NOON):
        assert Client().post(FIRST, types(code)).status_code == 422


def test_codes_have_no_letters_that_look_alike(newcomer) -> None:
    codes = "".join(give_code(staff=newcomer, by="admin", at=NOON) for _ in range(20))
    assert not set(codes) & set("01OIL")
    assert len(set(codes)) > 20
