"""The morning on which these tests take place."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from freezegun import freeze_time

from tests.apps.workspace.morning import A_MORNING


@pytest.fixture
def in_the_demo(settings) -> None:
    """Nothing shipped is signed by a clinician yet, so only the demonstration may ask it."""
    settings.IMPARTS_DEMO = True


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
