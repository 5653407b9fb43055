"""The morning on which packs are composed, and the library that is there."""

from collections.abc import Iterator

import pytest
from freezegun import freeze_time

from tests.apps.workspace.morning import A_MORNING


@pytest.fixture
def a_november_morning() -> Iterator[None]:
    """Half past nine, a Tuesday; the clock does not move."""
    with freeze_time(A_MORNING):
        yield


@pytest.fixture
def everything_shipped(db) -> None:
    """All shipped content is loaded and nothing is signed."""
    from imparts.library import actions as library  # Django is not ready when this file is read
    from tests.builders import NOON

    library.load_shipped(at=NOON)
