"""Guarded pages: every address names the permission it needs, or stands here as open, with why."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import URLPattern, URLResolver

from imparts.access.roles import May
from imparts.config import urls
from tests.house.reading import nothing_wrong

View = Callable[..., HttpResponse]
# Set by @staff_page, by @in_hand, and by views that only a bearer token opens.
GUARDS = ("staff_permission", "is_in_hand", "needs_token")

# The whole list of addresses that anyone can ask for. A new one needs a reason.
OPEN = {
    "healthz": "a load balancer asks whether the process is alive; the answer holds nothing",
    "readyz": "a load balancer asks whether the site can be used; counts and times only",
    "sign-in/first/": "whoever has a one-time code chooses a password before they can sign in",
    "sign-in/login/": "one has to be able to sign in",
    "sign-in/logout/": "one has to be able to sign out",
    "sign-in/password/": "allauth's own page; it sends whoever is not signed in to sign in",
    "sign-in/password/first/": "allauth's own page; it sends whoever is not signed in to sign in",
    "fhir/metadata": "says what the FHIR server answers, as the standard wants; no person's data",
    "": "leads to one's own front page, which is guarded, or to signing in",
    "tablet/": "the locked tablet: a welcome and a place for a PIN, nobody's name",
    "tablet/unlock/": "takes a PIN of the clinic's staff, and slows down guessing",
    "tablet/lock/": "ends whatever this browser held",
    "tablet/hand-over/": "asks by itself who unlocked the tablet, or who is signed in",
    "tablet/send/": "asks by itself for the sitting, because a second sending must find the thanks",
    "tablet/thank-you/": "the last page: no name, no answer",
    "fhir/.well-known/smart-configuration": "where programs sign in; holds nothing of anybody",
    "fhir/.well-known/openid-configuration": "how an id_token is checked; nothing of anybody",
    ".well-known/smart-configuration": "the same, for whoever looks at the root",
    "oauth/jwks/": "the public halves of our keys",
    "oauth/token/": "programs prove themselves here: the OAuth library and our validator ask",
    "oauth/revoke/": "the same; a program can take back its own tokens only",
    "oauth/introspect/": "the same; a program can look up its own tokens only",
    "launch": "a registered hospital record begins here; its user is nobody yet",
    "launch/back": "its user comes back and is signed in, or is told why not; names nobody",
    "tablet/ended/": "the last page of a sitting that ended otherwise: no name, no answer",
}


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, View]]:
    """Every address of the site with its view."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def site() -> list[tuple[str, View]]:
    """Every address outside the demonstration, whatever another test has loaded before."""
    with override_settings(IMPARTS_DEMO=False):
        return list(addresses(importlib.reload(urls).urlpatterns))


def unguarded(pages: Iterable[tuple[str, View]]) -> list[str]:
    """Addresses that neither name a guard nor stand in the list of open ones."""
    return [
        f"/{route}: guard the view with @staff_page(may=May....), or write in OPEN why it is open"
        for route, view in pages
        if route not in OPEN and not any(hasattr(view, guard) for guard in GUARDS)
    ]


def test_every_address_is_guarded_or_open_for_a_reason() -> None:
    nothing_wrong(unguarded(site()))


def test_every_open_address_is_there() -> None:
    assert set(OPEN) <= {route for route, _ in site()}


def test_the_demonstrations_pages_are_not_there_outside_it() -> None:
    routes = [route for route, _ in site()]
    assert [route for route in routes if route.startswith("demo")] == []


def test_every_permission_asked_for_is_one_that_roles_have() -> None:
    asked = [
        (route, view.staff_permission)
        for route, view in site()
        if hasattr(view, "staff_permission")
    ]
    assert asked and all(may is None or isinstance(may, May) for _, may in asked)


@pytest.mark.parametrize("mark", GUARDS)
def test_an_unguarded_page_is_found(mark: str) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert unguarded([("patients/", view)])
    setattr(view, mark, None)
    assert not unguarded([("patients/", view)])
