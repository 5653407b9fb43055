"""Every address, tried by those who may not: signed out, by a tablet, by roles without the right.

Addresses are taken from the site itself, so a new page is tried the day it is added (hazards H3
and H8).
"""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from imparts.access.roles import ROLES, May
from imparts.access.tablets import COOKIE
from tests.builders import a_service, staff_with
from tests.house.test_guarded_pages import site

pytestmark = pytest.mark.django_db
NOBODYS = {"uuid": str(UUID(int=0)), "int": "0", "slug": "nothing", "str": "nothing",
           "path": "nothing", "fhir": "nothing"}  # fmt: skip
OF_TABLETS = ("tablet/", "healthz", "readyz")
STAFF = [(route, view.staff_permission) for route, view in site()
         if getattr(view, "staff_permission", None)]  # fmt: skip


TOKEN_ONLY = [route for route, view in site() if hasattr(view, "needs_token")]


def path_to(route: str) -> str:
    """An address with ids of nobody in it."""
    return "/" + re.sub(r"<(\w+):\w+>", lambda found: NOBODYS[found[1]], route)


def ask(browser: Client, route: str) -> HttpResponse:
    """What the address answers, by whichever method it takes."""
    answer: Any = browser.get(path_to(route))
    return browser.post(path_to(route)) if answer.status_code == 405 else answer


def roles_without(what: May) -> list[str]:
    """Roles that may not do it."""
    return [code for code, role in ROLES.items() if what not in role.may]


def test_there_are_addresses_to_try() -> None:
    assert len(STAFF) >= 10


@pytest.mark.parametrize("route", [route for route, _ in STAFF])
def test_signed_out_every_staff_page_leads_to_signing_in(route: str) -> None:
    answer = ask(Client(), route)
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/login/")
    assert answer.content == b""


@pytest.mark.parametrize("route", TOKEN_ONLY)
def test_without_a_token_no_address_of_machines_says_anything(route: str) -> None:
    answer = Client().get(path_to(route))
    assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")


def test_being_signed_in_opens_no_address_of_machines() -> None:
    browser = Client()
    browser.force_login(staff_with("consultant", a_service(with_content=False)))
    assert [browser.get(path_to(route)).status_code for route in TOKEN_ONLY] == [401] * len(
        TOKEN_ONLY
    )


@pytest.mark.parametrize(
    "route",
    [r for r, _ in site() if not r.startswith(OF_TABLETS) and r],
)
def test_a_tablet_reaches_no_address_but_its_own(route: str) -> None:
    browser = Client()
    browser.cookies[COOKIE] = "any"
    answer = ask(browser, route)
    assert answer.status_code == 404 and answer.content == b""


@pytest.mark.parametrize(("route", "may"), STAFF)
def test_a_role_without_the_right_is_refused_every_page(route: str, may: May) -> None:
    service = a_service(with_content=False)
    for role in roles_without(may):
        browser = Client()
        browser.force_login(staff_with(role, service))
        answer = ask(browser, route)
        assert answer.status_code == 403, role
        assert may.value in unescape(answer.content.decode())


@pytest.mark.parametrize(("route", "may"), [(r, m) for r, m in STAFF if "<" in r])
def test_what_is_not_there_is_not_found_and_says_nothing(route: str, may: May) -> None:
    browser = Client()
    role = next(code for code, role in ROLES.items() if may in role.may)
    browser.force_login(staff_with(role, a_service(with_content=False)))
    answer = ask(browser, route)
    assert answer.status_code in (400, 404)
    assert str(UUID(int=0)) not in answer.content.decode()
