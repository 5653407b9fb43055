"""The morning on which packs are composed, the library that is there, and who sits at a browser.

What needs Django is imported inside, because this file is read before Django is ready.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from freezegun import freeze_time

from tests.apps.workspace.morning import A_MORNING

if TYPE_CHECKING:
    from django.test import Client

    from imparts.organisations.models import Service


@pytest.fixture
def a_november_morning() -> Iterator[None]:
    """Half past nine, a Tuesday; the clock does not move."""
    with freeze_time(A_MORNING):
        yield


@pytest.fixture
def everything_shipped(db) -> None:
    """All shipped content is loaded and nothing is signed."""
    from imparts.library import actions as library
    from tests.builders import NOON

    library.load_shipped(at=NOON)


@pytest.fixture
def service(db) -> "Service":
    """A service that asks nothing yet."""
    from tests.builders import a_service

    return a_service(with_content=False)


@pytest.fixture
def people(service) -> "tuple[Client, Client]":
    """A nurse who composes and a consultant who signs, each at a browser."""
    from tests.apps.authoring.composed import browser_of, two_at

    nurse, consultant = two_at(service)
    return browser_of(nurse), browser_of(consultant)


@pytest.fixture
def nurse(people) -> "Client":
    """The browser of the nurse who composes."""
    return people[0]


@pytest.fixture
def manager(service) -> "Client":
    """The browser of someone who may start what is signed."""
    from tests.apps.authoring.composed import browser_of
    from tests.builders import staff_with

    return browser_of(staff_with("manager", service, username="manager.one"))
