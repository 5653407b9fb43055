"""The morning on which these tests take place, and the desks of those who change pathways."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from freezegun import freeze_time

from tests.apps.workspace.morning import A_MORNING

if TYPE_CHECKING:
    from tests.apps.workspace.pathway_staff import Desks


@pytest.fixture
def a_november_morning() -> Iterator[None]:
    """Half past nine, a Tuesday; the clock does not move."""
    # Rules never ask for the time; frozen days are of a class that they do not know.
    with freeze_time(A_MORNING, ignore=["imparts.rules"]):
        yield


@pytest.fixture
def a_later_hour() -> Iterator[Callable[[], None]]:
    """Call it, and it is twenty to ten from there on."""
    later = freeze_time(A_MORNING + timedelta(minutes=10), ignore=["imparts.rules"])
    started: list[object] = []

    def go_on() -> None:
        started.append(later.start())

    yield go_on
    if started:
        later.stop()


@pytest.fixture
def at() -> "Desks":
    """Everyone who changes and signs pathways, at one service."""
    from tests.apps.workspace.pathway_staff import desks

    return desks()
