"""Tablets: added, bound on the device itself, changed, withdrawn (hazard H3)."""

import pytest
from django.test import Client
from django.urls import reverse

from imparts.access.actions import bind_tablet
from imparts.access.models import Tablet
from imparts.access.roles import ROLES, May
from imparts.access.tablets import COOKIE
from tests.apps.workspace.given import A_MORNING, signed_in, text_of
from tests.builders import a_service, a_tablet

pytestmark = pytest.mark.django_db
TABLETS, THIS = "/set-up/tablets/", "/set-up/this-tablet/"


def bound(browser: Client, tablet: Tablet) -> Client:
    """The browser after its user has chosen the tablet on the page for it."""
    answered = browser.post(THIS, {"tablet": tablet.pk})
    assert answered["Location"] == "/tablet/"
    return browser


def test_a_tablet_is_added_with_a_user_name_of_its_own(client, service) -> None:
    reader = signed_in(client, "admin", service)
    for name in ("Tablet 1", "Tablet 2"):
        reader.post(TABLETS, {"name": name, "service": service.pk})
    made = list(Tablet.objects.order_by("pk"))
    assert [each.name for each in made] == ["Tablet 1", "Tablet 2"]
    assert len({each.username for each in made}) == 2
    page = text_of(reader.get(TABLETS))
    assert page.count("No device yet") == 2
    assert "http://testserver/tablet/" in page


@pytest.mark.parametrize("name", ["", "tablet 4", "x" * 41])
def test_a_name_that_cannot_be_used_is_refused(client, service, name: str) -> None:
    a_tablet(service)
    answered = signed_in(client, "admin", service).post(
        TABLETS, {"name": name, "service": service.pk}
    )
    assert answered.status_code == 422
    assert Tablet.objects.count() == 1


@pytest.mark.parametrize("role", ["admin", "receptionist", "nurse"])
def test_a_device_becomes_a_tablet_and_its_sign_in_ends(client, service, role: str) -> None:
    tablet = a_tablet(service)
    device = bound(signed_in(client, role, service), tablet)
    assert "_auth_user_id" not in device.session
    assert device.cookies[COOKIE]["httponly"]
    assert device.get("/tablet/").status_code == 200
    for closed in ("/clinic/", "/set-up/", THIS, "/sign-in/login/", "/me/"):
        answered = device.get(closed)
        assert (answered.status_code, answered.content) == (404, b"")


def test_only_roles_that_stand_beside_the_tablet_may_bind_one() -> None:
    assert {code for code, role in ROLES.items() if May.BIND_TABLET in role.may} == {
        "admin", "receptionist", "nurse", "consultant",
    }  # fmt: skip


def test_a_device_is_turned_into_a_tablet_of_ones_own_service_only(client, service) -> None:
    other = a_tablet(a_service("Dermatology", with_content=False))
    reader = signed_in(client, "receptionist", service)
    answered = reader.post(THIS, {"tablet": other.pk})
    assert answered.status_code == 422
    assert COOKIE not in reader.cookies
    other.refresh_from_db()
    assert other.secret_hash == ""


@pytest.mark.parametrize("chosen", ["", "x", "0", "1' or 1=1"])
def test_without_a_choice_nothing_happens_and_the_page_says_so(client, service, chosen) -> None:
    a_tablet(service)
    answered = signed_in(client, "receptionist", service).post(THIS, {"tablet": chosen})
    assert answered.status_code == 422
    assert "Choose one of the tablets" in text_of(answered)


def test_replacing_a_device_stops_the_old_one_and_frees_it(client, service) -> None:
    tablet = a_tablet(service)
    old = bound(signed_in(Client(), "receptionist", service), tablet)
    bound(signed_in(client, "nurse", service), tablet)
    answered = old.get("/tablet/")
    assert answered.status_code == 403
    assert "not been set up" in text_of(answered)
    # the credential that opens nothing is taken away: it is an ordinary browser again
    assert old.cookies[COOKIE].value == ""
    assert THIS in text_of(answered)


def test_a_withdrawn_tablet_opens_nothing_and_is_not_bound_again(client, service) -> None:
    tablet = a_tablet(service)
    device = bound(signed_in(Client(), "receptionist", service), tablet)
    reader = signed_in(client, "admin", service)
    reader.post(reverse("administration:withdraw", args=[tablet.pk]))
    assert device.get("/tablet/").status_code == 403
    page = text_of(reader.get(TABLETS, follow=True))
    assert "There is no tablet yet" in page
    tablet.refresh_from_db()
    with pytest.raises(Exception, match="out of use"):
        bind_tablet(tablet=tablet, by="test", at=A_MORNING)


def test_the_name_of_a_withdrawn_tablet_can_be_used_again(client, service) -> None:
    tablet = a_tablet(service)
    reader = signed_in(client, "admin", service)
    reader.post(reverse("administration:withdraw", args=[tablet.pk]))
    answered = reader.post(TABLETS, {"name": tablet.name, "service": service.pk})
    assert answered.status_code == 302


def test_how_a_tablet_begins_can_be_changed(client, service) -> None:
    tablet = a_tablet(service)
    signed_in(client, "admin", service).post(
        reverse("administration:tablet", args=[tablet.pk]),
        {"name": "Tablet 9", "one_tap": "on", "left_hand": "on"},
    )
    tablet.refresh_from_db()
    assert (tablet.name, tablet.one_tap, tablet.left_hand) == ("Tablet 9", True, True)


def test_another_administrators_tablet_is_not_found(client, service) -> None:
    other = a_tablet(a_service("Dermatology", with_content=False))
    reader = signed_in(client, "admin", service)
    for name in ("tablet", "withdraw"):
        answered = reader.post(reverse(f"administration:{name}", args=[other.pk]))
        assert answered.status_code == 404


def test_without_any_tablet_the_page_says_who_adds_one(client, service) -> None:
    page = text_of(signed_in(client, "receptionist", service).get(THIS))
    assert "An administrator adds one" in page
