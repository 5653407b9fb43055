"""The morning on which a site is set up in these tests."""

from collections.abc import Iterator

import pytest
from freezegun import freeze_time

from tests.apps.workspace.morning import A_MORNING


@pytest.fixture(autouse=True)
def a_november_morning() -> Iterator[None]:
    """Half past nine, a Tuesday; the clock does not move."""
    with freeze_time(A_MORNING):
        yield
